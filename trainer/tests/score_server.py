"""A server with Attune's route `POST /v1/score`, whose rewards count words."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reward = Callable[[str, str], float]


@dataclass
class ScoreServer:
    """What a test sets and sees. `statuses` are answered first, one a request; then scores."""

    reward: Reward
    url: str = ""
    statuses: list[int] = field(default_factory=list)
    fails_from: int | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def status(self) -> int:
        if self.fails_from is not None and len(self.requests) >= self.fails_from:
            return 403
        return self.statuses.pop(0) if self.statuses else 200


@contextmanager
def score_server(reward: Reward) -> Iterator[ScoreServer]:
    """Serves on a port of its own while the block lasts."""
    state = ScoreServer(reward)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            state.requests.append(body)
            state.keys.append(self.headers["authorization"])
            status = state.status() if self.path == "/v1/score" else 404
            scores = [{"reward": state.reward(body["query"], text), "logit": 0.0} for text in body["responses"]]
            error = {"error": {"code": "x", "message": f"The door says {status}."}}
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"model": "m", "scores": scores} if status == 200 else error).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
