"""What texts show of themselves: how varied they are, how a reference finds them."""

import math
import re
from collections.abc import Sequence

from torch import Tensor

WORD = re.compile(r"\w+")


def distinct_n(texts: Sequence[str], n: int) -> float:
    """Distinct n-grams of words by all n-grams, over all texts together (Li et al. 2016, arXiv:1510.03055); 0 to 1.

    It falls with the amount of text: compare equal numbers of answers only. 1 where there is no n-gram.
    """
    grams = [gram for text in texts for gram in _grams(text, n)]
    return len(set(grams)) / len(grams) if grams else 1.0


def own_distinct_n(text: str, n: int) -> float:
    """Distinct n-grams of words by all n-grams within one text: low where it repeats itself."""
    return distinct_n([text], n)


def perplexity(logprobs: Tensor, mask: Tensor) -> float:
    """exp(−mean log-probability of a token), under whichever model gave the log-probabilities (answers, length)."""
    return math.exp(min(-(logprobs * mask).sum().item() / mask.sum().item(), 700.0))


def _grams(text: str, n: int) -> list[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]
