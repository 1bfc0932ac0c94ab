"""Two processes that share a step's rows take the same steps as one."""

from pathlib import Path

import pytest
import torch
from conftest import read_events, write_run
from story_rows import STORY_MODEL, pairs, training_metrics
from torch import distributed, multiprocessing

from attune_trainer.__main__ import run_folder

LOSSES = ("sigmoid", "kto")


def one_of_two(rank: int, folder: Path) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2)
    for loss in LOSSES:
        run_folder(folder / f"{loss}-{rank}")
    distributed.destroy_process_group()


def test_two_processes_take_the_steps_of_one(tmp_path: Path) -> None:
    # The last step of an epoch has one pair: nothing is left for the second process.
    rows = pairs(train=9, validation=2)
    for loss in LOSSES:
        settings = {"batch_size": 4, "epochs": 1, "max_length": 32, "learning_rate": 1e-3, "loss": loss}
        for who in ("0", "1", "alone"):
            write_run(tmp_path / f"{loss}-{who}", "dpo", STORY_MODEL, rows, settings)
        run_folder(tmp_path / f"{loss}-alone")
    multiprocessing.spawn(one_of_two, (tmp_path,), nprocs=2)
    for loss in LOSSES:
        alone = training_metrics(read_events(tmp_path / f"{loss}-alone"))
        for rank in (0, 1):
            together = training_metrics(read_events(tmp_path / f"{loss}-{rank}"))
            assert len(together) == len(alone)
            for own, other in zip(together, alone, strict=True):
                assert own == pytest.approx(other, rel=1e-3, abs=1e-4)
