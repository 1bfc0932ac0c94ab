"""What a reward model reads: a context, a question and an answer as one row of token ids.

A cross-encoder reads `[CLS] context [SEP] query [SEP] response [SEP]` (without a context `[CLS] query [SEP] response
[SEP]`), whose parts are tokenised each for itself. A decoder reads the tokenizer's chat template, with the turns before
the question as turns, or without one context, question and answer one after the other; and an end-of-sequence token.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from attune_trainer.data.turns import alternating_texts, as_messages

# Of the room, what a question may keep however long the answer is.
QUERY_SHARE = 0.25


class Answer(NamedTuple):
    """What is scored."""

    context: str
    query: str
    response: str


def cross_encoder_ids(
    tokenizer: PreTrainedTokenizerBase, answers: Sequence[Answer], max_length: int
) -> list[list[int]]:
    """Token ids of each answer, at most max_length. Special tokens written out in a text are left out of it."""
    if not answers:
        return []
    special = set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}
    texts = [text for answer in answers for text in answer]
    found = tokenizer(texts, add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
    pieces = [[token for token in ids if token not in special] for ids in found]
    rows = []
    for at in range(0, len(pieces), 3):
        room = max_length - 3 - bool(pieces[at])
        context, query, response = fitted(*pieces[at : at + 3], room)
        row = [tokenizer.cls_token_id]
        if context:
            row += [*context, tokenizer.sep_token_id]
        rows.append([*row, *query, tokenizer.sep_token_id, *response, tokenizer.sep_token_id])
    return rows


def decoder_ids(tokenizer: PreTrainedTokenizerBase, answers: Sequence[Answer], max_length: int) -> list[list[int]]:
    """Token ids of each answer, at most max_length: of what is longer the end stays, so the context goes first."""
    rows = []
    for answer in answers:
        if tokenizer.chat_template:
            turns = as_messages([*asked_texts(answer), answer.response])
            ids = tokenizer.apply_chat_template(turns, tokenize=True, return_dict=False)
        else:
            ids = tokenizer(asked_text(answer) + answer.response, verbose=False)["input_ids"]
        if ids[-1:] != [tokenizer.eos_token_id]:
            ids = [*ids, tokenizer.eos_token_id]
        rows.append(ids[-max_length:])
    return rows


def asked_texts(answer: Answer) -> list[str]:
    """The turns up to the question by turns, the user's first; a context that is no conversation stands before it."""
    return alternating_texts(answer.context, answer.query) or [asked_text(answer)]


def asked_text(answer: Answer) -> str:
    """Context and question as one text."""
    return "\n\n".join(part for part in (answer.context, answer.query) if part)


def fitted(context: list[int], query: list[int], response: list[int], room: int) -> tuple[list[int], ...]:
    """The three parts cut to `room` tokens in all.

    The context goes first, from its beginning; then the question, from its beginning, down to a quarter of the room;
    then the answer's middle, so that its end is never lost.
    """
    response = without_middle(response, room - min(len(query), int(QUERY_SHARE * room)))
    query = _end(query, room - len(response))
    context = _end(context, room - len(response) - len(query))
    return context, query, response


def without_middle(ids: list[int], room: int) -> list[int]:
    """The first and the last tokens where all would not fit."""
    if len(ids) <= room:
        return ids
    head = room // 2
    return ids[:head] + _end(ids, room - head)


def padded(rows: Sequence[list[int]], padding: int, device: torch.device) -> dict[str, Tensor]:
    """Rows as `input_ids` and `attention_mask`, padded on the right. Both (batch, longest row), int64."""
    longest = max(map(len, rows))
    return {
        "input_ids": torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows], device=device),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows], device=device),
    }


def _end(ids: list[int], room: int) -> list[int]:
    return ids[len(ids) - room :] if room < len(ids) else ids
