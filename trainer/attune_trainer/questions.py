"""Which questions a round of policy training asks."""

import random
from collections.abc import Iterator, Sequence

# Query and context.
Question = tuple[str, str]


def questions_of_round(questions: Sequence[Question], round_: int, count: int, seed: int) -> list[Question]:
    """`count` questions for a round, counted from 0: each pass through all of them has an order of its own, drawn
    from the seed, so that a resumed run asks the same."""
    first = round_ * count
    asked = _endless(questions, seed, first // len(questions))
    for _ in range(first % len(questions)):
        next(asked)
    return [next(asked) for _ in range(count)]


def _endless(questions: Sequence[Question], seed: int, pass_: int) -> Iterator[Question]:
    while True:
        order = list(questions)
        random.Random(f"{seed}/questions/{pass_}").shuffle(order)
        yield from order
        pass_ += 1
