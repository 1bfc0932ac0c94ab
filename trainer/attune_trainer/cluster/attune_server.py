"""The Attune server that a run away from it works for, as the token of its job sees it."""

import hashlib
import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 60.0
# Waits between attempts, two minutes in all: a server that starts again answers by then.
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0)
WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
PART_BYTES = 4 * 1024 * 1024
EVENTS_AT_ONCE = 500


class Refused(Exception):
    """The server has answered, and will answer the same again."""

    def __init__(self, status: int, message: str):
        super().__init__(f"the server answered {status}: {message}")
        self.status = status


class Unreachable(Exception):
    """The server has not answered for a while."""


class AttuneServer:
    """Calls the routes that are open to the token of one job."""

    def __init__(self, url: str, job: str, token: str, waits: Sequence[float] = WAITS):
        self._url = f"{url.rstrip('/')}/api/fine-tuning/jobs/{job}"
        self._token = token
        self._waits = waits

    def begin(self, last_sequence: int) -> dict[str, Any]:
        """What to do: `spec`, the last event that is known there, and whether to go on at all."""
        return self._json("/run", {"last_sequence": last_sequence})

    def data(self) -> bytes:
        """The data set, JSON Lines."""
        return self._ask("/run/data")

    def bring(self, sha256: str, path: Path) -> None:
        """Leaves a file of a model that the run begins with at a path, complete or not at all."""
        half = path.with_name(f"{path.name}.half")
        # Read into the file: weights may be larger than memory.
        self._ask(f"/run/inputs/{sha256}", into=half)
        with half.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise Unreachable(f"{path.name} arrived damaged")
        half.replace(path)

    def report(self, events: Sequence[dict[str, Any]]) -> bool:
        """Tells what happened since; none is a sign of life. Returns whether the run goes on."""
        goes_on = True
        for at in range(0, max(1, len(events)), EVENTS_AT_ONCE):
            goes_on = self._json("/run-events", {"events": events[at : at + EVENTS_AT_ONCE]})["goes_on"]
        return goes_on

    def upload(self, path: Path, sha256: str) -> None:
        """Brings a file there, from where an earlier attempt ended. Raises Refused when it is not what it should be."""
        place = f"/artifacts/{sha256}/upload"
        total = path.stat().st_size
        state = self._json(place)
        with path.open("rb") as file:
            while not state["complete"]:
                offset = state["received"]
                file.seek(offset)
                part = file.read(PART_BYTES)
                try:
                    state = self._json(f"{place}?offset={offset}&total={total}", part)
                except Refused as refused:
                    if refused.status != 409:
                        raise
                    state = self._json(place)

    def _json(self, path: str, body: dict[str, Any] | bytes | None = None) -> Any:
        return json.loads(self._ask(path, body))

    def _ask(self, path: str, body: dict[str, Any] | bytes | None = None, into: Path | None = None) -> bytes:
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {"authorization": f"Bearer {self._token}", "content-type": kind}
        reason = ""
        for wait in (*self._waits, None):
            request = urllib.request.Request(self._url + path, sent, headers)
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                    if into is None:
                        return answer.read()
                    with into.open("wb") as file:
                        shutil.copyfileobj(answer, file)
                    return b""
            except urllib.error.HTTPError as error:
                reason = f"{error.code}: {_message(error)}"
                if error.code not in WORTH_ANOTHER_TRY:
                    raise Refused(error.code, _message(error)) from error
            except OSError as error:
                reason = str(error)
            if wait is not None:
                time.sleep(wait)
        raise Unreachable(f"{self._url} does not answer ({reason})")


def token_of_job() -> str:
    """The token that the job came with; it stays out of command lines, which everybody on a machine can read."""
    return os.environ["ATTUNE_JOB_TOKEN"]


def _message(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read())["error"]["message"])
    except (OSError, ValueError, KeyError, TypeError):
        return error.reason
