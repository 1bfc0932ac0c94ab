"""Checkpoints: everything that a run needs to go on as if it had not been interrupted."""

import os
import random
import shutil
from pathlib import Path
from typing import Any

import numpy
import torch

from attune_trainer.distributed import leads
from attune_trainer.events import EventLog

KEPT = 2


class Checkpoints:
    """Numbered folders under one folder; each is complete or absent."""

    def __init__(self, folder: Path, events: EventLog):
        self.folder = folder
        self._events = events
        if not leads():
            return
        folder.mkdir(exist_ok=True)
        for half in folder.glob("*.half"):
            shutil.rmtree(half)

    def save(self, step: int, state: dict[str, Any]) -> None:
        """Writes a checkpoint, then removes all but the newest two. Random generators are kept with it.

        Only the leading process writes.
        """
        if not leads():
            return
        path = self.folder / f"step-{step:08d}"
        if path.exists():
            return
        half = path.with_suffix(".half")
        half.mkdir()
        try:
            with (half / "state.pt").open("wb") as file:
                torch.save({"step": step, "random": _random_state(), **state}, file)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            # On a full disk half a checkpoint is in the way.
            shutil.rmtree(half)
            raise
        half.rename(path)
        self._events.say("checkpoint", step=step, path=path.relative_to(self.folder.parent).as_posix())
        self._events.keep()
        for old in self._all()[:-KEPT]:
            shutil.rmtree(old)

    def newest(self) -> dict[str, Any] | None:
        """The newest checkpoint's state, its random generators set; None where there is none."""
        found = self._all()
        if not found:
            return None
        state = torch.load(found[-1] / "state.pt", map_location="cpu", weights_only=False)
        _set_random_state(state.pop("random"))
        return state

    def newest_step(self) -> int | None:
        """Step of the newest checkpoint."""
        found = self._all()
        return int(found[-1].name.removeprefix("step-")) if found else None

    def _all(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("step-*") if path.suffix != ".half")


def seed_everything(seed: int) -> None:
    """Sets the generators of Python, NumPy and torch."""
    random.seed(seed)
    numpy.random.seed(seed % 2**32)
    torch.manual_seed(seed)


def _random_state() -> dict[str, Any]:
    return {
        "python": random.getstate(),
        "numpy": numpy.random.get_state(),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
    }


def _set_random_state(state: dict[str, Any]) -> None:
    random.setstate(state["python"])
    numpy.random.set_state(state["numpy"])
    torch.set_rng_state(state["torch"])
    if state["cuda"] and torch.cuda.is_available():
        torch.cuda.set_rng_state_all(state["cuda"])
