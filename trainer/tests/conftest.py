"""What tests share: runs in folders of their own, and the little story model where it lies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from attune_trainer.__main__ import run_folder
from attune_trainer.protocol import PROTOCOL


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def run_recipe(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Runs a recipe on rows in a folder of its own, through the public door, and returns its events."""

    def run(
        recipe: str,
        base_model: str | Path,
        rows: list[dict[str, Any]],
        hyperparameters: dict[str, Any],
        folder: str = "run",
    ) -> list[dict[str, Any]]:
        place = tmp_path / folder
        write_run(place, recipe, base_model, rows, hyperparameters)
        run_folder(place)
        return read_events(place)

    return run


def write_run(
    folder: Path, recipe: str, base_model: str | Path, rows: list[dict[str, Any]], hyperparameters: dict[str, Any]
) -> None:
    """Leaves a run's spec and data in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "data.jsonl").write_text(data, "utf-8")
    spec = {
        "protocol": PROTOCOL,
        "run_id": folder.name,
        "recipe": recipe,
        "base_model": str(base_model),
        "data": {"name": "test", "path": "data.jsonl"},
        "hyperparameters": hyperparameters,
    }
    (folder / "spec.json").write_text(json.dumps(spec), "utf-8")


def read_events(folder: Path) -> list[dict[str, Any]]:
    """The events of a run."""
    return [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
