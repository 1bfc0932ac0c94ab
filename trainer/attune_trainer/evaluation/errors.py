"""Where a reward model errs: what `measures` measures, by length of the answer, category and group of users.

Groups too small to say anything, and answers that nobody filed, are told together as "other". A pair belongs to the
groups of its better answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy

from attune_trainer.data.questions import JudgedAnswer
from attune_trainer.evaluation.held_out import Floats, HeldOut
from attune_trainer.evaluation.measures import measured

LENGTH_GROUPS = 4
# Rated answers that a group needs to stand alone, and groups that stand alone at most.
FEWEST = 20
MOST_GROUPS = 12
OTHER = "other"

# The groups that an answer is in, with its ratings there.
Filed = Mapping[str, Sequence[float]]


def errors_by(held: HeldOut, scores: Floats) -> dict[str, list[dict[str, Any]]]:
    """Errors by length of the answer (quarters), and by category and user group where rows name them.

    In a group of users an answer's rating is the mean of what that group gave it.
    """
    quarter, quarters = _length_quarters(held)
    by_length: list[Filed] = [{quarters[at]: _given(one)} for at, one in zip(quarter, held.answers, strict=True)]
    by_category: list[Filed] = [{one.category: _given(one)} for one in held.answers]
    by_user: list[Filed] = [one.groups or {"": _given(one)} for one in held.answers]
    found = {
        "length": _told(held, scores, by_length, quarters),
        "category": _told(held, scores, by_category, _large_groups(by_category)),
        "user_group": _told(held, scores, by_user, _large_groups(by_user)),
    }
    return {name: groups for name, groups in found.items() if groups}


def _given(judged: JudgedAnswer) -> Sequence[float]:
    return [] if judged.rating is None else [judged.rating]


def _length_quarters(held: HeldOut) -> tuple[list[int], list[str]]:
    """The quarter of each answer, and the names of the quarters."""
    edges = numpy.quantile(held.characters, numpy.linspace(0, 1, LENGTH_GROUPS + 1))
    quarter = numpy.searchsorted(edges[1:-1], held.characters, side="right")
    return quarter.tolist(), [f"{low:.0f}–{high:.0f} characters" for low, high in pairwise(edges)]


def _large_groups(filed: Sequence[Filed]) -> list[str]:
    """Names of the groups that stand alone, the largest first."""
    rated = Counter(name for groups in filed for name, ratings in groups.items() if name and ratings)
    return [name for name, count in rated.most_common(MOST_GROUPS) if count >= FEWEST]


def _told(held: HeldOut, scores: Floats, filed: Sequence[Filed], names: Sequence[str]) -> list[dict[str, Any]]:
    """The measurements of each group and of all others together; none where no group stands alone."""
    if not names:
        return []
    told = []
    for name in dict.fromkeys([*names, OTHER]):
        inside = [
            [ratings for group, ratings in groups.items() if (group if group in names else OTHER) == name]
            for groups in filed
        ]
        if found := measured(_part(held, inside), scores):
            told.append({"group": name, **found})
    return told


def _part(held: HeldOut, inside: Sequence[Sequence[Sequence[float]]]) -> HeldOut:
    """The same places, judged only by the ratings of a group; an answer outside it has no entry."""
    answers = []
    for judged, parts in zip(held.answers, inside, strict=True):
        ratings = [rating for part in parts for rating in part]
        answers.append(JudgedAnswer(judged.answer, sum(ratings) / len(ratings) if ratings else None, {}))
    kept = numpy.array([bool(inside[at]) for at in held.chosen], dtype=bool)
    return HeldOut(answers, held.queries, held.chosen[kept], held.rejected[kept])
