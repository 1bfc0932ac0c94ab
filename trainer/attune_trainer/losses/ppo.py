"""The losses of proximal policy optimisation, as sums over tokens divided by a given count of tokens."""

import torch
from torch import Tensor

from attune_trainer.kl import k3


def policy_loss(
    logprobs: Tensor, old_logprobs: Tensor, advantages: Tensor, mask: Tensor, clip: float, count: Tensor | float
) -> Tensor:
    """−Σ min(r·A, clip(r, 1 ± ε)·A) / count with r = π/π_old (Schulman et al. 2017, arXiv:1707.06347, eq. 7).

    All (answers, length); `count` is the number of tokens of the whole minibatch, so that its parts add up to it.
    """
    ratio = torch.exp(logprobs - old_logprobs)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    return -(torch.minimum(ratio * advantages, clipped * advantages) * mask).sum() / count


def value_loss(
    values: Tensor, old_values: Tensor, returns: Tensor, mask: Tensor, clip: float, count: Tensor | float
) -> Tensor:
    """½ Σ max((V − R)², (V_old + clip(V − V_old, ±ε) − R)²) / count.

    As in OpenAI's baselines and lm-human-preferences; all (answers, length).
    """
    near = old_values + (values - old_values).clamp(-clip, clip)
    worse = torch.maximum((values - returns).square(), (near - returns).square())
    return 0.5 * (worse * mask).sum() / count


def clipped_share(logprobs: Tensor, old_logprobs: Tensor, mask: Tensor, clip: float, count: Tensor | float) -> Tensor:
    """Share of tokens whose ratio left 1 ± ε; the parts of a minibatch add up to it."""
    ratio = torch.exp(logprobs - old_logprobs)
    return (((ratio - 1).abs() > clip) * mask).sum() / count


def approximate_kl(logprobs: Tensor, old_logprobs: Tensor, mask: Tensor, count: Tensor | float) -> Tensor:
    """KL(π_old ‖ π) by token, in nats, of tokens that π_old drew: Σ (r − 1) − log r / count with r = π/π_old
    (Schulman 2020); the parts of a minibatch add up to it."""
    return (k3(old_logprobs, logprobs) * mask).sum() / count
