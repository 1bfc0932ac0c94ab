"""Asking a policy questions: prompts made, answers written, read back as text, and weighed token by token."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attune_trainer.data.completions import PromptFormat
from attune_trainer.generation import Sampling, Written, write_answers
from attune_trainer.loop import computing
from attune_trainer.policy import Policy
from attune_trainer.questions import Question
from attune_trainer.reward_model import Triple
from attune_trainer.rollouts import Rollouts, read_through


@dataclass(frozen=True)
class Answering:
    """How a run asks its models."""

    format: PromptFormat
    sampling: Sampling
    max_prompt_length: int
    batch_size: int
    precision: str
    between: Callable[[], None] = lambda: None
    """Called between tokens and between batches: raises when the run is to stop."""

    def write(
        self, model: Policy, questions: Sequence[Question], draws: Tensor
    ) -> tuple[list[list[int]], list[Written]]:
        """Prompts as tokens and the answers to them."""
        prompts = [self.prompt(question) for question in questions]
        with computing(self.precision):
            written = write_answers(
                model, prompts, self.format.stops, self.sampling, draws, self.batch_size, self.between
            )
        return prompts, written

    def prompt(self, question: Question) -> list[int]:
        """A question's tokens; of a long one the end, behind the token that begins a sequence."""
        tokens = self.format.prompt(*question)
        over = len(tokens) - self.max_prompt_length
        if over <= 0:
            return tokens
        begins = tokens[:1] if tokens[0] == self.format.tokenizer.bos_token_id else []
        return begins + tokens[over + len(begins) :]

    def texts(self, prompts: Sequence[list[int]], written: Sequence[Written]) -> list[str]:
        """Answers as text, without special tokens."""
        return [self.format.text(answer.tokens, prompt) for prompt, answer in zip(prompts, written, strict=True)]

    def triples(self, questions: Sequence[Question], texts: Sequence[str]) -> list[Triple]:
        """What a reward model scores."""
        return [(context, query, text) for (query, context), text in zip(questions, texts, strict=True)]

    @torch.no_grad()
    def logprobs(self, model: Policy, rollouts: Rollouts) -> Tensor:
        """log p of the answers' tokens under a model, in nats; 0 behind an answer's end. (answers, longest)"""
        logprobs = torch.zeros_like(rollouts.mask)
        for rows in torch.arange(len(rollouts)).split(self.batch_size):
            self.between()
            part = rollouts.part(rows)
            with computing(self.precision):
                read = read_through(model, part).logprobs(part, self.sampling.temperature)
            logprobs[rows, : read.shape[1]] = read
        return logprobs
