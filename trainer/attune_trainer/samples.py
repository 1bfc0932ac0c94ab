"""Answers to held-out prompts, for people to look at beside those of the model that a run started from."""

from collections.abc import Sequence

import torch

from attune_trainer.data.completions import PromptFormat
from attune_trainer.device import device
from attune_trainer.questions import Question

PROMPTS = 4
NEW_TOKENS = 128


def prompt_of(question: Question) -> dict[str, str]:
    """A question as events of samples tell it: the context is left out where there is none."""
    query, context = question
    return {"prompt": query, **({"context": context} if context else {})}


@torch.no_grad()
def greedy_answers(model: torch.nn.Module, asked: PromptFormat, prompts: Sequence[list[int]], length: int) -> list[str]:
    """The most probable answer, token by token, to each prompt; at most `length` tokens with it."""
    model.eval()
    return [_greedy(model, asked, prompt, min(NEW_TOKENS, length - len(prompt))) for prompt in prompts]


def _greedy(model: torch.nn.Module, asked: PromptFormat, prompt: list[int], new_tokens: int) -> str:
    tokens = torch.tensor([prompt], device=device())
    written = model.generate(
        input_ids=tokens,
        attention_mask=torch.ones_like(tokens),
        do_sample=False,
        max_new_tokens=max(1, new_tokens),
        eos_token_id=asked.stops,
        pad_token_id=asked.tokenizer.pad_token_id,
    )
    return asked.text(written[0, len(prompt) :].tolist(), prompt)
