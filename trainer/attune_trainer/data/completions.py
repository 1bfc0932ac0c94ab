"""Prompts and answers as tokens: how a model is asked, where its answers end, and batches of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import GenerationConfig, PreTrainedTokenizerBase

from attune_trainer.data.turns import alternating_texts, as_messages, earlier_turns
from attune_trainer.device import device


@dataclass(frozen=True)
class Completion:
    """A prompt and an answer to it; the answer ends with the end token unless it was cut."""

    prompt: list[int]
    answer: list[int]
    cut: bool = False
    """Whether the answer lost its end to `max_length`."""

    @property
    def tokens(self) -> list[int]:
        return self.prompt + self.answer


class PromptFormat:
    """How one model reads a question and ends an answer.

    With a chat template: the turns before a question are turns, a context that is no conversation stands before the
    question in the user's message, and an answer ends as the template ends the assistant's turn. Without one context
    and question are a text, the answer follows with nothing in between, and ends with the first token at which the
    model stops generating (its tokenizer's end of sequence where it names none).
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase, generation: GenerationConfig | None = None):
        self.tokenizer = tokenizer
        named = generation.eos_token_id if generation is not None else None
        self.stops: list[int] = [named] if isinstance(named, int) else list(named or [tokenizer.eos_token_id])
        self.end: int = self._end_of_turn() if tokenizer.chat_template else self.stops[0]
        if self.end not in self.stops:
            self.stops.append(self.end)

    def prompt(self, query: str, context: str = "") -> list[int]:
        """The tokens after which an answer begins."""
        if self.tokenizer.chat_template:
            texts = alternating_texts(context, query) or [_plain(query, context)]
            return self._turns(as_messages(texts), add_generation_prompt=True)
        return self._text(_plain(query, context))

    def chat(self, messages: list[dict[str, str]]) -> list[int]:
        """The tokens after which the next answer of a chat begins: those of `prompt` for the same conversation.

        Without a template other texts, as a system message, stand before it.
        """
        if self.tokenizer.chat_template:
            return self._turns(messages, add_generation_prompt=True)
        asked = max((at for at, one in enumerate(messages) if one["role"] == "user"), default=len(messages) - 1)
        others = [one["content"] for one in messages[:asked] if one["role"] not in ("user", "assistant")]
        behind = [one["content"] for one in messages[asked + 1 :]]
        parts = [*others, earlier_turns(messages[:asked]), messages[asked]["content"], *behind]
        return self._text("\n\n".join(part for part in parts if part))

    def answer(self, query: str, answer: str, context: str = "") -> list[int]:
        """The answer's tokens behind the prompt's, and the end token.

        Text is cut into tokens together with its prompt, as the model would have written it, unless a token would
        reach over the border: then the prompt's tokens stay as they are when the model is asked.
        """
        if not self.tokenizer.chat_template:
            prompt = self.prompt(query, context)
            together = self._text(_plain(query, context) + answer)
            if together[: len(prompt)] == prompt:
                return [*together[len(prompt) :], self.end]
        return [*self.tokenizer(answer, add_special_tokens=False)["input_ids"], self.end]

    def text(self, tokens: Sequence[int], prompt: Sequence[int] = ()) -> str:
        """An answer's text, without special tokens. With its prompt's tokens, the space between them is kept."""
        before = self.tokenizer.decode(list(prompt), skip_special_tokens=True)
        return self.tokenizer.decode([*prompt, *tokens], skip_special_tokens=True)[len(before) :]

    def _text(self, text: str) -> list[int]:
        tokens = self.tokenizer(text)["input_ids"]
        # Some tokenizers end every text; here the answer is still to come.
        return tokens[:-1] if tokens and tokens[-1] == self.tokenizer.eos_token_id else tokens

    def _turns(self, messages: list[dict[str, str]], **options: bool) -> list[int]:
        return self.tokenizer.apply_chat_template(messages, return_dict=True, **options)["input_ids"]

    def _end_of_turn(self) -> int:
        """The first stop token, or else special token, that the template writes behind an assistant's answer."""
        mark = "answer"
        turns = self._turns([{"role": "user", "content": "question"}, {"role": "assistant", "content": mark}])
        special = {*self.stops, *self.tokenizer.all_special_ids}
        behind: list[int] = []
        while turns and mark not in self.tokenizer.decode(behind):
            behind.insert(0, turns.pop())
        return next((token for token in behind if token in special), self.tokenizer.eos_token_id)


def _plain(query: str, context: str) -> str:
    return f"{context}\n\n{query}" if context else query


def fitted(prompt: list[int], answers: Sequence[list[int]], max_length: int, first: int | None) -> list[Completion]:
    """Answers to one prompt, each at most max_length tokens with it.

    The prompt loses its beginning first (but never the token that begins a sequence, `first`), down to half of
    max_length; then an answer loses its end, and with it its end token, so that nothing teaches to stop midway. All
    answers keep the same prompt: their log-probabilities stay comparable.
    """
    longest = max(len(answer) for answer in answers)
    prompt = end_of_prompt(prompt, max(max_length - longest, max_length // 2), first)
    room = max_length - len(prompt)
    return [Completion(prompt, answer[:room], cut=len(answer) > room) for answer in answers]


def end_of_prompt(prompt: list[int], room: int, first: int | None) -> list[int]:
    """A prompt's last `room` tokens at most, still behind the token that begins a sequence where it had one."""
    if len(prompt) <= room:
        return prompt
    begins = prompt[:1] if prompt[0] == first else []
    return begins + prompt[len(prompt) - room + len(begins) :]


@dataclass(frozen=True)
class CompletionBatch:
    """Completions padded to one length."""

    tokens: Tensor
    """(batch, length)"""
    attention_mask: Tensor
    """1 at tokens, 0 at padding. (batch, length)"""
    answer_mask: Tensor
    """1 at the tokens of answers, never at the first. (batch, length)"""

    @property
    def answer_tokens(self) -> int:
        return int(self.answer_mask.sum())


def collate(completions: Sequence[Completion], padding: int, side: str = "right") -> CompletionBatch:
    """Completions as one batch on the device, padded on one side."""
    length = max(len(completion.tokens) for completion in completions)
    tokens = torch.full((len(completions), length), padding)
    attention_mask = torch.zeros_like(tokens)
    answer_mask = torch.zeros_like(tokens)
    for row, completion in enumerate(completions):
        size, asked = len(completion.tokens), len(completion.prompt)
        start = length - size if side == "left" else 0
        tokens[row, start : start + size] = torch.tensor(completion.tokens)
        attention_mask[row, start : start + size] = 1
        answer_mask[row, start + asked : start + size] = 1
    # Nothing stands before the first token that could tell its probability.
    answer_mask[:, 0] = 0
    return CompletionBatch(tokens.to(device()), attention_mask.to(device()), answer_mask.to(device()))
