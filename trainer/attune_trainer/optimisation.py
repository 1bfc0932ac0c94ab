"""AdamW with clipped gradients, linear warm-up and cosine decay (Loshchilov & Hutter 2017, arXiv:1711.05101)."""

import math
from collections.abc import Iterable
from typing import Any

import torch
from transformers import get_cosine_schedule_with_warmup

from attune_trainer.distributed import add_gradients
from attune_trainer.failures import RunFailure

Group = dict[str, Any]


def decayed_groups(
    named: Iterable[tuple[str, torch.nn.Parameter]], learning_rate: float, weight_decay: float
) -> list[Group]:
    """Two groups of trainable parameters: matrices with weight decay, biases and norms (one dimension) without."""
    trainable = [parameter for _, parameter in named if parameter.requires_grad]
    matrices = [parameter for parameter in trainable if parameter.ndim > 1]
    vectors = [parameter for parameter in trainable if parameter.ndim <= 1]
    groups = [
        {"params": matrices, "lr": learning_rate, "weight_decay": weight_decay},
        {"params": vectors, "lr": learning_rate, "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]


def warmup_steps(wanted: int, cap: float, total: int) -> int:
    """Steps of warm-up: as many as wanted, at most a share of the run."""
    return min(wanted, int(cap * total))


class Optimisation:
    """An optimiser with its schedule; one `step` a call."""

    def __init__(self, groups: list[Group], total_steps: int, settings: Any):
        """`settings` has warmup_steps, warmup_cap and max_grad_norm."""
        self._parameters = [parameter for group in groups for parameter in group["params"]]
        self._max_norm = settings.max_grad_norm
        self._optimiser = torch.optim.AdamW(groups)
        warmup = warmup_steps(settings.warmup_steps, settings.warmup_cap, total_steps)
        self._schedule = get_cosine_schedule_with_warmup(self._optimiser, warmup, total_steps)

    @property
    def learning_rate(self) -> float:
        """Of the first group, for the next step."""
        return self._schedule.get_last_lr()[0]

    def step(self) -> float:
        """Takes a step along the gradients that were added up, and clears them. Returns their norm before clipping.

        Raises RunFailure `not_finite` before anything is changed.
        """
        add_gradients(self._parameters)
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, self._max_norm).item()
        if not math.isfinite(norm):
            raise RunFailure(
                "not_finite",
                "The gradients are not finite numbers any more. Use a smaller learning_rate or precision fp32; "
                "the last checkpoint is from before.",
            )
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad(set_to_none=True)
        return norm

    def state_dict(self) -> dict[str, Any]:
        return {"optimiser": self._optimiser.state_dict(), "schedule": self._schedule.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
