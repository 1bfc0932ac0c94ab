"""Similarity and surface features of a question and its answer, computed from tokens and hidden states.

They are part of the network, so that whoever has the tokens has the features: the same in training, in ONNX, in a
server's worker. Similarities are cosines between hidden states of tokens (MaxSim: Khattab & Zaharia 2020,
arXiv:2004.12832); overlaps compare token ids, weighted by how rare a token is among training answers.
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

NAMES = (
    "cosine",
    "maxsim",
    "maxsim_lowest",
    "maxsim_opening",
    "on_topic",
    "log_length",
    "log_question_length",
    "distinct",
    "overlap",
    "overlap_rare",
    "overlap_rare_opening",
    "tfidf_cosine",
)
OPENING_TOKENS = 64
# Standard deviations at which a feature is cut off, so that a freak text cannot win by being unlike all others.
CUT_OFF = 4.0


class RewardFeatures(nn.Module):
    """Standardised features; what they are standardised by is learnt once, from training answers, before training."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.register_buffer("rarity", torch.ones(vocabulary))
        self.register_buffer("mean", torch.zeros(len(NAMES)))
        self.register_buffer("scale", torch.ones(len(NAMES)))

    def forward(self, input_ids: Tensor, hidden: Tensor, query: Tensor, response: Tensor, cosine: Tensor) -> Tensor:
        """(batch, features). ids and masks (batch, length), hidden (batch, length, width), cosine (batch)."""
        return self.standardised(self.raw(input_ids, hidden, query, response, cosine))

    def standardised(self, raw: Tensor) -> Tensor:
        """Raw features (batch, features) in standard deviations from the training answers' mean."""
        return ((raw - self.mean.to(raw.device)) * self.scale.to(raw.device)).clamp(-CUT_OFF, CUT_OFF)

    def raw(self, input_ids: Tensor, hidden: Tensor, query: Tensor, response: Tensor, cosine: Tensor) -> Tensor:
        """The same before standardising."""
        opening = response & (response.long().cumsum(-1) <= OPENING_TOKENS)
        units = normalize(hidden.float(), dim=-1)
        similar = units @ units.transpose(1, 2)
        nearest = _highest(similar, response)
        same = input_ids[:, :, None] == input_ids[:, None, :]
        found, found_early = _any(same, response), _any(same, opening)
        rare = self.rarity[input_ids]
        again = _any(same.tril(-1), response)
        # Σ over equal tokens of a text = Σ over its distinct tokens of count².
        own = _norm(same, response, rare)
        shared = (same & query[:, :, None] & response[:, None, :]).float().sum(-1)
        return torch.stack(
            [
                cosine.float(),
                _mean(nearest, query),
                nearest.masked_fill(~query, 1.0).min(-1).values,
                _mean(_highest(similar, opening), query),
                _mean(_highest(similar, query), opening),
                response.sum(-1).float().log1p(),
                query.sum(-1).float().log1p(),
                _mean(1 - again, response),
                _mean(found, query),
                _mean(found, query, rare),
                _mean(found_early, query, rare),
                (shared * rare**2).sum(-1) / (own * _norm(same, query, rare)).clamp(min=1e-6),
            ],
            dim=-1,
        )

    @torch.no_grad()
    def learn_rarity(self, rows: Sequence[list[int]]) -> None:
        """ln((1 + n) / (1 + rows with the token)) + 1 of each token."""
        holding = torch.zeros_like(self.rarity)
        for row in rows:
            holding[torch.tensor(sorted(set(row)), device=holding.device)] += 1
        self.rarity.copy_(math.log(1 + len(rows)) - (1 + holding).log() + 1)

    @torch.no_grad()
    def learn_scale(self, raw: Tensor) -> None:
        """Means and standard deviations of raw features (answers, features); one that never varies drops out."""
        spread = raw.std(0, correction=0)
        self.mean.copy_(raw.mean(0))
        self.scale.copy_(torch.where(spread > 1e-6, 1 / spread.clamp(min=1e-6), torch.zeros_like(spread)))


def _highest(similar: Tensor, mask: Tensor) -> Tensor:
    """Of each token the highest similarity to a masked one. (batch, length, length) and mask → (batch, length)"""
    return similar.masked_fill(~mask[:, None, :], -1.0).max(-1).values


def _any(same: Tensor, mask: Tensor) -> Tensor:
    """Whether each token equals a masked one, as 0 or 1."""
    return (same & mask[:, None, :]).any(-1).float()


def _mean(values: Tensor, mask: Tensor, weights: Tensor | None = None) -> Tensor:
    """Mean over masked tokens; 0 where there are none. (batch, length) → (batch)"""
    counted = mask.float() if weights is None else mask.float() * weights
    return (values * counted).sum(-1) / counted.sum(-1).clamp(min=1e-6)


def _norm(same: Tensor, mask: Tensor, rare: Tensor) -> Tensor:
    """Length of a text's TF-IDF vector. (batch)"""
    together = (same & mask[:, :, None] & mask[:, None, :]).float().sum(-1)
    return (together * rare**2).sum(-1).sqrt()
