"""The events of a run: one JSON object a line, appended to `events.jsonl`, each checked against the protocol."""

import json
import math
import os
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import torch

from attune_trainer.finite import finite_or_null
from attune_trainer.protocol import check_event

HEARTBEAT_SECONDS = 2.0


class EventLog:
    """Appends events; goes on counting where an earlier attempt of the same run ended."""

    def __init__(self, path: Path):
        _cut_torn_line(path)
        last = last_event(path)
        self._sequence = int(last["sequence"]) if last else 0
        self._file = path.open("ab", buffering=0)
        self._lock = threading.Lock()

    def say(self, event_type: str, /, **fields: Any) -> None:
        """Writes one event of the given type, with null for numbers that are not finite.

        Raises RunFailure `internal` when it does not fit the protocol.
        """
        with self._lock:
            event = {"sequence": self._sequence + 1, "at": _now(), "type": event_type, **finite_or_null(fields)}
            check_event(event)
            self._append((json.dumps(event, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8"))
            self._sequence += 1

    def _append(self, line: bytes) -> None:
        """The line whole or, where the disk is full, not at all."""
        before = os.fstat(self._file.fileno()).st_size
        try:
            while line:
                line = line[self._file.write(line) :]
        except OSError:
            self._file.truncate(before)
            raise

    def metrics(self, step: int, values: dict[str, float]) -> None:
        """Measurements of a step; those that are not finite are told in the log instead."""
        finite = {name: float(value) for name, value in values.items() if math.isfinite(value)}
        self.say("metrics", step=step, values=finite)
        for name in values.keys() - finite.keys():
            self.say("log", level="warning", message=f"step {step}: {name} is not a finite number")

    def keep(self) -> None:
        """Brings what was written to the disk, before something is told that depends on it."""
        with self._lock:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        self.keep()
        self._file.close()


class Untold(EventLog):
    """For a process that helps with a run which another one tells of."""

    def __init__(self) -> None:
        pass

    def say(self, event_type: str, /, **fields: Any) -> None:
        pass

    def keep(self) -> None:
        pass

    def close(self) -> None:
        pass


class Heartbeat:
    """Says every two seconds what the run takes of the machine: the sign that it is alive."""

    def __init__(self, events: EventLog):
        self._events = events
        self._process = psutil.Process()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._process.cpu_percent()
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            # A full disk is told by whoever needs it; beats go on when there is room.
            with suppress(OSError):
                self._events.say("resources", **self._taken())

    def _taken(self) -> dict[str, float | int | None]:
        gpu = torch.cuda.is_available()
        return {
            "cpu_share": self._process.cpu_percent() / 100,
            "memory_bytes": self._process.memory_info().rss,
            "gpu_share": torch.cuda.utilization() / 100 if gpu else None,
            "gpu_memory_bytes": torch.cuda.memory_allocated() if gpu else None,
        }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _cut_torn_line(path: Path) -> None:
    """A process killed while it wrote leaves half a line, which nobody can read."""
    if not path.exists():
        return
    text = path.read_bytes()
    whole = text.rfind(b"\n") + 1
    if whole != len(text):
        with path.open("r+b") as file:
            file.truncate(whole)


def last_event(path: Path) -> dict[str, Any] | None:
    """The last event in a file, None where there is none."""
    if not path.exists():
        return None
    # Not splitlines: text in an event may hold U+2028, which is a line end to Python.
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    return json.loads(lines[-1]) if lines[-1] else None
