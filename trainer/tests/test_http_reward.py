"""Rewards over HTTP: asked question by question, tried again, and clear about what is wrong."""

import pytest
from score_server import score_server

from attune_trainer.failures import RunFailure
from attune_trainer.rewards.http import HttpScorer

ANSWERS = [("", "a", "one"), ("c", "a", "three"), ("", "b", "seven"), ("", "a", "to")]


def length(_: str, text: str) -> float:
    return len(text) / 10


def test_scores_come_back_in_the_order_of_the_answers() -> None:
    with score_server(length) as server:
        scores = HttpScorer(server.url, "secret", "mine").score(ANSWERS)
    assert scores.tolist() == pytest.approx([0.3, 0.5, 0.5, 0.2])
    asked = sorted((request["query"], request.get("context", ""), request["responses"]) for request in server.requests)
    assert asked == [("a", "", ["one", "to"]), ("a", "c", ["three"]), ("b", "", ["seven"])]
    assert sum("context" in request for request in server.requests) == 1
    assert {request["model"] for request in server.requests} == {"mine"}
    assert set(server.keys) == {"Bearer secret"}


def test_a_server_that_comes_back_is_waited_for() -> None:
    with score_server(length) as server:
        server.statuses = [503, 429]
        scores = HttpScorer(server.url, None, waits=(0.0, 0.0)).score(ANSWERS[:1])
    assert scores.tolist() == pytest.approx([0.3])
    assert len(server.requests) == 3


def test_a_server_that_stays_away_is_a_clear_failure() -> None:
    with score_server(length) as server:
        url = server.url
    with pytest.raises(RunFailure, match=f"{url}/v1/score") as failed:
        HttpScorer(url, None, waits=(0.0,)).score(ANSWERS)
    assert failed.value.code == "reward_unavailable"


def test_what_waiting_cannot_mend_is_told_at_once() -> None:
    with score_server(length) as server:
        server.statuses = [401]
        with pytest.raises(RunFailure, match=r"401: The door says 401\.") as failed:
            HttpScorer(server.url, None, waits=(0.0, 0.0)).score(ANSWERS[:1])
    assert failed.value.code == "reward_unavailable"
    assert len(server.requests) == 1


def test_an_answer_without_all_rewards_is_refused() -> None:
    with score_server(lambda *_: None) as server, pytest.raises(RunFailure, match="no rewards"):
        HttpScorer(server.url, None, waits=()).score(ANSWERS[:1])
