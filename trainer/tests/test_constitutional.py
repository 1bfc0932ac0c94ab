"""Constitutional AI against a model that the test plays itself, over HTTP."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import read_events, write_run
from story_rows import of_type

from attune_trainer import chat_endpoint
from attune_trainer.__main__ import run_folder
from attune_trainer.data.rows import read_rows
from attune_trainer.failures import RunFailure
from attune_trainer.principles import read_principles
from attune_trainer.recipes.constitutional import read_vote
from attune_trainer.recipes.dpo import preferences

PRINCIPLES = """
- name: kind
  critique: Is it unkind?
  revision: Make it kind.
  judge: Which is kinder?
"""


class FakeModel:
    """Every second answer is longer, and judged better; where the question is unfair the first place always wins."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refusals = 0
        model, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with lock:
                    refused, model.refusals = model.refusals > 0, max(0, model.refusals - 1)
                    if not refused:
                        model.asked.append({"path": self.path, "key": self.headers["authorization"], **body})
                        number = len(model.asked)
                content = (
                    {"error": "busy"} if refused else model.reply([m["content"] for m in body["messages"]], number)
                )
                answer = json.dumps(content).encode()
                self.send_response(503 if refused else 200)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def reply(self, talk: list[str], number: int) -> dict[str, Any]:
        last = talk[-1]
        if last.startswith("Question:"):
            text = "A" if "unfair" in last else ("B" if last.index("longer") > last.index("Answer B") else "Answer A.")
        elif last == "Is it unkind?":
            text = "It is."
        elif last.startswith("Make it kind."):
            text = f"revised {talk[1]}"
        else:
            text = "answer, longer" if number % 2 else "answer"
        return {"choices": [{"message": {"role": "assistant", "content": text}}]}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    monkeypatch.setenv("ATTUNE_RUN_KEY_TEST", "secret")
    fake = FakeModel()
    thread = threading.Thread(target=fake.server.serve_forever)
    thread.start()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()
    thread.join()


def settings(model: FakeModel) -> dict[str, Any]:
    # One at a time, so that the fake's every second answer is the longer one.
    common = {"url": model.url, "model": "fake", "key_variable": "ATTUNE_RUN_KEY_TEST", "concurrency": 1}
    return {**common, "principles": PRINCIPLES}


def questions() -> list[dict[str, Any]]:
    rows = [("train", "fair?"), ("train", "unfair?"), ("train", "fair?"), ("validation", "also fair?")]
    return [{"type": "rating", "split": split, "query": query, "response": "-", "rating": 3} for split, query in rows]


def test_answers_are_revised_judged_in_both_orders_and_marked(
    model: FakeModel, run_recipe: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    events = run_recipe("constitutional", "fake", questions(), settings(model))
    report = events[-1]["report"]
    assert (report["questions"], report["answers"], report["comparisons"]) == (3, 6, 3)
    # The unfair question's judge names the first place twice: a tie.
    assert (report["preferences"], report["ties"], report["unreadable"]) == (2, 1, 0)
    assert report["share_of_first_place"]["value"] == pytest.approx(4 / 6)
    # 3 questions × (2 answers × 3 requests + 2 votes)
    assert len(model.asked) == 24
    assert {asked["path"] for asked in model.asked} == {"/v1/chat/completions"}
    assert {asked["key"] for asked in model.asked} == {"Bearer secret"}
    assert {asked["temperature"] for asked in model.asked} == {0.7, 0.0}

    path = tmp_path / "run" / "artifacts" / "data" / "preferences.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(row["split"], row["query"]) for row in rows] == [("train", "fair?"), ("validation", "also fair?")]
    for row in rows:
        assert (row["chosen"], row["rejected"]) == ("revised answer, longer", "revised answer")
        assert (row["source"], row["model"], row["principle"]) == ("model", "fake", "kind")
        assert sorted(row["votes"].values()) == ["first", "second"]
    assert {"data/preferences.jsonl", "data/revisions.jsonl"} <= {e["name"] for e in of_type(events, "artifact")}
    # What comes out is a data set that DPO reads.
    assert len(preferences(read_rows(path).train)) == 1


def test_a_busy_endpoint_is_asked_again_and_one_that_is_down_ends_the_run_and_its_resumption_goes_on(
    model: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_endpoint.ChatEndpoint.__init__, "__defaults__", ((0.0, 0.0),))
    folder = tmp_path / "run"
    write_run(folder, "constitutional", "fake", questions(), settings(model))
    # Twice in a row is borne; three times is not: in the middle of the second question.
    model.refusals = 2
    reply = model.reply

    def goes_down(talk: list[str], number: int) -> dict[str, Any]:
        if number == 12:
            model.refusals = 3
        return reply(talk, number)

    monkeypatch.setattr(model, "reply", goes_down)
    run_folder(folder)
    failed = read_events(folder)[-1]
    assert (failed["type"], failed["code"]) == ("failed", "endpoint_unavailable")
    assert "503" in failed["message"]
    assert len(model.asked) == 12
    monkeypatch.setattr(model, "reply", reply)
    run_folder(folder)
    assert read_events(folder)[-1]["report"]["comparisons"] == 3
    # The first question's 8 requests are not made again; the 4 of the second are.
    assert len(model.asked) == 8 + 4 + 16


@pytest.mark.parametrize(
    ("reply", "vote"),
    [
        ("A", "first"),
        ("**B**", "second"),
        ("Answer A.\nIt is kinder.", "first"),
        ("(b)", "second"),
        ("A better answer would be", "unreadable"),
        ("Both", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_a_vote_is_a_letter_alone(reply: str, vote: str) -> None:
    assert read_vote(reply) == vote


def test_principles_of_its_own_are_shipped() -> None:
    assert len(read_principles(None)) >= 4


@pytest.mark.parametrize(
    ("text", "named"),
    [("a: [", "no YAML"), ("{}", "at least one"), ("- name: x\n  critique: y", "principle 1"), ("[]", "at least one")],
)
def test_principles_that_are_none_are_refused_by_place(text: str, named: str) -> None:
    with pytest.raises(RunFailure, match=named):
        read_principles(text)
