"""A policy behind OpenAI's routes, for tests and small machines: one answer at a time, no batching.

In production serve the same folder with vLLM: `vllm serve FOLDER --served-model-name NAME`.

    GET  /v1/models
    POST /v1/chat/completions    whole or streamed; n, temperature, top_p, max_tokens, stop, seed
    POST /v1/completions         likewise, behind a prompt as it is
"""

import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from attune_trainer.data.completions import PromptFormat
from attune_trainer.generation import Sampling
from attune_trainer.policy import Policy, frozen, load_policy, load_tokenizer
from attune_trainer.serving.text_stream import Piece, stream_answer

MAX_BODY = 4_000_000
DEFAULT_TOKENS = 512
MAX_ANSWERS = 16


class BadRequest(Exception):
    """A request that cannot be answered; the text says why."""


@dataclass(frozen=True)
class Wanted:
    """A request, read."""

    prompt: list[int]
    sampling: Sampling
    stops: list[str]
    answers: int
    seed: int
    streamed: bool
    usage_streamed: bool


class PolicyServer(ThreadingHTTPServer):
    """Serves the model in a folder under a name. Port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, folder: Path, name: str, host: str = "127.0.0.1", port: int = 0):
        self.name = name
        self.model: Policy = frozen(load_policy(str(folder)))
        self.asked = PromptFormat(load_tokenizer(str(folder)), self.model.generation_config)
        # The model writes one answer at a time.
        self.writing = threading.Lock()
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Base address, with its /v1."""
        return f"http://{self.server_address[0]}:{self.server_port}/v1"

    @property
    def context_length(self) -> int:
        """Tokens of prompt and answer together."""
        return getattr(self.model.config, "max_position_embeddings", 2048)


class _Handler(BaseHTTPRequestHandler):
    server: PolicyServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            model = {"id": self.server.name, "object": "model", "created": 0, "owned_by": "attune"}
            self._answer(200, {"object": "list", "data": [model]})
        else:
            self._refuse(404, "There is no such route.")

    def do_POST(self) -> None:
        try:
            body = self._body()
            if self.path == "/v1/chat/completions":
                self._complete(_read(body, self._chat_prompt(body), self.server.context_length), chat=True)
            elif self.path == "/v1/completions":
                self._complete(_read(body, self._plain_prompt(body), self.server.context_length), chat=False)
            else:
                self._refuse(404, "There is no such route.")
        except BadRequest as refused:
            self._refuse(400, str(refused))
        except ConnectionError:
            # Nobody listens any more.
            self.close_connection = True

    def _complete(self, wanted: Wanted, chat: bool) -> None:
        reply = {
            "id": f"{'chatcmpl' if chat else 'cmpl'}-{secrets.token_hex(12)}",
            "object": ("chat.completion" if chat else "text_completion"),
            "created": int(time.time()),
            "model": self.server.name,
        }
        if wanted.streamed:
            self._stream(wanted, reply, chat)
            return
        choices, tokens = [], 0
        for index in range(wanted.answers):
            pieces = list(self._written(wanted, index))
            tokens += pieces[-1].tokens
            text = "".join(piece.text for piece in pieces)
            content = {"message": {"role": "assistant", "content": text}} if chat else {"text": text}
            choices.append({"index": index, **content, "logprobs": None, "finish_reason": pieces[-1].ended})
        self._answer(200, {**reply, "choices": choices, "usage": _usage(wanted, tokens)})

    def _stream(self, wanted: Wanted, reply: dict[str, Any], chat: bool) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        if chat:
            reply = {**reply, "object": "chat.completion.chunk"}
        tokens = 0
        for index in range(wanted.answers):
            for place, piece in enumerate(self._written(wanted, index)):
                role = {"role": "assistant"} if place == 0 else {}
                content = {"delta": {**role, "content": piece.text}} if chat else {"text": piece.text}
                tokens += piece.tokens
                self._event({**reply, "choices": [{"index": index, **content, "finish_reason": piece.ended}]})
        if wanted.usage_streamed:
            self._event({**reply, "choices": [], "usage": _usage(wanted, tokens)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _written(self, wanted: Wanted, index: int) -> Iterator[Piece]:
        server = self.server
        with server.writing:
            yield from stream_answer(
                server.model, server.asked, wanted.prompt, wanted.sampling, wanted.stops, wanted.seed + index
            )

    def _chat_prompt(self, body: dict[str, Any]) -> list[int]:
        messages = body.get("messages")
        if not isinstance(messages, list) or not messages:
            raise BadRequest("messages: a list with at least one message is wanted.")
        return self.server.asked.chat([_message(message) for message in messages])

    def _plain_prompt(self, body: dict[str, Any]) -> list[int]:
        prompt = body.get("prompt")
        if not isinstance(prompt, str) or not prompt:
            raise BadRequest("prompt: a text is wanted.")
        return self.server.asked.tokenizer(prompt)["input_ids"]

    def _body(self) -> dict[str, Any]:
        try:
            length = int(self.headers["content-length"])
        except (TypeError, ValueError) as error:
            self.close_connection = True
            raise BadRequest("A content-length is wanted.") from error
        if not 0 <= length <= MAX_BODY:
            self.close_connection = True
            raise BadRequest(f"A body may have at most {MAX_BODY} bytes.")
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError as error:
            raise BadRequest(f"The body is no JSON: {error}") from error
        if not isinstance(body, dict):
            raise BadRequest("The body is no object.")
        return body

    def _refuse(self, status: int, message: str) -> None:
        self._answer(status, {"error": {"message": message, "type": "invalid_request_error"}})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _event(self, content: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(content)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Requests are not logged: they hold what people wrote."""


def _read(body: dict[str, Any], prompt: list[int], context_length: int) -> Wanted:
    room = context_length - len(prompt)
    if room < 1:
        raise BadRequest(
            f"The prompt has {len(prompt)} tokens; the model reads at most {context_length} with its answer."
        )
    asked_for = body.get("max_completion_tokens") or body.get("max_tokens") or DEFAULT_TOKENS
    stops = body.get("stop") or []
    options = body.get("stream_options") or {}
    return Wanted(
        prompt=prompt,
        sampling=Sampling(
            max_new_tokens=min(room, int(_number({"max_tokens": asked_for}, "max_tokens", 1, 1, 10**9))),
            temperature=_number(body, "temperature", 1.0, 0.0, 2.0),
            top_p=_number(body, "top_p", 1.0, 1e-6, 1.0),
        ),
        stops=[stops] if isinstance(stops, str) else [str(stop) for stop in stops if stop],
        answers=int(_number(body, "n", 1, 1, MAX_ANSWERS)),
        seed=int(_number(body, "seed", secrets.randbits(31), 0, 2**62)),
        streamed=bool(body.get("stream")),
        usage_streamed=bool(options.get("include_usage")),
    )


def _number(body: dict[str, Any], name: str, otherwise: float, low: float, high: float) -> float:
    value = body.get(name)
    if value is None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadRequest(f"{name}: a number from {low:g} to {high:g} is wanted.")
    return value


def _message(message: Any) -> dict[str, str]:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise BadRequest("messages: each has a role and a content.")
    content = message.get("content") or ""
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return {"role": message["role"], "content": str(content)}


def _usage(wanted: Wanted, tokens: int) -> dict[str, int]:
    prompt = len(wanted.prompt)
    return {"prompt_tokens": prompt, "completion_tokens": tokens, "total_tokens": prompt + tokens}
