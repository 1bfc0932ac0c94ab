"""Log-probabilities of answers under a model."""

from dataclasses import dataclass

import torch
from torch import Tensor

from attune_trainer.data.completions import CompletionBatch
from attune_trainer.logprobs import position_ids, token_logprobs


@dataclass(frozen=True)
class AnswerLogprobs:
    """What a model gives the tokens of a batch's answers; zero at every other token. Shapes (batch, kept − 1)."""

    tokens: Tensor
    """log p of each answer token, in nats."""
    mask: Tensor
    """1 at answer tokens."""
    right: Tensor
    """1 at answer tokens that the model holds most probable."""

    def sums(self) -> Tensor:
        """log p of each answer, in nats. (batch,)"""
        return self.tokens.sum(-1)

    def means(self) -> Tensor:
        """log p by token of each answer. (batch,)"""
        return self.tokens.sum(-1) / self.lengths()

    def lengths(self) -> Tensor:
        """Tokens of each answer. (batch,)"""
        return self.mask.sum(-1)


def answer_logprobs(model: torch.nn.Module, batch: CompletionBatch) -> AnswerLogprobs:
    """Asks the model for the answers' log-probabilities; logits are made only from the first answer on."""
    logits = model(
        input_ids=batch.tokens,
        attention_mask=batch.attention_mask,
        position_ids=position_ids(batch.attention_mask),
        use_cache=False,
        logits_to_keep=batch.kept,
    ).logits
    tokens = batch.tokens[:, -batch.kept :]
    mask = batch.answer_mask[:, -batch.kept :][:, 1:]
    logprobs = token_logprobs(logits, tokens) * mask
    with torch.no_grad():
        right = (logits[:, :-1].argmax(-1) == tokens[:, 1:]) * mask
    return AnswerLogprobs(logprobs, mask, right)
