"""Rewards divided by their running standard deviation, so that one KL weight and learning rate suit any reward."""

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

    @property
    def deviation(self) -> float:
        """Standard deviation (biased) of all rewards seen; 1 while they do not differ."""
        deviation = math.sqrt(self.squares / self.count) if self.count else 0.0
        return deviation if deviation > 1e-8 else 1.0

    def scaled(self, rewards: Tensor) -> Tensor:
        """Takes rewards (answers,) into account and divides them by the deviation.

        The mean stays: it would reward an answer for being an answer (Engstrom et al. 2020, arXiv:2005.12729, §3).
        """
        rewards = rewards.double()
        count, mean = rewards.numel(), rewards.mean().item()
        total, difference = self.count + count, mean - self.mean
        self.squares += (rewards - mean).square().sum().item() + difference**2 * self.count * count / total
        self.mean += difference * count / total
        self.count = total
        return (rewards / self.deviation).to(torch.float32)

    def state_dict(self) -> dict[str, float]:
        return asdict(self)
