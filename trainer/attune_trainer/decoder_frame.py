"""What stands around question and answer when a decoder reads them, so that a reader without templates makes its rows.

A chat template that only sets texts between fixed words is such a frame; one that does more (that looks into the texts,
or counts them) has none.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from transformers import PreTrainedTokenizerBase

from attune_trainer.data.reward_inputs import Answer, asked_text, asked_texts, decoder_ids
from attune_trainer.data.turns import as_messages

# Texts that a template would not contain: an earlier question and answer, the question and the answer.
MARKS = ["⟦attune first⟧", "⟦attune reply⟧", "⟦attune question⟧", "⟦attune answer⟧"]
# What tells frames apart: space around texts, and none at all.
PROBES = [
    Answer("", "Why is the sky blue?", "Because of Rayleigh scattering.\nShort waves scatter more."),
    Answer("user: hello\nassistant: hi", "  And at night? ", " It is dark. "),
    Answer("user: a\nassistant: b\nc\nuser: d\nassistant: e", "f", "g"),
    Answer("A shop in Linz.", "When is it open?", "From nine."),
    Answer("", "1 + 1 = ?", "Größe 大きい 🙂 — 2"),
    Answer("", "Say nothing.", ""),
]


@dataclass(frozen=True)
class Earlier:
    """What stands behind an earlier question, and behind the answer to it."""

    between: str
    behind: str


@dataclass(frozen=True)
class DecoderFrame:
    """before + (question + earlier.between + answer + earlier.behind)* + question + between + answer + behind."""

    before: str
    between: str
    behind: str
    earlier: Earlier | None
    """None where what was said before is part of the question's text"""
    trimmed: bool
    """Whether the texts lose the space around them"""
    special_tokens: bool
    """Whether the tokenizer adds its own around the whole text"""
    end: int
    """Token that a row ends with; put behind where the text's own last token is another"""

    def text(self, answer: Answer) -> str:
        asked = [asked_text(answer)] if self.earlier is None else asked_texts(answer)
        *before, question, said = [text.strip() if self.trimmed else text for text in [*asked, answer.response]]
        history = "".join(
            text + (self.earlier.between, self.earlier.behind)[at % 2] for at, text in enumerate(before) if self.earlier
        )
        return f"{self.before}{history}{question}{self.between}{said}{self.behind}"

    def ids(self, tokenizer: PreTrainedTokenizerBase, answer: Answer, max_length: int) -> list[int]:
        """The row of an answer, as a server's worker makes it from the frame."""
        ids = tokenizer(self.text(answer), add_special_tokens=self.special_tokens, verbose=False)["input_ids"]
        return [*ids, *([] if ids[-1:] == [self.end] else [self.end])][-max_length:]


def frame_of(tokenizer: PreTrainedTokenizerBase, answers: Sequence[Answer], max_length: int) -> DecoderFrame | None:
    """The frame that makes of these answers, and of some odd ones, the rows of training; None where there is none."""
    every = [*PROBES, *answers]
    rows = decoder_ids(tokenizer, every, max_length)
    for frame in _frames(tokenizer):
        if all(frame.ids(tokenizer, answer, max_length) == row for answer, row in zip(every, rows, strict=True)):
            return frame
    return None


def described_frame(
    tokenizer: PreTrainedTokenizerBase, answers: Sequence[Answer], max_length: int
) -> dict[str, Any] | None:
    """For a scoring file: the frame, and rows by which a reader sees whether its tokens are the same; None without."""
    frame = frame_of(tokenizer, answers, max_length)
    if frame is None:
        return None
    rows = decoder_ids(tokenizer, PROBES, max_length)
    probes = [{**answer._asdict(), "ids": row} for answer, row in zip(PROBES, rows, strict=True)]
    return {**asdict(frame), "probes": probes}


def _frames(tokenizer: PreTrainedTokenizerBase) -> list[DecoderFrame]:
    end = tokenizer.eos_token_id
    if not tokenizer.chat_template:
        return [DecoderFrame("", "", "", earlier=None, trimmed=False, special_tokens=True, end=end)]
    text = tokenizer.apply_chat_template(as_messages(MARKS), tokenize=False)
    parts = []
    for mark in MARKS:
        part, found, text = text.partition(mark)
        if not found:
            return []
        parts.append(part)
    before, earlier_between, earlier_behind, between = parts
    earlier = Earlier(earlier_between, earlier_behind)
    return [
        DecoderFrame(before, between, text, earlier, trimmed=trimmed, special_tokens=False, end=end)
        for trimmed in (False, True)
    ]
