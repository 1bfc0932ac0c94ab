"""Which weights a run may leave: those of an evaluation that speaks for none of the alarms. A pure decision."""

from collections.abc import Sequence

from attune_trainer.monitors.alarm import kl_limit
from attune_trainer.monitors.history import Measurement
from attune_trainer.monitors.quality_loss import worse_than_at_first
from attune_trainer.monitors.reward_hacking import symptoms


def sound(history: Sequence[Measurement], most_kl: float) -> bool:
    """Whether the last measurement is without any symptom; `most_kl` in nats by answer.

    An alarm needs the same symptom twice in a row, a doubt about weights only once.
    """
    first, last = history[0], history[-1]
    return not symptoms(history) and not worse_than_at_first(first, last) and kl_limit(last.kl, most_kl) is None
