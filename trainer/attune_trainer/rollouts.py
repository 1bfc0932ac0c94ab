"""Answers that a policy wrote, as tensors to learn from: prompts padded on the left, answers on the right.

All prompts end, and all answers begin, at the same column, so that a model's logits are needed from there on only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attune_trainer.device import device
from attune_trainer.generation import Written, left_padded
from attune_trainer.logprobs import position_ids, token_logprobs


@dataclass(frozen=True)
class Rollouts:
    """Prompts and the answers to them."""

    prompts: Tensor
    """(answers, longest prompt), padded on the left"""
    prompt_mask: Tensor
    """1 at tokens of prompts"""
    answers: Tensor
    """(answers, longest answer), padded on the right; the token that ended an answer is its last"""
    mask: Tensor
    """1.0 at tokens of answers. (answers, longest answer)"""
    finished: Tensor
    """Whether an answer ended by itself. (answers,)"""

    def __len__(self) -> int:
        return len(self.answers)

    def lengths(self) -> Tensor:
        """Tokens of each answer. (answers,)"""
        return self.mask.sum(-1)

    def part(self, rows: Tensor) -> "Rollouts":
        """Some of the answers, with no more padding than they need."""
        shown = self.prompt_mask[rows].sum(-1).max()
        written = int(self.mask[rows].sum(-1).max())
        return Rollouts(
            self.prompts[rows][:, -shown:],
            self.prompt_mask[rows][:, -shown:],
            self.answers[rows][:, :written],
            self.mask[rows][:, :written],
            self.finished[rows],
        )


@dataclass(frozen=True)
class Reading:
    """What a model makes of rollouts."""

    logits: Tensor
    """Of the next token, from the prompts' last token on. (answers, longest + 1, vocabulary)"""
    hidden: Tensor | None
    """Last hidden state where each of the answers' tokens is about to be written. (answers, longest, width)"""

    def logprobs(self, rollouts: Rollouts, temperature: float) -> Tensor:
        """log p of the answers' tokens, in nats; 0 behind an answer's end. (answers, longest)"""
        shown = torch.cat([rollouts.prompts[:, -1:], rollouts.answers], dim=-1)
        return token_logprobs(self.logits, shown, temperature) * rollouts.mask


def stacked(prompts: Sequence[list[int]], written: Sequence[Written]) -> Rollouts:
    """Written answers beside their prompts, on the device."""
    shown, prompt_mask = left_padded(prompts)
    longest = max(len(answer.tokens) for answer in written)
    answers = torch.zeros(len(written), longest, dtype=torch.long)
    mask = torch.zeros(len(written), longest)
    for row, answer in enumerate(written):
        answers[row, : len(answer.tokens)] = torch.tensor(answer.tokens)
        mask[row, : len(answer.tokens)] = 1.0
    finished = torch.tensor([answer.finished for answer in written])
    return Rollouts(shown, prompt_mask, answers.to(device()), mask.to(device()), finished.to(device()))


def read_through(model: torch.nn.Module, rollouts: Rollouts, hidden: bool = False) -> Reading:
    """Shows a causal language model prompts and answers; `hidden` asks for its last hidden states too."""
    longest = rollouts.answers.shape[1]
    attention = torch.cat([rollouts.prompt_mask, rollouts.mask.long()], dim=-1)
    output = model(
        input_ids=torch.cat([rollouts.prompts, rollouts.answers], dim=-1),
        attention_mask=attention,
        position_ids=position_ids(attention),
        use_cache=False,
        logits_to_keep=longest + 1,
        output_hidden_states=hidden,
    )
    states = output.hidden_states[-1][:, -longest - 1 : -1] if hidden else None
    return Reading(output.logits, states)
