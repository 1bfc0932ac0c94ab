"""Several processes that learn together: each takes its part of a step's rows, and gradients are added up.

Sums of a step's losses are divided by the counts of the whole step, so that two processes take the same step as one.
The first process leads: it alone measures, tells, and writes into the run's folder, and what it finds holds for all.
Without a process group (`torch.distributed`) all of this does nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import torch
from torch import distributed

from attune_trainer.failures import Assisted

Row = TypeVar("Row")
Found = TypeVar("Found")


def rank() -> int:
    return distributed.get_rank() if distributed.is_initialized() else 0


def world_size() -> int:
    return distributed.get_world_size() if distributed.is_initialized() else 1


def leads() -> bool:
    """Whether this is the process that tells and writes."""
    return rank() == 0


def by_leader(work: Callable[[], Found]) -> Found:
    """What the leader finds, in every process; the others wait for it. Where it fails, they raise Assisted."""
    if world_size() == 1:
        return work()
    found: list[Any] = [False, None]
    try:
        if leads():
            found = [True, work()]
    finally:
        distributed.broadcast_object_list(found, src=0)
    if not found[0]:
        raise Assisted
    return found[1]


@torch.no_grad()
def take_leaders_weights(model: torch.nn.Module) -> None:
    """Gives every process the leader's weights and buffers, however each came by its own."""
    if world_size() == 1:
        return
    for tensor in (*model.parameters(), *model.buffers()):
        distributed.broadcast(tensor.data, src=0)


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
