"""Scores that mean what they say: 0.8 for answers that people rate 0.8 on average."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]

NEWTON_STEPS = 50
# Keeps the order of scores where a model has learnt nothing or the opposite.
SMALLEST_SLOPE = 1e-3
# Pull towards slope 1, intercept 0, in ratings: a few wild logits cannot run away with it.
PRIOR = 1.0


@dataclass(frozen=True)
class Calibration:
    """Score = σ(slope · logit + intercept)."""

    slope: float = 1.0
    intercept: float = 0.0

    def score(self, logits: Floats) -> Floats:
        """0 to 1, of the logits' shape."""
        return 1 / (1 + numpy.exp(-numpy.clip(self.slope * logits + self.intercept, -500, 500)))


def fit_calibration(logits: Floats, ratings: Floats) -> Calibration:
    """Least cross-entropy between scores and ratings (0 to 1) by Newton's method; both (answers).

    Platt 1999, "Probabilistic outputs for support vector machines", with mean ratings in place of labels.
    """
    rows = numpy.stack([logits, numpy.ones_like(logits)], axis=1)
    prior = numpy.array([1.0, 0.0])
    found = prior.copy()
    for _ in range(NEWTON_STEPS):
        scores = Calibration(*found).score(logits)
        gradient = rows.T @ (scores - ratings) + PRIOR * (found - prior)
        curvature = (rows * (scores * (1 - scores))[:, None]).T @ rows + PRIOR * numpy.eye(2)
        step = numpy.linalg.solve(curvature, gradient)
        found = found - step * min(1.0, 2.0 / max(numpy.abs(step).max(), 1e-12))
        if numpy.abs(step).max() < 1e-9:
            break
    return Calibration(max(float(found[0]), SMALLEST_SLOPE), float(found[1]))


def cross_fitted(logits: Floats, rated: NDArray[numpy.int64], ratings: Floats, queries: Sequence[str]) -> Floats:
    """Scores of all answers, each by a calibration fitted on the other half of the questions.

    logits and queries (answers); `rated` are the places that `ratings` belong to.
    """
    half = {query: at % 2 for at, query in enumerate(dict.fromkeys(queries))}
    own = numpy.array([half[query] for query in queries])
    scores = numpy.empty_like(logits)
    for side in (0, 1):
        other = own[rated] != side
        calibration = fit_calibration(logits[rated][other], ratings[other])
        scores[own == side] = calibration.score(logits[own == side])
    return scores
