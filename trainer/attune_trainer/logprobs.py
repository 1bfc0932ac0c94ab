"""Log-probabilities of given tokens."""

import torch
from torch import Tensor


def token_logprobs(logits: Tensor, tokens: Tensor, temperature: float = 1.0) -> Tensor:
    """log p(token t | tokens before t) of each token but the first.

    logits (batch, length, vocabulary), tokens (batch, length) → (batch, length − 1), in nats.
    """
    before = logits[:, :-1].float() / temperature
    # Gathered before normalised: the whole table of log-probabilities would take the memory of the logits again.
    chosen = before.gather(-1, tokens[:, 1:, None]).squeeze(-1)
    return chosen - torch.logsumexp(before, dim=-1)


def position_ids(attention_mask: Tensor) -> Tensor:
    """Positions that count real tokens only, so that padding on either side changes nothing. (batch, length)"""
    return (attention_mask.long().cumsum(-1) - 1).clamp(min=0)


def entropies(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Entropy of the distribution over the next token, in nats. (batch, length, vocabulary) → (batch, length)"""
    log_probabilities = torch.log_softmax(logits.float() / temperature, dim=-1)
    return -(log_probabilities.exp() * log_probabilities).sum(-1)
