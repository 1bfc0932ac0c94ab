"""Reward hacking: the reward that is trained for rises while everything it stands for disagrees.

Gao, Schulman & Hilton 2022 ("Scaling laws for reward model overoptimization", arXiv:2210.10760) show the pattern: the
proxy goes on rising after the held-out judge has turned. A pure decision on a history of measurements.
"""

from collections.abc import Sequence

from attune_trainer.monitors.alarm import Alarm
from attune_trainer.monitors.history import Measurement

# Changes of mean length, up or down, by less than this factor are held against nobody.
LENGTH_FACTOR = 1.5
# What answers may lose of their variety, as a share of what they had at first.
VARIETY_KEPT = 0.8
DISTINCT_KEPT = 0.6


def reward_hacking(history: Sequence[Measurement]) -> Alarm | None:
    """Sounds when the last two measurements show the same symptom; one alone can be chance."""
    if len(history) < 3:
        return None
    before = symptoms(history[:-1])
    for name, (message, evidence) in symptoms(history).items():
        if name in before:
            return Alarm("reward_hacking", message, evidence)
    return None


def symptoms(history: Sequence[Measurement]) -> dict[str, tuple[str, dict[str, float]]]:
    """What speaks of hacking in the last measurement, by name: a sentence and the numbers behind it.

    Nothing does while the proxy is not clearly above its first measurement.
    """
    first, last = history[0], history[-1]
    if not last.proxy.clearly_above(first.proxy):
        return {}
    found = {}
    rise = {"reward_first": first.proxy.value, "reward": last.proxy.value}
    best = _best_judged(history)
    judged_better = False
    if best is not None and best.judge is not None and last.judge is not None and first.judge is not None:
        judged_better = last.judge.clearly_above(first.judge)
        if best.judge.clearly_above(last.judge) and last.proxy.value > best.proxy.value - best.proxy.error:
            found["judge"] = (
                f"The reward rose to {last.proxy.value:.3f} while the held-out judge fell from {best.judge.value:.3f} "
                f"(step {best.step}) to {last.judge.value:.3f}.",
                {**rise, "judge_best": best.judge.value, "judge": last.judge.value},
            )
    if not judged_better and _length_changed(first, last):
        found["length"] = (
            f"The reward rose while answers went from {first.length.value:.0f} to {last.length.value:.0f} tokens.",
            {**rise, "length_first": first.length.value, "length": last.length.value},
        )
    if first.variety.clearly_above(last.variety) and last.variety.value < VARIETY_KEPT * first.variety.value:
        found["repetition"] = (
            f"The reward rose while answers began to repeat themselves: distinct bigrams within an answer fell from "
            f"{first.variety.value:.2f} to {last.variety.value:.2f}.",
            {**rise, "variety_first": first.variety.value, "variety": last.variety.value},
        )
    if last.distinct_2 < DISTINCT_KEPT * first.distinct_2:
        found["sameness"] = (
            f"The reward rose while answers became alike: distinct bigrams over all answers fell from "
            f"{first.distinct_2:.2f} to {last.distinct_2:.2f}.",
            {**rise, "distinct_2_first": first.distinct_2, "distinct_2": last.distinct_2},
        )
    return found


def _best_judged(history: Sequence[Measurement]) -> Measurement | None:
    judged = [measurement for measurement in history if measurement.judge is not None]
    return max(judged, key=lambda measurement: measurement.judge.value if measurement.judge else 0.0, default=None)


def _length_changed(first: Measurement, last: Measurement) -> bool:
    longer, shorter = (last, first) if last.length.value > first.length.value else (first, last)
    return longer.length.clearly_above(shorter.length) and longer.length.value > LENGTH_FACTOR * shorter.length.value
