"""A trained policy's folder behind OpenAI's routes."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import write_run
from story_rows import STORY_MODEL, ratings

from attune_trainer.__main__ import run_folder, serve_folder
from attune_trainer.generation import Sampling
from attune_trainer.serving.openai_server import PolicyServer
from attune_trainer.serving.text_stream import stream_answer

QUESTION = "Once upon a time there was a cat in the park."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyServer]:
    """A policy that was trained a moment ago, with an adapter: what is served are its merged weights."""
    folder = tmp_path_factory.mktemp("served")
    settings = {"batch_size": 8, "max_length": 48, "learning_rate": 5e-3, "epochs": 4, "lora": {"rank": 8}}
    write_run(folder, "sft", STORY_MODEL, ratings(), settings)
    assert run_folder(folder) == 0
    serving = PolicyServer(folder / "artifacts" / "model", "tiny")
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving
    serving.shutdown()
    serving.server_close()
    thread.join()


def asked(server: PolicyServer, route: str, body: Any) -> Any:
    request = urllib.request.Request(f"{server.url}{route}", json.dumps(body).encode())
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def streamed(server: PolicyServer, route: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    request = urllib.request.Request(f"{server.url}{route}", json.dumps({**body, "stream": True}).encode())
    with urllib.request.urlopen(request) as answer:
        lines = [line.removeprefix("data: ") for line in answer.read().decode().split("\n\n") if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def chat(**more: Any) -> dict[str, Any]:
    return {"model": "tiny", "messages": [{"role": "user", "content": QUESTION}], "max_tokens": 24, **more}


def test_it_answers_as_it_was_taught(server: PolicyServer) -> None:
    answer = asked(server, "/chat/completions", chat(temperature=0))
    (choice,) = answer["choices"]
    assert (answer["object"], answer["model"]) == ("chat.completion", "tiny")
    assert choice["message"]["content"].startswith(" It was very happy.")
    assert answer["usage"]["prompt_tokens"] == len(server.asked.prompt(QUESTION))
    assert answer["usage"]["completion_tokens"] <= 24
    plain = asked(server, "/completions", {"prompt": QUESTION, "temperature": 0, "max_tokens": 24})
    assert plain["object"] == "text_completion"
    assert plain["choices"][0]["text"] == choice["message"]["content"]


def test_what_is_streamed_is_what_is_answered(server: PolicyServer) -> None:
    wanted = chat(temperature=1, seed=7, n=2)
    whole = asked(server, "/chat/completions", wanted)
    pieces = streamed(server, "/chat/completions", {**wanted, "stream_options": {"include_usage": True}})
    assert pieces.pop()["usage"] == whole["usage"]
    for choice in whole["choices"]:
        own = [piece["choices"][0] for piece in pieces if piece["choices"][0]["index"] == choice["index"]]
        assert "".join(piece["delta"]["content"] for piece in own) == choice["message"]["content"]
        assert [piece["finish_reason"] for piece in own] == [None] * (len(own) - 1) + [choice["finish_reason"]]
        assert own[0]["delta"]["role"] == "assistant"


def test_an_answer_ends_before_a_stop_text_even_when_it_comes_in_pieces(server: PolicyServer) -> None:
    wanted = {"prompt": QUESTION, "temperature": 0, "max_tokens": 24, "stop": ["y happy."]}
    whole = asked(server, "/completions", wanted)["choices"][0]
    assert (whole["text"], whole["finish_reason"]) == (" It was ver", "stop")
    pieces = [piece["choices"][0]["text"] for piece in streamed(server, "/completions", wanted)]
    assert "".join(pieces) == " It was ver"


def test_letters_of_several_tokens_are_told_whole(server: PolicyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The story model writes "é" as two bytes, each a token."""
    letters = server.asked.tokenizer("é!", add_special_tokens=False)["input_ids"]
    coming = iter([*letters, server.asked.end])
    monkeypatch.setattr("attune_trainer.serving.text_stream._next", lambda *_: next(coming))
    prompt = server.asked.prompt(QUESTION)
    pieces = list(stream_answer(server.model, server.asked, prompt, Sampling(20), [], seed=0))
    assert "\ufffd" not in "".join(piece.text for piece in pieces)
    assert "".join(piece.text for piece in pieces).endswith("é!")


def test_models_are_listed(server: PolicyServer) -> None:
    with urllib.request.urlopen(f"{server.url}/models") as answer:
        assert [model["id"] for model in json.load(answer)["data"]] == ["tiny"]


@pytest.mark.parametrize(
    ("route", "body", "status", "named"),
    [
        ("/chat/completions", {"messages": []}, 400, "messages"),
        ("/chat/completions", [], 400, "object"),
        ("/completions", {"prompt": 3}, 400, "prompt"),
        ("/completions", {"prompt": "a", "temperature": 9}, 400, "temperature"),
        ("/completions", {"prompt": "cat " * 600}, 400, "512"),
        ("/nothing", {}, 404, "route"),
    ],
)
def test_bad_requests_are_refused_in_words(
    server: PolicyServer, route: str, body: Any, status: int, named: str
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        asked(server, route, body)
    assert refused.value.code == status
    assert named in json.load(refused.value)["error"]["message"]


def test_a_folder_without_a_model_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve_folder(tmp_path, "nothing", "127.0.0.1", 0) == 1
    assert "could not be loaded" in capsys.readouterr().err
