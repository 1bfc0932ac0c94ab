"""Rewards of single tokens: the answer's own reward at its last token, and the KL penalty at each."""

from torch import Tensor


def token_rewards(rewards: Tensor, kl: Tensor, mask: Tensor, kl_weight: float) -> Tensor:
    """−β·KL at each token of an answer, plus the answer's reward at its last one (Ziegler et al. 2019, §2).

    The last token is the end-of-sequence token of a finished answer: ending there is what is rewarded.
    rewards (answers,); kl, mask (answers, length) → (answers, length), 0 behind an answer's end.
    """
    penalised = -kl_weight * kl * mask
    last = mask.sum(-1, keepdim=True).long() - 1
    return penalised.scatter_add(-1, last, rewards.unsqueeze(-1).to(penalised.dtype))
