"""The linear model that every reward model is compared with: surface features and interactions of embeddings.

Features of an answer to a question: how it looks (length, distinct words, lines, marks), how much of the question's
wording it takes up, and of the encoder's own mean embeddings q and a (unit length, before training) their cosine,
q⊙a, |q − a| and a, the last three held back by a factor. Ridge regression on ratings, or on differences within pairs
where nothing is rated; penalty and factor are chosen by cross-validation over questions.

Attune's server trains a richer one of this kind; this one is what the same encoder gives without fine-tuning.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.evaluation.held_out import Floats, HeldOut

PENALTIES = (10.0, 60.0, 300.0)
INTERACTIONS = (0.05, 0.15, 0.4)
FOLDS = 5
OPENING_WORDS = 50
WORD = re.compile(r"\w+")

Embed = Callable[[Sequence[str]], Floats]
# Judged answers and their columns by the factor of the interactions → the factor taken, and the weights.
Ridge = Callable[[HeldOut, Callable[[float], Floats]], tuple[float, Floats]]


@dataclass(frozen=True)
class LinearModel:
    """Weights on standardised features."""

    rarity: dict[str, float]
    unheard: float
    mean: Floats
    scale: Floats
    interaction: float
    weights: Floats

    def score(self, answers: Sequence[Answer], embed: Embed) -> Floats:
        """Scores, hardly ever outside of 0–1. (answers)"""
        columns = _columns(answers, embed, self.rarity, self.unheard)
        return _design(*columns, self.mean, self.scale, self.interaction) @ self.weights


def fit_linear_model(held: HeldOut, embed: Embed) -> LinearModel:
    """Fits on judged answers (of training)."""
    answers = [judged.answer for judged in held.answers]
    rarity, unheard = _rarities([answer.response for answer in answers])
    dense, blocks = _columns(answers, embed, rarity, unheard)
    mean, spread = dense.mean(0), dense.std(0)
    scale = numpy.where(spread > 1e-6, 1 / numpy.maximum(spread, 1e-6), 0.0)
    interaction, weights = chosen_ridge(held, lambda factor: _design(dense, blocks, mean, scale, factor))
    return LinearModel(rarity, unheard, mean, scale, interaction, weights)


def chosen_ridge(held: HeldOut, design: Callable[[float], Floats]) -> tuple[float, Floats]:
    """The factor of the interaction blocks that cross-validation over questions chooses, with the weights for it.

    `design` gives the columns (answers, columns) for a factor, the first of them 1. Weights predict ratings from 0
    to 1; with pairs alone, scores around ½.
    """
    fold = {query: at % FOLDS for at, query in enumerate(dict.fromkeys(held.queries))}

    def errors(rows: Floats, targets: Floats, own: NDArray[numpy.int64], penalty: float) -> float:
        total = 0.0
        for left_out in range(FOLDS):
            inside = own != left_out
            if inside.any() and not inside.all():
                weights = _ridge(rows[inside], targets[inside], penalty)
                total += float(((rows[~inside] @ weights - targets[~inside]) ** 2).sum())
        return total

    best = (math.inf, 0.0, 0.0)
    for factor in INTERACTIONS:
        rows, targets, queries = _regression(held, design(factor))
        own = numpy.array([fold[query] for query in queries])
        best = min(best, *((errors(rows, targets, own, penalty), factor, penalty) for penalty in PENALTIES))
    _, factor, penalty = best
    rows, targets, _ = _regression(held, design(factor))
    weights = _ridge(rows, targets, penalty)
    if not len(held.rated):
        weights[0] = 0.5
    return factor, weights


def default_ridge(held: HeldOut, design: Callable[[float], Floats]) -> tuple[float, Floats]:
    """The same with the penalty and factor in the middle of what is tried, without a search."""
    rows, targets, _ = _regression(held, design(INTERACTIONS[1]))
    weights = _ridge(rows, targets, PENALTIES[1])
    if not len(held.rated):
        weights[0] = 0.5
    return INTERACTIONS[1], weights


def _regression(held: HeldOut, design: Floats) -> tuple[Floats, Floats, list[str]]:
    """Rows, targets and queries: ratings where there are any, else differences of half the scale within pairs."""
    if len(held.rated):
        return design[held.rated], held.ratings, [held.queries[at] for at in held.rated]
    differences = design[held.chosen] - design[held.rejected]
    return differences, numpy.full(len(differences), 0.5), [held.queries[at] for at in held.chosen]


def _ridge(rows: Floats, targets: Floats, penalty: float) -> Floats:
    """Least squares with an L2 penalty on all but the first column."""
    penalties = numpy.full(rows.shape[1], penalty)
    penalties[0] = 1e-6
    return numpy.linalg.solve(rows.T @ rows + numpy.diag(penalties), rows.T @ targets)


def _design(dense: Floats, blocks: Floats, mean: Floats, scale: Floats, interaction: float) -> Floats:
    standard = numpy.clip((dense - mean) * scale, -4.0, 4.0)
    ones = numpy.ones((len(dense), 1))
    # Unit vectors of width d have entries of about 1/√d; three blocks.
    return numpy.concatenate([ones, standard, blocks * interaction * math.sqrt(blocks.shape[1] / 3)], axis=1)


def _columns(
    answers: Sequence[Answer], embed: Embed, rarity: dict[str, float], unheard: float
) -> tuple[Floats, Floats]:
    """Dense features (answers, features) and interaction blocks (answers, 3 · width)."""
    texts = list(dict.fromkeys(text for answer in answers for text in (answer.query, answer.response)))
    place = {text: at for at, text in enumerate(texts)}
    vectors = embed(texts)
    q = vectors[[place[answer.query] for answer in answers]]
    a = vectors[[place[answer.response] for answer in answers]]
    cosine = (q * a).sum(1, keepdims=True)
    surface = numpy.array([_surface(answer, rarity, unheard) for answer in answers])
    return numpy.concatenate([cosine, surface], axis=1), numpy.concatenate([q * a, numpy.abs(q - a), a], axis=1)


def _surface(answer: Answer, rarity: dict[str, float], unheard: float) -> list[float]:
    text = answer.response
    words, asked = WORD.findall(text.lower()), set(WORD.findall(answer.query.lower()))
    found, opening = set(words), set(words[:OPENING_WORDS])
    return [
        math.log1p(len(words)),
        len(found) / max(1, len(words)),
        math.log1p(text.count("\n")),
        math.log1p(text.count("?")),
        10 * text.count(",") / max(1, len(words)),
        10 * sum(character.isdigit() for character in text) / max(1, len(text)),
        len(asked & found) / max(1, len(asked)),
        len(asked & opening) / max(1, len(asked)),
        _tfidf_cosine(asked, words, rarity, unheard),
    ]


def _tfidf_cosine(asked: set[str], words: list[str], rarity: dict[str, float], unheard: float) -> float:
    counts = Counter(words)
    own = math.sqrt(sum((count * rarity.get(word, unheard)) ** 2 for word, count in counts.items()))
    other = math.sqrt(sum(rarity.get(word, unheard) ** 2 for word in asked))
    if own == 0 or other == 0:
        return 0.0
    return sum(counts[word] * rarity.get(word, unheard) ** 2 for word in asked) / (own * other)


def _rarities(texts: Sequence[str]) -> tuple[dict[str, float], float]:
    """ln((1 + n) / (1 + texts with the word)) + 1 by word, and of a word in none."""
    holding = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    top = math.log(1 + len(texts))
    return {word: top - math.log(1 + count) + 1 for word, count in holding.items()}, top + 1
