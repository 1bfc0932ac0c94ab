"""What a reward model is trained on: squared errors of ratings, and the order of pairs.

Sums, not means: the recipe divides by the counts of the whole step.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid


def rating_errors(logits: Tensor, ratings: Tensor) -> Tensor:
    """Σ (σ(logit) − rating)², ratings scaled to 0–1. Both of one shape → scalar."""
    return (torch.sigmoid(logits) - ratings).square().sum()


def ranking_loss(chosen: Tensor, rejected: Tensor, strengths: Tensor, margin: float) -> Tensor:
    """Σ −log σ(chosen − rejected − margin · strength), in nats; logits and strengths (pairs) → scalar.

    Bradley & Terry 1952 with the margin of Llama 2 (Touvron et al. 2023, arXiv:2307.09288, equation 2).
    """
    return -logsigmoid(chosen - rejected - margin * strengths).sum()


def centring_penalty(chosen: Tensor, rejected: Tensor) -> Tensor:
    """Σ (chosen + rejected)², which draws rewards to a mean of zero; (pairs) each → scalar.

    Eisenstein et al. 2023 (arXiv:2312.09244, equation 2).
    """
    return (chosen + rejected).square().sum()
