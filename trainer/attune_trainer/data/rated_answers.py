"""Rated answers, each once with all its ratings: what several people said of one answer is one judgement of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.data.rows import Part


@dataclass(frozen=True)
class RatedAnswer:
    """An answer and the stars that people gave it, 1 to 5, at least one."""

    answer: Answer
    stars: list[float]

    @property
    def mean(self) -> float:
        return sum(self.stars) / len(self.stars)


def rated_answers(part: Part) -> list[RatedAnswer]:
    """A part's rated answers in the order of their first ratings; an answer to another context is another one."""
    stars: dict[Answer, list[float]] = {}
    for row in part.ratings:
        stars.setdefault(Answer(row.context, row.query, row.response), []).append(row.rating)
    return [RatedAnswer(answer, given) for answer, given in stars.items()]


def disagreement(rated: Sequence[RatedAnswer], good: float, bad: float) -> dict[str, int]:
    """For a report: rated answers, those that several people rated, and those with raters on both sides.

    On both sides: one rating is at least `good` stars and another at most `bad`.
    """
    return {
        "rated": len(rated),
        "by_several": sum(len(one.stars) > 1 for one in rated),
        "on_both_sides": sum(max(one.stars) >= good and min(one.stars) <= bad for one in rated),
    }
