"""A job of an Attune server, run here: fetch what to do, run the folder, tell what happens, bring the files.

The run itself is a process of its own, as beside the server; this one only reads its events and carries them over.
"""

import ctypes
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from attune_trainer.cluster.attune_server import AttuneServer, Refused, Unreachable, token_of_job
from attune_trainer.events import last_event

LOOK_SECONDS = 1.0
# What a run that was told to stop has for its last checkpoint.
GRACE_SECONDS = 8.0
# prctl(2): the signal that a process gets when its parent is gone.
PR_SET_PDEATHSIG = 1
LAST = ("done", "failed", "stopped")


def run_remotely(url: str, job: str, folder: Path, workers: int, gpus: int) -> int:
    """Runs a job to its end in a folder, and goes on from what lies there. Returns the run's exit code."""
    server = AttuneServer(url, job, token_of_job())
    folder.mkdir(parents=True, exist_ok=True)
    events = folder / "events.jsonl"
    with alone_in(folder) as lock:
        before = last_event(events)
        begun = server.begin(before["sequence"] if before else 0)
        if not begun["goes_on"]:
            return 0
        lay_out(folder, begun, server)
        run = start(folder, workers, gpus, lock)
        try:
            with passing_on_signals(run):
                carry(server, folder, EventReader(events, begun["last_sequence"]), run)
        finally:
            end(run)
        return run.wait()


@contextmanager
def alone_in(folder: Path) -> Iterator[int]:
    """Waits until no earlier attempt is at work in a folder, and keeps later ones out. Gives the lock's descriptor."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def start(folder: Path, workers: int, gpus: int, lock: int) -> "subprocess.Popen[bytes]":
    """Starts the run, which holds the lock as long as it lives and does not outlive this process for long."""
    words = ["run", str(folder), "--workers", str(workers), "--gpus", str(gpus)]
    library = ctypes.CDLL(None)

    def stop_with_parent() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return subprocess.Popen(
        [sys.executable, "-m", "attune_trainer", *words],
        # In a group of its own: it gets its signals from here, in time for a last checkpoint.
        start_new_session=True,
        pass_fds=[lock],
        preexec_fn=stop_with_parent if sys.platform == "linux" else None,
    )


def lay_out(folder: Path, begun: dict[str, Any], server: AttuneServer) -> None:
    """Leaves the spec, the data set and the models that it begins with in the run's folder."""
    for file in begun["inputs"]:
        path = folder / file["path"]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            server.bring(file["sha256"], path)
    spec = begun["spec"]
    data = folder / spec["data"]["path"]
    wanted = spec["data"]["sha256"]
    if not data.exists() or hashlib.sha256(data.read_bytes()).hexdigest() != wanted:
        half = data.with_suffix(".half")
        half.write_bytes(server.data())
        half.replace(data)
    (folder / "spec.json").write_text(json.dumps(spec, indent=2) + "\n", "utf-8")


def carry(server: AttuneServer, folder: Path, reader: "EventReader", run: "subprocess.Popen[bytes]") -> None:
    """Carries events and files to the server until the run is over; ends the run when it is to go on no more.

    The run's last word waits until its process is gone: then nothing follows it.
    """
    waiting: list[dict[str, Any]] = []
    goes_on = True
    while True:
        over = run.poll() is not None
        waiting += reader.read()
        ready = waiting if over else without_last(waiting)
        try:
            goes_on = bring(server, folder, ready)
            waiting = waiting[len(ready) :]
        except Unreachable as error:
            # The run goes on: everything it says is in its folder, and told later.
            print(error, file=sys.stderr, flush=True)
            if over:
                raise
        if over:
            return
        if not goes_on:
            end(run)
        else:
            time.sleep(LOOK_SECONDS)


def bring(server: AttuneServer, folder: Path, events: list[dict[str, Any]]) -> bool:
    """Brings the files that events name, then the events. Returns whether the run goes on."""
    try:
        for event in events:
            if event["type"] == "artifact":
                server.upload(folder / event["path"], event["sha256"])
        return server.report(events)
    except Refused as refused:
        # The token is another attempt's by now, or the job was over long ago.
        if refused.status in (401, 403):
            return False
        raise


def without_last(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events without a last word at their end."""
    return events[:-1] if events and events[-1]["type"] in LAST else events


def end(run: "subprocess.Popen[bytes]") -> None:
    """Tells the run to stop, and ends its whole group where it does not in time."""
    if run.poll() is not None:
        return
    run.terminate()
    try:
        run.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()


class EventReader:
    """Reads the events that a run appends to a file, each once; half a line waits for its other half."""

    def __init__(self, path: Path, after: int):
        """Only events behind the sequence `after` are read."""
        self._path = path
        self._after = after
        self._position = 0

    def read(self) -> list[dict[str, Any]]:
        """Events that came since the last reading."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._position)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._position += len(whole)
        events = [json.loads(line) for line in whole.split(b"\n") if line]
        return [event for event in events if event["sequence"] > self._after]


@contextmanager
def passing_on_signals(run: "subprocess.Popen[bytes]") -> Iterator[None]:
    """While the run lives, what would end this process tells the run to stop."""

    def pass_on(_signal: int, _frame: FrameType | None) -> None:
        if run.poll() is None:
            run.terminate()

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
