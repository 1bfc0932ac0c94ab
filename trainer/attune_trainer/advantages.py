"""Advantages: how much better each token, or each answer, turned out than was expected."""

import torch
from torch import Tensor


def generalised_advantages(
    rewards: Tensor, values: Tensor, mask: Tensor, gamma: float, lambda_: float
) -> tuple[Tensor, Tensor]:
    """Generalised advantage estimation (Schulman et al. 2015, arXiv:1506.02438, eq. 16), and returns A + V.

    δ_t = r_t + γ·V_{t+1} − V_t and A_t = δ_t + γλ·A_{t+1}; both V and A are 0 behind the last token, whether the
    answer ended by itself or was cut off (which the penalty for unfinished answers accounts for).
    rewards, values, mask (answers, length), mask 1 on an answer's tokens → two tensors alike, 0 outside the mask.
    """
    values = values * mask
    advantages = torch.zeros_like(rewards)
    following_advantage = torch.zeros_like(rewards[:, 0])
    following_value = torch.zeros_like(following_advantage)
    for position in reversed(range(rewards.shape[1])):
        surprise = rewards[:, position] + gamma * following_value - values[:, position]
        following_advantage = (surprise + gamma * lambda_ * following_advantage) * mask[:, position]
        following_value = values[:, position]
        advantages[:, position] = following_advantage
    return advantages, (advantages + values) * mask


def group_advantages(rewards: Tensor, group_size: int, epsilon: float = 1e-6) -> Tensor:
    """(r − mean) / standard deviation within each group of answers to one prompt: GRPO (arXiv:2402.03300, §4.1.2).

    rewards (answers,), groups next to each other → (answers,); zeros where a group's rewards are all the same.
    """
    groups = rewards.view(-1, group_size)
    centred = groups - groups.mean(dim=1, keepdim=True)
    deviation = groups.std(dim=1, keepdim=True, correction=0)
    return (centred / (deviation + epsilon)).view(-1)


def whiten(values: Tensor, mask: Tensor, epsilon: float = 1e-8) -> Tensor:
    """Mean 0 and variance 1 over the masked entries; 0 elsewhere.

    With the biased variance, which divides by n (Huang et al. 2023, "The N implementation details of RLHF with PPO",
    on `tf.nn.moments`).
    """
    count = mask.sum()
    mean = (values * mask).sum() / count
    variance = ((values - mean).square() * mask).sum() / count
    return (values - mean) * torch.rsqrt(variance + epsilon) * mask
