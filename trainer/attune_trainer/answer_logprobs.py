"""Log-probabilities of answers under a model."""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.utils.checkpoint import checkpoint

from attune_trainer.data.completions import CompletionBatch
from attune_trainer.logprobs import position_ids
from attune_trainer.policy import Policy, without_adapter_wrapper

# Logits that are held at once: 64 MB of fp32. A wider table is made in parts, and again for its gradients.
LOGITS_AT_ONCE = 2**24

Head = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class AnswerLogprobs:
    """What a model gives the tokens of a batch's answers; zero at every other token. Shapes (batch, length)."""

    tokens: Tensor
    """log p of each answer token, in nats."""
    mask: Tensor
    """1 at answer tokens."""
    right: Tensor
    """1 at answer tokens that the model holds most probable."""

    def sums(self) -> Tensor:
        """log p of each answer, in nats. (batch,)"""
        return self.tokens.sum(-1)

    def means(self) -> Tensor:
        """log p by token of each answer. (batch,)"""
        return self.tokens.sum(-1) / self.lengths()

    def lengths(self) -> Tensor:
        """Tokens of each answer. (batch,)"""
        return self.mask.sum(-1)


def answer_logprobs(model: Policy, batch: CompletionBatch) -> AnswerLogprobs:
    """Asks the model for the log-probabilities of the answers' tokens.

    Logits are made for answer tokens only, and a part at a time where the vocabulary is wide: they would take most of
    the memory, and prompts and padding need none.
    """
    causal = without_adapter_wrapper(model)
    inputs = {
        "input_ids": batch.tokens,
        "attention_mask": batch.attention_mask,
        "position_ids": position_ids(batch.attention_mask),
        "use_cache": False,
    }
    # The state behind a token gives the distribution of the next.
    places = batch.answer_mask.roll(-1, dims=-1).bool()
    wanted = batch.tokens[batch.answer_mask.bool()]
    if _head_is_linear(causal):
        head = causal.get_output_embeddings()
        states = causal.get_decoder()(**inputs).last_hidden_state[places]
        logprobs, right = _logprobs(head, states, wanted)
    else:
        logprobs, right = _from_logits(causal(**inputs).logits[places], wanted)
    mask = batch.answer_mask
    return AnswerLogprobs(
        torch.zeros(mask.shape, device=mask.device).masked_scatter(mask.bool(), logprobs),
        mask,
        torch.zeros_like(mask).masked_scatter(mask.bool(), right.to(mask.dtype)),
    )


def _logprobs(head: torch.nn.Module, states: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    rows = max(1, LOGITS_AT_ONCE // head.weight.shape[0])
    if len(states) <= rows:
        return _from_logits(head(states), wanted)
    parts = zip(states.split(rows), wanted.split(rows), strict=True)
    found = [
        checkpoint(lambda state, token: _from_logits(head(state), token), state, token, use_reentrant=False)
        for state, token in parts
    ]
    logprobs, right = zip(*found, strict=True)
    return torch.cat(logprobs), torch.cat(right)


def _from_logits(logits: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """(tokens, vocabulary) → log p of each wanted token, and whether it is the most probable. (tokens,)"""
    return -cross_entropy(logits.float(), wanted, reduction="none"), logits.detach().argmax(-1) == wanted


_known: WeakKeyDictionary[torch.nn.Module, bool] = WeakKeyDictionary()


def _head_is_linear(causal: torch.nn.Module) -> bool:
    """Whether a model's logits are its decoder's states times one matrix; some scale or squash them besides.

    Asked of the model itself, once: with two tokens, both ways.
    """
    if causal not in _known:
        tokens = torch.tensor([[0, 1]], device=causal.device)
        with torch.no_grad():
            states = causal.get_decoder()(input_ids=tokens, use_cache=False).last_hidden_state
            logits = causal(input_ids=tokens, use_cache=False).logits
            _known[causal] = torch.allclose(causal.get_output_embeddings()(states), logits, rtol=1e-4, atol=1e-5)
    return _known[causal]
