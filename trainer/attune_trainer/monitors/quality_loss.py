"""Quality loss: answers that got worse by any standard, whatever their reward. A pure decision on a history."""

from collections.abc import Callable, Sequence

from attune_trainer.monitors.alarm import Alarm
from attune_trainer.monitors.history import Measurement

PERPLEXITY_FACTOR = 4.0
FINISHED_KEPT = 0.5
VARIETY_KEPT = 0.5
LENGTH_KEPT = 0.25

Reason = Callable[[Measurement, Measurement], str | None]


def quality_loss(history: Sequence[Measurement]) -> Alarm | None:
    """Sounds when each of the last two measurements is far worse than the first, for the same reason."""
    if len(history) < 3:
        return None
    first, before, last = history[0], history[-2], history[-1]
    for reason in REASONS:
        message = reason(first, last)
        if message is not None and reason(first, before) is not None:
            return Alarm("quality_loss", message, _evidence(first, last))
    return None


def worse_than_at_first(first: Measurement, last: Measurement) -> bool:
    """Whether a single measurement is far worse than the first, for whatever reason."""
    return any(reason(first, last) is not None for reason in REASONS)


def _unlikely(first: Measurement, last: Measurement) -> str | None:
    if last.perplexity <= PERPLEXITY_FACTOR * first.perplexity:
        return None
    return f"Answers became improbable to the reference: perplexity {first.perplexity:.1f} → {last.perplexity:.1f}."


def _unfinished(first: Measurement, last: Measurement) -> str | None:
    if first.finished < 0.1 or last.finished >= FINISHED_KEPT * first.finished:
        return None
    return f"Fewer answers come to an end: {first.finished:.0%} → {last.finished:.0%}."


def _repetitive(first: Measurement, last: Measurement) -> str | None:
    if last.variety.value >= VARIETY_KEPT * first.variety.value:
        return None
    return f"Answers repeat themselves: distinct bigrams {first.variety.value:.2f} → {last.variety.value:.2f}."


def _empty(first: Measurement, last: Measurement) -> str | None:
    if last.length.value >= LENGTH_KEPT * first.length.value:
        return None
    return f"Answers hardly say anything any more: {first.length.value:.0f} → {last.length.value:.0f} tokens."


REASONS: tuple[Reason, ...] = (_unlikely, _unfinished, _repetitive, _empty)


def _evidence(first: Measurement, last: Measurement) -> dict[str, float]:
    return {
        "perplexity_first": first.perplexity,
        "perplexity": last.perplexity,
        "finished_first": first.finished,
        "finished": last.finished,
        "variety_first": first.variety.value,
        "variety": last.variety.value,
        "length_first": first.length.value,
        "length": last.length.value,
    }
