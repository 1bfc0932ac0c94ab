"""Intervals of measurements whose rows hang together in groups: answers to one question."""

from collections.abc import Callable, Sequence
from typing import TypedDict

import numpy

RESAMPLES = 1000


class Estimate(TypedDict):
    """A measurement as the server reads it: 95 % interval, rows behind it, and the groups they hang together in."""

    value: float
    ci: tuple[float, float]
    n: int
    groups: int


def interval(
    sums: numpy.ndarray, groups: Sequence[str], statistic: Callable[[numpy.ndarray], numpy.ndarray], seed: int = 0
) -> Estimate:
    """A statistic of sums over rows with its 95 % interval: percentiles of a bootstrap that draws whole groups
    (Cameron, Gelbach & Miller 2008, "Bootstrap-based improvements for inference with clustered errors").

    sums (rows, k): what each row adds; `statistic` maps (…, k) sums to (…) values. A draw in which the statistic is
    no finite number is left out; where none is left, the interval is (nan, nan).
    """
    names, group = numpy.unique(numpy.asarray(groups), return_inverse=True)
    per_group = numpy.stack([numpy.bincount(group, column, len(names)) for column in sums.T], axis=1)
    drawn = numpy.random.default_rng(seed).integers(len(names), size=(RESAMPLES, len(names)))
    times = numpy.stack([numpy.bincount(draw, minlength=len(names)) for draw in drawn])
    with numpy.errstate(divide="ignore", invalid="ignore"):
        values = statistic(times @ per_group)
        value = statistic(per_group.sum(0))
    values = values[numpy.isfinite(values)]
    low, high = numpy.percentile(values, [2.5, 97.5]) if len(values) else (numpy.nan, numpy.nan)
    return {"value": float(value), "ci": (float(low), float(high)), "n": len(group), "groups": len(names)}


def ratio_interval(
    numerators: Sequence[float], denominators: Sequence[float], groups: Sequence[str], seed: int = 0
) -> Estimate:
    """Σ numerators / Σ denominators with its interval; a mean where denominators are 1. One row each in all three."""
    sums = numpy.stack([numpy.asarray(numerators, dtype=float), numpy.asarray(denominators, dtype=float)], axis=1)
    return interval(sums, groups, lambda total: total[..., 0] / total[..., 1], seed)
