"""How a policy does on held-out questions over the rounds: its evaluations, the best weights among them, alarms."""

from dataclasses import dataclass, field

from torch import Tensor

from attune_trainer.loop import trainable
from attune_trainer.monitors.alarm import Alarm
from attune_trainer.monitors.history import Measurement
from attune_trainer.monitors.quality_loss import quality_loss
from attune_trainer.monitors.reward_hacking import reward_hacking
from attune_trainer.monitors.soundness import sound
from attune_trainer.policy import Policy


@dataclass
class Progress:
    """Held-out evaluations so far, the best weights among them, and what was told of them."""

    history: list[Measurement] = field(default_factory=list)
    best: Measurement | None = None
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    sound: int = 0
    """Evaluations after the first without any symptom"""
    sampled: int = 0
    """Step of the last samples"""
    alarms: dict[str, int] = field(default_factory=dict)
    """Step at which an alarm of each kind was first told"""

    @property
    def evaluated(self) -> int:
        """Step of the last evaluation; −1 before the first."""
        return self.history[-1].step if self.history else -1

    def add(self, measured: Measurement, policy: Policy, kl_limit: float, alarmed: bool) -> Alarm | None:
        """Takes an evaluation in, keeps the weights where they are the best, and decides whether an alarm sounds.

        `alarmed`: one sounded in the round before; then these weights are not for keeping.
        """
        self.history.append(measured)
        if self.best is None:
            self.best, self.best_weights = measured, trainable(policy)
        elif not alarmed and sound(self.history, kl_limit):
            self.sound += 1
            if measured.score > self.best.score:
                self.best, self.best_weights = measured, trainable(policy)
        return quality_loss(self.history) or reward_hacking(self.history)

    @property
    def note(self) -> str | None:
        """Why a run leaves the weights that it began with; None where it leaves others."""
        assert self.best is not None
        if self.best.step > 0:
            return None
        why = "was better" if self.sound else "was without symptoms"
        return f"No evaluation after step 0 {why}: the weights are those that the run began with."
