"""Held-out answers laid out for measuring: scores in one array, ratings and pairs pointing into it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from attune_trainer.data.questions import JudgedAnswer, Question

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class HeldOut:
    """Answers to questions, and what people said about them."""

    answers: list[JudgedAnswer]
    # The query that an answer belongs to: intervals draw whole queries.
    queries: list[str]
    # Places of the better and the worse answer. (pairs)
    chosen: NDArray[numpy.int64]
    rejected: NDArray[numpy.int64]

    @property
    def rated(self) -> NDArray[numpy.int64]:
        """Places of rated answers."""
        return numpy.array([at for at, judged in enumerate(self.answers) if judged.rating is not None], dtype=int)

    @property
    def ratings(self) -> Floats:
        """Ratings of the rated answers, 0 to 1."""
        return numpy.array([judged.rating for judged in self.answers if judged.rating is not None], dtype=float)

    @property
    def characters(self) -> Floats:
        """Length of each answer's text."""
        return numpy.array([len(judged.answer.response) for judged in self.answers], dtype=float)


def held_out(questions: Sequence[Question]) -> HeldOut:
    """Questions laid out one after the other."""
    answers: list[JudgedAnswer] = []
    chosen: list[int] = []
    rejected: list[int] = []
    for question in questions:
        first = len(answers)
        answers += question.answers
        chosen += [first + pair.chosen for pair in question.pairs]
        rejected += [first + pair.rejected for pair in question.pairs]
    queries = [judged.answer.query for judged in answers]
    return HeldOut(answers, queries, numpy.array(chosen, dtype=int), numpy.array(rejected, dtype=int))
