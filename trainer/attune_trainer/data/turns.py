"""What was said before a question, as data sets have it: lines of `user: …` and `assistant: …`, read back into turns.

The server writes them (`earlierTurns` in packages/core); a line within a turn that looks like another turn is set off
by a space there.
"""

import re
from collections.abc import Sequence

LABELLED = re.compile(r"(?:user|assistant): ")
BETWEEN_TURNS = re.compile(r"\n(?=(?:user|assistant): )")
SET_OFF = re.compile(r"\n (?= *(?:user|assistant): )")
TO_SET_OFF = re.compile(r"\n(?= *(?:user|assistant): )")


def alternating_texts(context: str, query: str) -> list[str] | None:
    """What was said up to a question, as texts of user and assistant by turns: the user's first, the question last.

    An answer whose question was cut off is left out; texts of one side in a row are one. None for a context that is
    no conversation.
    """
    if not LABELLED.match(context):
        return None if context else [query]
    found: list[tuple[str, str]] = []
    for role, text in [*_turns(context), ("user", query)]:
        if found and found[-1][0] == role:
            found[-1] = role, f"{found[-1][1]}\n\n{text}"
        elif found or role == "user":
            found.append((role, text))
    return [text for _, text in found]


def as_messages(texts: Sequence[str]) -> list[dict[str, str]]:
    """Texts by turns, the user's first, as a chat template reads them."""
    return [{"role": ("user", "assistant")[at % 2], "content": text} for at, text in enumerate(texts)]


def earlier_turns(messages: Sequence[dict[str, str]]) -> str:
    """Turns of user and assistant as one text, as data sets have them; nothing is cut off here."""
    spoken = [(message["role"], message["content"].strip()) for message in messages]
    return "\n".join(
        f"{role}: {TO_SET_OFF.sub(chr(10) + ' ', text)}"
        for role, text in spoken
        if role in ("user", "assistant") and text
    )


def _turns(context: str) -> list[tuple[str, str]]:
    turns = []
    for line in BETWEEN_TURNS.split(context):
        role = "user" if line.startswith("user: ") else "assistant"
        turns.append((role, SET_OFF.sub("\n", line[len(role) + 2 :])))
    return turns
