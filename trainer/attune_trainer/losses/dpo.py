"""Losses of direct preference optimisation: what a policy's log-ratios to its reference are pushed towards.

A log-ratio is log π(answer | prompt) − log π_ref(answer | prompt): the sum over an answer's tokens in nats, or their
mean where lengths are normalised. β times it is the answer's implicit reward. Losses are one value a row, unreduced.
"""

from torch import Tensor
from torch.nn.functional import logsigmoid


def sigmoid_loss(chosen: Tensor, rejected: Tensor, beta: float, label_smoothing: float = 0.0) -> Tensor:
    """−(1 − ε)·log σ(h) − ε·log σ(−h) with h = β·(chosen − rejected); log-ratios (pairs) → (pairs).

    Rafailov et al. 2023 (arXiv:2305.18290, equation 7); ε > 0 is cDPO (Mitchell 2023, "A note on DPO with noisy
    preferences & relationship to IPO", equation 3). ln 2 where policy and reference agree.
    """
    rewards = beta * (chosen - rejected)
    return -(1 - label_smoothing) * logsigmoid(rewards) - label_smoothing * logsigmoid(-rewards)


def ipo_loss(chosen: Tensor, rejected: Tensor, tau: float) -> Tensor:
    """(chosen − rejected − 1/(2τ))²; log-ratios (pairs) → (pairs).

    Azar et al. 2023 (arXiv:2310.12036, equation 17).
    """
    return (chosen - rejected - 1 / (2 * tau)).square()


def kto_loss(
    log_ratios: Tensor,
    desirable: Tensor,
    kl: float,
    beta: float,
    desirable_weight: float = 1.0,
    undesirable_weight: float = 1.0,
) -> Tensor:
    """λ_D·(1 − σ(β·(r − z))) for good answers, λ_U·(1 − σ(β·(z − r))) for bad ones; (answers) → (answers).

    r are log-ratios, `desirable` tells good from bad, z ≥ 0 is the policy's KL from its reference, through which no
    gradient goes. Ethayarajh et al. 2024 (arXiv:2402.01306, equation 8). ½·λ where policy and reference agree.
    """
    good = desirable_weight * (beta * (kl - log_ratios)).sigmoid()
    bad = undesirable_weight * (beta * (log_ratios - kl)).sigmoid()
    return good.where(desirable, bad)
