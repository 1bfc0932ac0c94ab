"""One run: a folder with `spec.json`, in which the trainer leaves events, checkpoints and artifacts."""

import hashlib
import json
import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from attune_trainer.checkpoints import Checkpoints
from attune_trainer.distributed import leads
from attune_trainer.events import EventLog, Untold
from attune_trainer.failures import STOPPED, Stopped
from attune_trainer.finite import finite_or_null
from attune_trainer.overtime import Overtime

# Where this file lies in a run's folder, the run ends as if by a signal: its processes may be on other machines.
STOP_FILE = "stop"
# Room that is given back to tell of a full disk.
RESERVE_FILE = "reserve"
RESERVE_BYTES = 65_536


class Run:
    """What a recipe works with: its spec, its folder, and ways to say what happens."""

    def __init__(self, folder: Path, spec: dict[str, Any]):
        self.folder = folder
        self.spec = spec
        self.events = EventLog(folder / "events.jsonl") if leads() else Untold()
        self.checkpoints = Checkpoints(folder / "checkpoints", self.events)
        self.artifacts = folder / "artifacts"
        self.artifacts.mkdir(exist_ok=True)
        self._stop = threading.Event()
        self._overtime: Overtime | None = None
        self._stage: tuple[str, float, float] | None = None

    @property
    def data_path(self) -> Path:
        """Where the data set lies; a relative path starts at the run's folder."""
        return self.folder / self.spec["data"]["path"]

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT let the run end at its next step, with a checkpoint; in overtime with the last one."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self._stop.set()

        # Only a main thread hears signals; a worker of Ray works in another.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)
            self._overtime = Overtime(self._give_up)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set() or (self.folder / STOP_FILE).exists()

    def stop_if_asked(self, step: int) -> None:
        """Raises Stopped when the run was told to stop."""
        if self.stopping:
            raise Stopped(step)

    def log(self, message: str, level: str = "info") -> None:
        self.events.say("log", level=level, message=message)

    def progress(self, stage: str, done: float, total: float, share: float) -> None:
        """How far a stage is, and the whole run (0 to 1); the time left follows from this stage's pace."""
        now = time.monotonic()
        if self._stage is None or self._stage[0] != stage:
            self._stage = (stage, now, done)
        _, started, first = self._stage
        pace = (done - first) / (now - started) if now > started else 0.0
        left = (total - done) / pace if pace > 0 else None
        self.events.say(
            "progress",
            stage=stage,
            done=done,
            total=total,
            share=min(max(share, 0.0), 1.0),
            seconds_left=left,
        )

    def artifact(self, path: Path, kind: str) -> None:
        """Names a file under the run's folder as a result, with its checksum; a folder's files each."""
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_file():
                continue
            with file.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            self.events.say(
                "artifact",
                name=file.relative_to(self.artifacts).as_posix(),
                path=file.relative_to(self.folder).as_posix(),
                kind=kind,
                sha256=sha256,
                bytes=file.stat().st_size,
            )

    def write_report(self, report: dict[str, Any]) -> None:
        """Leaves report.json, with null for numbers that are not finite, and names it as an artifact."""
        path = self.artifacts / "report.json"
        path.write_text(json.dumps(finite_or_null(report), indent=2, allow_nan=False), "utf-8")
        self.artifact(path, "report")

    def keep_reserve(self) -> None:
        """Takes a little of the disk, so that its end can still be told when it is full."""
        if leads():
            (self.folder / RESERVE_FILE).write_bytes(bytes(RESERVE_BYTES))

    def use_reserve(self) -> None:
        if leads():
            (self.folder / RESERVE_FILE).unlink(missing_ok=True)

    def close(self) -> None:
        self.use_reserve()
        if self._overtime is not None:
            self._overtime.close()
        self.events.close()

    def _give_up(self) -> None:
        self.events.say("stopped", step=self.checkpoints.newest_step() or 0)
        self.events.keep()
        os._exit(STOPPED)
