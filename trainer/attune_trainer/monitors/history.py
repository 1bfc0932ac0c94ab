"""What was measured on held-out prompts, evaluation after evaluation; the first is the model that a run began with."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

# Standard errors from which on a change counts as clear.
CLEAR = 3.0


@dataclass(frozen=True)
class Estimate:
    """A mean over answers with its standard error."""

    value: float
    error: float

    @staticmethod
    def of(values: Sequence[float]) -> "Estimate":
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)
        return Estimate(mean, math.sqrt(variance / len(values)))

    def clearly_above(self, other: "Estimate") -> bool:
        """Whether the difference is more than three of its standard errors."""
        return self.value - other.value > CLEAR * math.hypot(self.error, other.error)


@dataclass(frozen=True)
class Measurement:
    """One evaluation on held-out prompts."""

    step: int
    proxy: Estimate
    """Reward that the policy is trained for"""
    judge: Estimate | None
    """Reward that it is not trained for"""
    length: Estimate
    """Tokens by answer"""
    variety: Estimate
    """Distinct bigrams within an answer, 0 to 1: low where answers repeat themselves"""
    distinct_2: float
    """Distinct bigrams over all answers together, 0 to 1: low where answers resemble each other"""
    finished: float
    """Share of answers that ended by themselves"""
    perplexity: float
    """Of the answers, under the reference"""
    kl: float
    """From the reference, in nats by answer"""

    @property
    def score(self) -> float:
        """What the best weights have most of: the judge's reward, or the training reward where nobody judges."""
        return (self.judge or self.proxy).value

    def metrics(self) -> dict[str, float]:
        """As metrics of a run."""
        flat: dict[str, float] = {}
        for name, value in asdict(self).items():
            if isinstance(value, dict):
                flat |= {name: value["value"], f"{name}_error": value["error"]}
            elif value is not None and name != "step":
                flat[name] = value
        return {f"held_out_{_NAMES.get(name, name)}": value for name, value in flat.items()}


_NAMES = {"proxy": "reward", "proxy_error": "reward_error"}
