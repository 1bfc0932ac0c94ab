"""Several processes that learn together: each takes its part of a step's rows, and gradients are added up.

Sums of a step's losses are divided by the counts of the whole step, so that two processes take the same step as one.
Without a process group (`torch.distributed`) all of this does nothing.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import torch
from torch import distributed

Row = TypeVar("Row")


def rank() -> int:
    return distributed.get_rank() if distributed.is_initialized() else 0


def world_size() -> int:
    return distributed.get_world_size() if distributed.is_initialized() else 1


def own_part(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of this process: every world_size-th one."""
    return rows[rank() :: world_size()]


def summed(counts: dict[str, float]) -> dict[str, float]:
    """Counts added up over all processes; one that has no rows of a step may lack names."""
    if world_size() == 1:
        return counts
    parts: list[dict[str, float]] = [{}] * world_size()
    distributed.all_gather_object(parts, counts)
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: sum(part.get(name, 0.0) for part in parts) for name in names}


def add_gradients(parameters: Iterable[torch.nn.Parameter]) -> None:
    """Adds the gradients of all processes up; a parameter without one in this process counts as zero."""
    if world_size() == 1:
        return
    for parameter in parameters:
        if parameter.requires_grad:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            distributed.all_reduce(parameter.grad)
