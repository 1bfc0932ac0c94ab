"""Two processes that share a step's rows take the same steps as one, and one of them tells."""

from pathlib import Path

import pytest
import torch
from conftest import read_events, write_run
from private_network import python_inside, ray_missing
from story_rows import STORY_MODEL, of_type, pairs, ratings, training_metrics
from tiny_encoder import tiny_encoder
from torch import distributed, multiprocessing

from attune_trainer.__main__ import run_folder, run_in_workers
from attune_trainer.events import EventLog
from attune_trainer.run import STOP_FILE

TRAINER = Path(__file__).parent.parent
COMMON = {"batch_size": 4, "epochs": 1, "max_length": 32, "learning_rate": 1e-3, "checkpoint_every": 2}


def write_runs(folder: Path, name: str) -> list[Path]:
    """One spec for a process alone and for two together. The last step of an epoch has one row for two processes."""
    places = [folder / f"{name}-{who}" for who in ("alone", "together")]
    for place in places:
        if name == "reward":
            settings = {**COMMON, "dropout": 0.0, "onnx": "none"}
            write_run(place, "reward", tiny_encoder(folder / "base"), ratings(train=9, validation=4), settings)
        else:
            write_run(place, "dpo", STORY_MODEL, pairs(train=9, validation=2), {**COMMON, "loss": name})
    return places


def one_of_two(rank: int, folder: Path, places: list[Path]) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2)
    for place in places:
        run_folder(place)
    distributed.destroy_process_group()


def assert_same_run(alone: Path, together: Path) -> None:
    """The same measurements at every step, told once, with the same weights at the end as far as sums allow."""
    one, two = read_events(alone), read_events(together)
    assert two[-1]["type"] == "done", two[-1]
    assert [event["sequence"] for event in two] == list(range(1, len(two) + 1))
    for kind in ("started", "checkpoint", "artifact", "done"):
        assert len(of_type(two, kind)) == len(of_type(one, kind)), kind
    steps = zip(training_metrics(two), training_metrics(one), strict=True)
    for own, other in steps:
        assert own == pytest.approx(other, rel=1e-3, abs=1e-4)
    validated = [
        [event["values"] for event in of_type(run, "metrics") if "loss" not in event["values"]] for run in (one, two)
    ]
    for own, other in zip(*validated, strict=True):
        assert own == pytest.approx(other, rel=1e-3, abs=1e-3)


def test_two_processes_take_the_steps_of_one(tmp_path: Path) -> None:
    runs = [write_runs(tmp_path, name) for name in ("reward", "sigmoid", "kto")]
    for alone, _ in runs:
        run_folder(alone)
    multiprocessing.spawn(one_of_two, (tmp_path, [together for _, together in runs]), nprocs=2)
    for alone, together in runs:
        assert_same_run(alone, together)


def stopped_then_resumed(rank: int, folder: Path, place: Path) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2)
    stop = place / STOP_FILE
    if rank == 0:
        tell = EventLog.metrics

        def stop_at_two(log: EventLog, step: int, values: dict[str, float]) -> None:
            tell(log, step, values)
            if step == 2 and "learning_rate" in values and not of_type(read_events(place), "stopped"):
                stop.touch()

        EventLog.metrics = stop_at_two
    run_folder(place)
    distributed.barrier()
    if rank == 0:
        stop.unlink()
    distributed.barrier()
    run_folder(place)
    distributed.destroy_process_group()


def test_two_processes_stop_together_and_go_on_as_if_nothing_had_been(tmp_path: Path) -> None:
    alone, together = write_runs(tmp_path, "sigmoid")
    run_folder(alone)
    multiprocessing.spawn(stopped_then_resumed, (tmp_path, together), nprocs=2)
    events = read_events(together)
    assert [event["type"] for event in events if event["type"] in ("stopped", "done")] == ["stopped", "done"]
    assert [event["resumed_from"] for event in of_type(events, "started")] == [None, 2]
    told, once = ([values["loss"] for values in training_metrics(run)] for run in (events, read_events(alone)))
    assert told == pytest.approx(once, rel=1e-3)


@pytest.mark.skipif(bool(ray_missing()), reason=ray_missing())
def test_two_workers_of_ray_train_take_the_steps_of_one(tmp_path: Path) -> None:
    for name in ("reward", "sigmoid"):
        alone, together = write_runs(tmp_path, name)
        run_folder(alone)
        ran = python_inside("-m", "attune_trainer", "run", str(together), "--workers", "2", cwd=TRAINER)
        assert ran.returncode == 0, ran.stderr[-3000:]
        assert_same_run(alone, together)


def test_a_recipe_that_works_alone_says_so(tmp_path: Path) -> None:
    write_run(tmp_path, "sft", STORY_MODEL, ratings(), {})
    spec = tmp_path / "spec.json"
    spec.write_text(spec.read_text("utf-8").replace('"sft"', '"ppo"'), "utf-8")
    run_in_workers(tmp_path, 2, 0)
    last = read_events(tmp_path)[-1]
    assert (last["type"], last["code"]) == ("failed", "invalid_spec")
