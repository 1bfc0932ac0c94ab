"""Log-probabilities of answers under the frozen reference, asked for once and kept in the run's folder."""

import hashlib
import json
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from attune_trainer.answer_logprobs import answer_logprobs
from attune_trainer.data.completions import Completion, collate
from attune_trainer.distributed import by_leader
from attune_trainer.loop import computing
from attune_trainer.policy import Policy, adapter_off
from attune_trainer.run import Run

BATCH_TOKENS = 8192


def reference_logprobs(
    run: Run, model: Policy, completions: Sequence[Completion], padding: int, precision: str
) -> list[float]:
    """log π_ref of each answer, in nats. `model` is the reference itself, or has it under its adapter.

    Kept under a name made from the base model, the data set and every token, so that a resumed run reads what the
    first attempt asked for, and a changed data set or model is never answered from an old one.
    """
    return by_leader(lambda: _kept(run, model, completions, padding, precision))


def _kept(run: Run, model: Policy, completions: Sequence[Completion], padding: int, precision: str) -> list[float]:
    path = run.folder / "reference" / f"{_key(run.spec, completions, precision)}.safetensors"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        half = path.with_suffix(".half")
        save_file({"logprobs": _asked(run, model, completions, padding, precision)}, half)
        half.rename(path)
    return load_file(path)["logprobs"].tolist()


@torch.no_grad()
def _asked(run: Run, model: Policy, completions: Sequence[Completion], padding: int, precision: str) -> torch.Tensor:
    model.eval()
    found = torch.zeros(len(completions))
    done = 0
    with adapter_off(model), computing(precision):
        for places in _batches(completions):
            run.stop_if_asked(0)
            batch = collate([completions[place] for place in places], padding)
            found[places] = answer_logprobs(model, batch).sums().cpu()
            done += len(places)
            run.progress("asking the reference", done, len(completions), 0.02)
    return found


def _batches(completions: Sequence[Completion]) -> list[list[int]]:
    """Places of completions of like length together, a bounded number of tokens at a time."""
    batches: list[list[int]] = []
    # Longest first: memory runs out at the start or never.
    for place in sorted(range(len(completions)), key=lambda at: -len(completions[at].tokens)):
        if batches and (len(batches[-1]) + 1) * len(completions[batches[-1][0]].tokens) <= BATCH_TOKENS:
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches


def _key(spec: dict[str, Any], completions: Sequence[Completion], precision: str) -> str:
    base = Path(spec["base_model"])
    made = base.stat().st_mtime if base.is_dir() else None
    known = [spec["base_model"], spec["revision"], made, spec["data"]["sha256"], precision]
    key = hashlib.sha256(json.dumps(known).encode())
    for completion in completions:
        key.update(array("q", [len(completion.prompt), len(completion.answer), *completion.tokens]).tobytes())
    return key.hexdigest()
