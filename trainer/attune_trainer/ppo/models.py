"""The models of a PPO run: the policy, what it began as, and who judges its answers token by token."""

from dataclasses import dataclass

from attune_trainer.critic import Critic
from attune_trainer.policy import Policy
from attune_trainer.reference import Reference
from attune_trainer.rollouts import Reading, Rollouts, read_through


@dataclass(frozen=True)
class Models:
    """Policy, reference and critic; GRPO has no critic."""

    policy: Policy
    reference: Reference
    critic: Critic | None

    def read(self, rollouts: Rollouts) -> Reading:
        """Shows the policy rollouts; with the hidden states that a critic on its trunk needs."""
        shares_trunk = self.critic is not None and self.critic.trunk is None
        return read_through(self.policy, rollouts, shares_trunk)
