"""An alarm: something in a run's history that a person should look at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Alarm:
    """Fields of the protocol's `alarm` event."""

    kind: Literal["reward_hacking", "quality_loss", "kl_limit"]
    message: str
    evidence: dict[str, float]


def kl_limit(kl: float, limit: float) -> Alarm | None:
    """Sounds when a round's mean KL by answer exceeds its limit; both in nats."""
    if kl <= limit:
        return None
    return Alarm(
        "kl_limit",
        f"The policy moved {kl:.1f} nats by answer from its reference; the limit is {limit:g}. Raise kl_reward_weight "
        "or lower learning_rate.",
        {"kl": kl, "kl_limit": limit},
    )
