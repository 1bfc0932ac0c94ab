"""How far a policy moved from its reference: estimates from sampled answers, and the weight of the penalty on it."""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

MOST_ERROR = 0.2
# A weight that reached 0 would stay there: however many answers a round has, it changes by half at most.
MOST_STEP = 0.5


def k1(logprobs: Tensor, ref_logprobs: Tensor) -> Tensor:
    """−log r with r = π_ref / π: unbiased, can be negative (Schulman 2020, "Approximating KL Divergence").

    Of tokens drawn from π, in nats; summed over an answer it estimates the answer's KL(π ‖ π_ref).
    """
    return logprobs - ref_logprobs


def k2(logprobs: Tensor, ref_logprobs: Tensor) -> Tensor:
    """½·(log r)²: biased, never negative (Schulman 2020)."""
    return 0.5 * (logprobs - ref_logprobs).square()


def k3(logprobs: Tensor, ref_logprobs: Tensor) -> Tensor:
    """(r − 1) − log r: unbiased and never negative (Schulman 2020)."""
    log_ratio = ref_logprobs - logprobs
    # expm1: near r = 1, exp(log r) − 1 would lose all its digits.
    return torch.expm1(log_ratio) - log_ratio


@dataclass
class KlController:
    """Weight of the KL penalty, moved after each round."""

    kind: Literal["fixed", "adaptive", "linear"]
    first: float
    target: float
    horizon: float
    rounds: int
    weight: float

    def update(self, kl: float, answers: int, rounds_done: int) -> None:
        """After a round of so many answers with this mean KL, in nats per answer.

        adaptive: weight ×= 1 + clip(KL / target − 1, ±0.2) · answers / horizon (Ziegler et al. 2019, arXiv:1909.08593,
        §2.2, and its code), but never by more than half of it. linear: from the first weight to 0 after the last round.
        fixed: never.
        """
        if self.kind == "adaptive":
            error = min(max(kl / self.target - 1, -MOST_ERROR), MOST_ERROR)
            step = error * answers / self.horizon
            self.weight *= 1 + min(max(step, -MOST_STEP), MOST_STEP)
        elif self.kind == "linear":
            self.weight = self.first * max(0.0, 1 - rounds_done / self.rounds)
