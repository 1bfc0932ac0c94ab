"""Supervised fine-tuning: the cross-entropy of answers."""

from torch import Tensor


def answer_cross_entropy(logprobs: Tensor, tokens_in_all: float) -> Tensor:
    """−Σ log p(answer token) / tokens in all: a batch's part of the mean over every answer token of a step, in nats.

    logprobs (batch, length), zero outside the answers. Each token weighs the same, however long its answer is and in
    whichever batch of the step it stands.
    """
    return -logprobs.sum() / tokens_in_all
