"""Rewards centred and divided by their running standard deviation, so that one KL weight, clip range and learning
rate suit any reward."""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor


@dataclass
class RewardScaling:
    """Count, mean and sum of squared deviations of all rewards seen (Chan et al. 1979, merged batch by batch)."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    centre: float = 0.0
    """Mean of the first rewards; it stays, so that the critic does not chase it (Ziegler et al. 2019, §2.2)"""

    @property
    def deviation(self) -> float:
        """Standard deviation (biased) of all rewards seen; 1 while they do not differ."""
        deviation = math.sqrt(self.squares / self.count) if self.count else 0.0
        return deviation if deviation > 1e-8 else 1.0

    def scaled(self, rewards: Tensor) -> Tensor:
        """Takes rewards (answers,) into account; returns them less the first ones' mean, by the deviation of all."""
        rewards = rewards.double()
        count, mean = rewards.numel(), rewards.mean().item()
        if self.count == 0:
            self.centre = mean
        total, difference = self.count + count, mean - self.mean
        self.squares += (rewards - mean).square().sum().item() + difference**2 * self.count * count / total
        self.mean += difference * count / total
        self.count = total
        return ((rewards - self.centre) / self.deviation).to(torch.float32)

    def state_dict(self) -> dict[str, float]:
        return asdict(self)
