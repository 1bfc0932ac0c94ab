"""How a run's process ends when it is told to, or cannot go on: in time, in words, with its last checkpoint."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import read_events, write_run
from score_server import ScoreServer, score_server
from story_rows import STORY_MODEL, of_type, pairs, ratings

from attune_trainer.__main__ import run_folder
from attune_trainer.events import last_event
from attune_trainer.recipes import sft
from attune_trainer.run import Run

PACKAGE = Path(__file__).parents[1]
# Events of a run whose end a test waits for; a run that hangs fails the test by this.
PATIENCE = 300.0


@pytest.fixture
def start() -> Iterator[Callable[[Path], subprocess.Popen[bytes]]]:
    """Starts the trainer on a folder, as the server does; what is left of it ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(folder: Path) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "attune_trainer", "run", str(folder)]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for(folder: Path, wanted: Callable[[dict[str, Any]], bool], process: subprocess.Popen[bytes]) -> None:
    """Waits until the run's last event is a wanted one."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the run ended too early"
        with suppress(ValueError):
            last = last_event(folder / "events.jsonl")
            if last is not None and wanted(last):
                return
        time.sleep(0.05)
    raise AssertionError("the run never came so far")


def told_to_stop(process: subprocess.Popen[bytes]) -> int:
    """Its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)


def test_a_run_that_is_stuck_in_its_set_up_ends_all_the_same(
    tmp_path: Path, start: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    write_run(tmp_path / "run", "sft", STORY_MODEL, ratings(), {})
    data = tmp_path / "run" / "data.jsonl"
    data.unlink()
    # Opening it waits for somebody who writes, as reading from a disk that does not answer would.
    os.mkfifo(data)
    process = start(tmp_path / "run")
    wait_for(tmp_path / "run", lambda event: event["type"] in ("progress", "resources"), process)
    assert told_to_stop(process) == 3
    assert read_events(tmp_path / "run")[-1]["type"] == "stopped"


def ends_with(folder: Path, report: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The events of a run whose recipe comes to its end with this report."""

    def train(run: Run) -> dict[str, Any]:
        run.write_report(report)
        return report

    monkeypatch.setattr(sft, "train", train)
    write_run(folder, "sft", STORY_MODEL, ratings(), {})
    run_folder(folder)
    return read_events(folder)


def test_a_report_with_numbers_that_are_none_is_told_with_null(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = {"value": 0.5, "ci": (0.1, float("nan"))}
    events = ends_with(tmp_path / "run", {"errors": [estimate], "best": float("-inf")}, monkeypatch)
    told = {"errors": [{"value": 0.5, "ci": [0.1, None]}], "best": None}
    assert [events[-1]["type"], events[-1]["report"]] == ["done", told]
    assert json.loads((tmp_path / "run/artifacts/report.json").read_text("utf-8")) == told


def test_a_last_word_that_cannot_be_said_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def train(run: Run) -> dict[str, Any]:
        return {"model": run}

    monkeypatch.setattr(sft, "train", train)
    write_run(tmp_path / "run", "sft", STORY_MODEL, ratings(), {})
    assert run_folder(tmp_path / "run") == 1
    ends = [event for event in read_events(tmp_path / "run") if event["type"] in ("done", "failed", "stopped")]
    assert [(end["type"], end["code"]) for end in ends] == [("failed", "internal")]


ROUND: dict[str, Any] = {
    "rounds": 2,
    "rollouts": 16,
    "minibatch_size": 2,
    "inner_epochs": 4,
    "max_new_tokens": 12,
    "evaluate_every": 100,
    "sample_every": 100,
    "checkpoint_every": 100,
    "kl_limit": 1000,
    "warmup_steps": 0,
}


def answered(server: ScoreServer) -> int:
    return sum(len(request["responses"]) for request in server.requests)


def stop_at(server: ScoreServer, answers: int, process: subprocess.Popen[bytes]) -> int:
    """Tells a run to stop when so many answers were scored; its exit code."""
    until = time.monotonic() + PATIENCE
    while answered(server) < answers:
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    return told_to_stop(process)


def test_ppo_hears_a_cancel_within_a_round_and_goes_on_as_if_it_had_not(
    tmp_path: Path, start: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    with score_server(lambda _, text: text.count("e") / max(1, len(text))) as server:
        settings = {**ROUND, "reward": {"kind": "http", "url": server.url}}
        for name in ("whole", "parts"):
            write_run(tmp_path / name, "ppo", STORY_MODEL, pairs(12, 4), settings)
        assert start(tmp_path / "whole").wait(PATIENCE) == 0
        server.requests.clear()
        # The first evaluation is over and the first round's answers are scored: 32 minibatches wait.
        assert stop_at(server, 2 * ROUND["rollouts"], start(tmp_path / "parts")) == 3
        stopped = read_events(tmp_path / "parts")
        assert (stopped[-1]["type"], rounds(stopped)) == ("stopped", [])
        assert of_type(stopped, "checkpoint") != []
        assert start(tmp_path / "parts").wait(PATIENCE) == 0
    whole, parts = (read_events(tmp_path / name) for name in ("whole", "parts"))
    assert rounds(parts) == rounds(whole)
    assert parts[-1]["report"] == whole[-1]["report"]


def rounds(events: list[dict[str, Any]]) -> list[dict[str, float]]:
    """Each round's metrics, without those that the clock gives."""
    return [
        {name: value for name, value in event["values"].items() if "second" not in name}
        for event in of_type(events, "metrics")
        if "policy_loss" in event["values"]
    ]


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("only root may mount a disk of its own")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_ends_in_words_and_the_run_goes_on_when_there_is_room(
    little_disk: Path, start: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    folder = little_disk / "run"
    settings = {"batch_size": 4, "max_length": 48, "epochs": 4, "checkpoint_every": 3, "warmup_steps": 0}
    write_run(folder, "sft", STORY_MODEL, ratings(), settings)
    process = start(folder)
    wait_for(folder, lambda event: (folder / "checkpoints" / "step-00000003").exists(), process)
    filled = fill(little_disk / "other")
    assert process.wait(PATIENCE) == 1
    failed = read_events(folder)[-1]
    assert (failed["type"], failed["code"]) == ("failed", "disk_full")
    assert "resume" in failed["message"]
    kept = of_type(read_events(folder), "checkpoint")[-1]
    assert (folder / kept["path"] / "state.pt").exists()
    filled.unlink()
    assert start(folder).wait(PATIENCE) == 0
    assert of_type(read_events(folder), "started")[1]["resumed_from"] == kept["step"]


def fill(path: Path) -> Path:
    """Takes all the room that a disk has left."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return path
