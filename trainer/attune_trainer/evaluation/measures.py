"""How well scores agree with people, each with a 95 % interval over questions.

Ratings and scores are on 0–1, so an error of .25 is a star. A pair with equal scores counts half.
"""

from typing import Any

import numpy
from numpy.typing import NDArray

from attune_trainer.evaluation.held_out import Floats, HeldOut
from attune_trainer.intervals import Estimate, interval, ratio_interval

BINS = 10


def measured(held: HeldOut, scores: Floats) -> dict[str, Estimate]:
    """Pair accuracy, and where answers are rated MSE, MAE, Pearson's r and ECE. Scores 0 to 1 (answers).

    What the rows do not allow (no pairs, scores without variance) is left out.
    """
    found: dict[str, Estimate] = {}
    if len(held.chosen):
        found["pair_accuracy"] = _mean(pair_hits(held, scores), _pair_queries(held))
    if len(held.rated) == 0:
        return found
    queries = _rated_queries(held)
    given, ratings = scores[held.rated], held.ratings
    found["mse"] = _mean((given - ratings) ** 2, queries)
    found["mae"] = _mean(numpy.abs(given - ratings), queries)
    if given.std() > 1e-9 and ratings.std() > 1e-9:
        sums = numpy.stack([numpy.ones_like(given), given, ratings, given**2, ratings**2, given * ratings], axis=1)
        found["pearson"] = interval(sums, queries, _pearson)
    found["ece"] = interval(_bin_sums(given, ratings), queries, _calibration_error)
    return found


def differences(held: HeldOut, scores: Floats, others: Floats) -> dict[str, Estimate]:
    """What scores do better than others on the same rows: pair accuracy gained, squared error saved."""
    found: dict[str, Estimate] = {}
    if len(held.chosen):
        gained = pair_hits(held, scores) - pair_hits(held, others)
        found["pair_accuracy"] = _mean(gained, _pair_queries(held))
    if len(held.rated):
        saved = (others[held.rated] - held.ratings) ** 2 - (scores[held.rated] - held.ratings) ** 2
        found["mse_saved"] = _mean(saved, _rated_queries(held))
    return found


def pair_hits(held: HeldOut, scores: Floats) -> Floats:
    """1 where the better answer has the higher score, ½ where both are equal, else 0. (pairs)"""
    return 0.5 + 0.5 * numpy.sign(scores[held.chosen] - scores[held.rejected])


def reliability(held: HeldOut, scores: Floats) -> list[dict[str, Any]]:
    """Mean score, and mean rating with its interval over questions, by tenths of the score; empty tenths left out."""
    if len(held.rated) == 0:
        return []
    given, queries = scores[held.rated], numpy.array(_rated_queries(held))
    tenths = _tenths(given)
    return [
        {
            "from": at / BINS,
            "to": (at + 1) / BINS,
            "score": float(given[tenths == at].mean()),
            "rating": _mean(held.ratings[tenths == at], queries[tenths == at].tolist()),
        }
        for at in range(BINS)
        if (tenths == at).any()
    ]


def _mean(values: Floats, queries: list[str]) -> Estimate:
    return ratio_interval(values, numpy.ones_like(values), queries)


def _pair_queries(held: HeldOut) -> list[str]:
    return [held.queries[at] for at in held.chosen]


def _rated_queries(held: HeldOut) -> list[str]:
    return [held.queries[at] for at in held.rated]


def _bin_sums(scores: Floats, ratings: Floats) -> Floats:
    """By row and bin: count, score, rating. (rows, 3 · BINS)"""
    inside = numpy.eye(BINS)[_tenths(scores)]
    return numpy.concatenate([inside, inside * scores[:, None], inside * ratings[:, None]], axis=1)


def _tenths(scores: Floats) -> NDArray[numpy.int64]:
    """Which tenth of 0 to 1 each score lies in."""
    return numpy.clip((scores * BINS).astype(int), 0, BINS - 1)


def _calibration_error(sums: Floats) -> Floats:
    """Expected calibration error: Σ over bins of rows' share · |mean score − mean rating| (Guo et al. 2017,
    arXiv:1706.04599, equation 3), with the mean rating in place of accuracy."""
    count, score, rating = sums[..., :BINS], sums[..., BINS : 2 * BINS], sums[..., 2 * BINS :]
    return numpy.abs(score - rating).sum(-1) / count.sum(-1)


def _pearson(sums: Floats) -> Floats:
    n, x, y, xx, yy, xy = numpy.moveaxis(sums, -1, 0)
    return (n * xy - x * y) / numpy.sqrt((n * xx - x**2) * (n * yy - y**2))
