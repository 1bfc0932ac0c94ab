"""Losses of reward models by worked numbers."""

import math

import pytest
import torch

from attune_trainer.data.questions import AnswerPair, gathered, in_parts, training_questions, with_formed_pairs
from attune_trainer.data.rows import Pair, Part, Rating, Rows
from attune_trainer.losses.reward import centring_penalty, ranking_loss, rating_errors


def test_errors_of_ratings() -> None:
    # σ(0) = ½, σ(ln 3) = ¾: (½ − 1)² + (¾ − ½)² = 0.3125.
    logits = torch.tensor([0.0, math.log(3)])
    assert rating_errors(logits, torch.tensor([1.0, 0.5])).item() == pytest.approx(0.3125)


def test_ranking_loss_with_margin() -> None:
    # Equal rewards: ln 2. A lead of ln 3: −ln ¾. A lead of 2 with a margin of 2 · ½: −ln σ(1) = 0.3133.
    chosen, rejected = torch.tensor([1.0, math.log(3), 2.0]), torch.tensor([1.0, 0.0, 0.0])
    losses = [ranking_loss(chosen[at : at + 1], rejected[at : at + 1], torch.ones(1), 0.0).item() for at in (0, 1)]
    assert losses == pytest.approx([math.log(2), -math.log(0.75)])
    assert ranking_loss(chosen[2:], rejected[2:], torch.tensor([0.5]), 2.0).item() == pytest.approx(0.313262, abs=1e-5)


def test_centring_is_the_square_of_a_pairs_sum() -> None:
    assert centring_penalty(torch.tensor([3.0, 1.0]), torch.tensor([-1.0, -1.0])).item() == pytest.approx(4.0)


def rated(response: str, stars: float, query: str = "q") -> Rating:
    return Rating(query, response, stars, {})


def test_ratings_of_one_answer_are_averaged_and_make_pairs() -> None:
    part = Part([rated("a", 5), rated("b", 2), rated("a", 3), rated("c", 2), rated("a", 1, "other")], [])
    first, second = map(with_formed_pairs, gathered(part))
    assert [judged.rating for judged in first.answers] == [0.75, 0.25, 0.25]
    assert first.pairs == [AnswerPair(0, 1, 0.5), AnswerPair(0, 2, 0.5)]
    assert (second.query, second.pairs) == ("other", [])


def test_given_pairs_are_the_only_ones_where_there_are_any() -> None:
    part = Part([rated("a", 5), rated("b", 1), rated("c", 1)], [Pair("q", "c", "b", 0.3), Pair("p", "x", "y", 1.0)])
    one, other = training_questions(Rows(part, Part([], [])))
    assert one.pairs == [AnswerPair(2, 1, 0.3)]
    assert [judged.rating for judged in other.answers] == [None, None]


def test_many_answers_to_a_question_are_read_in_parts() -> None:
    part = Part([rated(str(at), 1 + at % 5) for at in range(20)], [Pair("q", "1", "2", 0.5), Pair("q", "0", "19", 1.0)])
    parts = list(in_parts(gathered(part)[0]))
    assert [len(part.answers) for part in parts] == [8, 8, 4, 2]
    assert [part.pairs for part in parts] == [[AnswerPair(1, 2, 0.5)], [], [], [AnswerPair(0, 1, 1.0)]]
    assert [judged.rating for judged in parts[3].answers] == [None, None]
