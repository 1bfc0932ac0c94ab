"""One answer, told piece by piece while it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from transformers import DynamicCache

from attune_trainer.data.completions import PromptFormat
from attune_trainer.device import device
from attune_trainer.generation import Sampling, next_tokens
from attune_trainer.policy import Policy

HALF_A_LETTER = "\ufffd"


@dataclass(frozen=True)
class Piece:
    """New text; the last piece says why the answer ended and how many tokens it has."""

    text: str
    ended: Literal["stop", "length"] | None = None
    tokens: int = 0


def stream_answer(
    model: Policy,
    asked: PromptFormat,
    prompt: list[int],
    sampling: Sampling,
    stops: Sequence[str],
    seed: int,
) -> Iterator[Piece]:
    """Writes an answer behind a prompt's tokens, until the model ends it, a stop text appears, or tokens run out.

    A temperature of 0 takes the most probable token each time.
    """
    written: list[int] = []
    told = 0
    for token in _tokens(model, prompt, sampling, torch.Generator().manual_seed(seed)):
        if token in asked.stops:
            break
        written.append(token)
        text = asked.text(written, prompt)
        if (end := _first_stop(text, stops)) is not None:
            yield Piece(text[told:end], "stop", len(written))
            return
        safe = len(text) - _held_back(text, stops)
        if safe > told:
            yield Piece(text[told:safe])
            told = safe
    ended = "length" if len(written) == sampling.max_new_tokens else "stop"
    yield Piece(asked.text(written, prompt)[told:], ended, len(written))


def _tokens(model: Policy, prompt: list[int], sampling: Sampling, chance: torch.Generator) -> Iterator[int]:
    cache = DynamicCache(config=model.config)
    tokens = torch.tensor([prompt], device=device())
    for _ in range(sampling.max_new_tokens):
        token = _next(model, tokens, cache, sampling, chance)
        yield token
        tokens = torch.tensor([[token]], device=device())


@torch.no_grad()
def _next(model: Policy, tokens: Tensor, cache: DynamicCache, sampling: Sampling, chance: torch.Generator) -> int:
    logits = model(input_ids=tokens, past_key_values=cache, use_cache=True, logits_to_keep=1).logits[:, -1]
    if sampling.temperature == 0:
        return int(logits.argmax())
    drawn = torch.rand(1, generator=chance).to(logits.device)
    return int(next_tokens(logits, drawn, sampling)[0])


def _first_stop(text: str, stops: Sequence[str]) -> int | None:
    places = [text.find(stop) for stop in stops if stop in text]
    return min(places) if places else None


def _held_back(text: str, stops: Sequence[str]) -> int:
    """Letters at the end that may still change, or become the beginning of a stop text."""
    if text.endswith(HALF_A_LETTER):
        return len(text) - len(text.rstrip(HALF_A_LETTER))
    begun = [size for stop in stops for size in range(1, len(stop)) if text.endswith(stop[:size])]
    return max(begun, default=0)
