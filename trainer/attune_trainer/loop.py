"""The loop that reward models, SFT and DPO share: steps, evaluations, checkpoints, early stopping."""

import math
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import torch

from attune_trainer.device import device
from attune_trainer.distributed import by_leader, leads, own_part, summed, take_leaders_weights
from attune_trainer.failures import Assisted, RunFailure, Stopped
from attune_trainer.optimisation import Group, Optimisation
from attune_trainer.run import Run

Row = TypeVar("Row")
Batch = TypeVar("Batch")


class Task(Protocol, Generic[Row, Batch]):
    """What one recipe puts into the loop."""

    def collate(self, rows: Sequence[Row]) -> Batch:
        """Rows as tensors on the device."""

    def counts(self, batch: Batch) -> dict[str, float]:
        """What the losses of a batch are divided by: rows, pairs, tokens."""

    def loss(self, batch: Batch, totals: dict[str, float]) -> tuple[torch.Tensor, dict[str, float]]:
        """The batch's part of a step's loss, and measurements likewise.

        `totals` are the counts of the whole step: the parts of a step's batches add up to its loss, so that
        accumulated gradients are those of the larger batch.
        """

    def evaluate(self) -> dict[str, float]:
        """Measurements on validation rows; `score` is what the best checkpoint has most of."""


@dataclass(frozen=True)
class Plan:
    """How long a loop goes on. `patience` 0 never stops early."""

    epochs: float
    batch_size: int
    accumulation: int
    seed: int
    checkpoint_every: int
    patience: int
    evaluations: int
    precision: str

    @classmethod
    def of(cls, settings: Any, evaluations: int) -> "Plan":
        """The plan that a recipe's settings name, with that many evaluations in each epoch."""
        return cls(
            epochs=settings.epochs,
            batch_size=settings.batch_size,
            accumulation=settings.accumulation,
            seed=settings.seed,
            checkpoint_every=settings.checkpoint_every,
            patience=settings.patience,
            evaluations=evaluations,
            precision=settings.precision,
        )

    def steps(self, rows: int) -> int:
        """Optimiser steps in all; the last batch of an epoch may be smaller."""
        return max(1, math.ceil(self.epochs * self.steps_per_epoch(rows)))

    def steps_per_epoch(self, rows: int) -> int:
        return max(1, math.ceil(rows / (self.batch_size * self.accumulation)))


@dataclass
class Best:
    """The best evaluation so far, with the trainable weights of that moment, and what was measured before training."""

    step: int
    metrics: dict[str, float]
    weights: dict[str, torch.Tensor]
    before: dict[str, float]
    worse_since: int = 0


def optimise(
    run: Run,
    model: torch.nn.Module,
    rows: Sequence[Row],
    task: Task[Row, Batch],
    groups: Callable[[], list[Group]],
    settings: Any,
    plan: Plan,
) -> Best:
    """Trains to the end of the plan, or until validation stops getting better; leaves the best weights in the model.

    Raises Stopped when the run is told to stop (after a checkpoint), RunFailure `not_finite` when a loss is none, and
    Assisted in processes that only help with the steps.
    """
    take_leaders_weights(model)
    total = plan.steps(len(rows))
    optimisation = Optimisation(groups(), total, settings)
    step, best = 0, None
    if (state := run.checkpoints.newest()) is not None:
        step, best = state["step"], state["best"]
        load_trainable(model, state["weights"])
        optimisation.load_state_dict(state["optimisation"])
    if best is None:
        before = _evaluated(run, model, task, step)
        best = Best(step, before, trainable(model), before)
    every = max(1, plan.steps_per_epoch(len(rows)) // plan.evaluations)
    model.train()
    while step < total and not _given_up(best, plan):
        metrics = _step(model, task, _rows_of_step(rows, step, plan), optimisation, plan)
        step += 1
        run.events.metrics(step, metrics)
        run.progress("training", step, total, 0.02 + 0.9 * step / total)
        if step % every == 0 or step == total:
            best = _compared(best, step, _evaluated(run, model, task, step), model)
            model.train()
        stopping = by_leader(lambda: run.stopping)
        if step % plan.checkpoint_every == 0 or stopping:
            _save(run, step, model, optimisation, best)
        if stopping:
            raise Stopped(step)
    if not leads():
        raise Assisted
    load_trainable(model, best.weights)
    model.eval()
    run.log(f"best validation score {best.metrics['score']:.4f} at step {best.step} of {step}")
    return best


def trainable(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """A copy of the weights that are trained, on the CPU."""
    return {
        name: parameter.detach().cpu().clone()
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }


def load_trainable(model: torch.nn.Module, weights: dict[str, torch.Tensor]) -> None:
    """Sets the weights that are trained."""
    own = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in weights.items():
            own[name].copy_(value)


def computing(precision: str) -> Any:
    """The context in which a model computes in the wanted precision."""
    return torch.autocast(device().type, torch.bfloat16) if precision == "bf16" else nullcontext()


def _rows_of_step(rows: Sequence[Row], step: int, plan: Plan) -> list[Row]:
    """The rows of a step: each epoch has an order of its own, drawn from the seed, which a resumed run sees too."""
    size = plan.batch_size * plan.accumulation
    epoch, position = divmod(step, plan.steps_per_epoch(len(rows)))
    generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + epoch)
    order = torch.randperm(len(rows), generator=generator).tolist()
    return [rows[index] for index in order[position * size : (position + 1) * size]]


def _step(
    model: torch.nn.Module, task: Task[Row, Batch], rows: list[Row], optimisation: Optimisation, plan: Plan
) -> dict[str, float]:
    own = own_part(rows)
    size = plan.batch_size
    batches = [task.collate(own[at : at + size]) for at in range(0, len(own), size)]
    totals: dict[str, float] = {}
    for batch in batches:
        for name, count in task.counts(batch).items():
            totals[name] = totals.get(name, 0.0) + count
    totals = summed(totals)
    measured: dict[str, float] = {"loss": 0.0}
    for batch in batches:
        with computing(plan.precision):
            loss, metrics = task.loss(batch, totals)
        measured["loss"] += loss.item()
        if not math.isfinite(measured["loss"]):
            break
        loss.backward()
        for name, value in metrics.items():
            measured[name] = measured.get(name, 0.0) + value
    measured = summed(measured)
    # Asked of the sum, so that every process ends, whichever had the rows.
    if not math.isfinite(measured["loss"]):
        raise RunFailure(
            "not_finite",
            "The loss is not a finite number any more. Use a smaller learning_rate or precision fp32, and look "
            "for rows without text; the last checkpoint is from before.",
        )
    rate = optimisation.learning_rate
    return {**measured, "gradient_norm": optimisation.step(), "learning_rate": rate}


@torch.no_grad()
def _evaluated(run: Run, model: torch.nn.Module, task: Task[Row, Batch], step: int) -> dict[str, float]:
    model.eval()
    metrics = by_leader(task.evaluate)
    run.events.metrics(step, {f"validation_{name}": value for name, value in metrics.items()})
    return metrics


def _compared(best: Best, step: int, metrics: dict[str, float], model: torch.nn.Module) -> Best:
    if metrics["score"] > best.metrics["score"]:
        return Best(step, metrics, trainable(model), best.before)
    best.worse_since += 1
    return best


def _given_up(best: Best, plan: Plan) -> bool:
    return plan.patience > 0 and best.worse_since >= plan.patience


def _save(run: Run, step: int, model: torch.nn.Module, optimisation: Optimisation, best: Best) -> None:
    state = {"weights": trainable(model), "optimisation": optimisation.state_dict(), "best": best}
    run.checkpoints.save(step, state)
