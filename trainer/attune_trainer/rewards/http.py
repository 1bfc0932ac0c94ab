"""Scores from `POST /v1/score` of an Attune server, which may be down for a while."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch
from torch import Tensor

from attune_trainer.failures import RunFailure
from attune_trainer.reward_model import Triple

TIMEOUT_SECONDS = 60.0
# Waits between attempts: half a minute in all for a server that starts again.
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
CONCURRENCY = 8
ANSWERS_PER_REQUEST = 1000
WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})


class HttpScorer:
    """Scores 0 to 1 by the reward model that a server names, or by the one that is live.

    The route takes a question, what was said before it, and its answers.
    """

    def __init__(self, url: str, key: str | None, reward_model: str | None = None, waits: Sequence[float] = WAITS):
        self._url = f"{url.rstrip('/')}/v1/score"
        self._headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {})}
        self._named = {"model": reward_model} if reward_model else {}
        self._waits = waits

    def score(self, answers: Sequence[Triple]) -> Tensor:
        """(context, query, response) each → (answers,). Raises RunFailure `reward_unavailable`."""
        asked: dict[tuple[str, str], list[int]] = {}
        for index, (context, query, _) in enumerate(answers):
            asked.setdefault((context, query), []).append(index)
        requests = [
            (question, rows[at : at + ANSWERS_PER_REQUEST])
            for question, rows in asked.items()
            for at in range(0, len(rows), ANSWERS_PER_REQUEST)
        ]
        scores = torch.zeros(len(answers))
        with ThreadPoolExecutor(CONCURRENCY) as threads:
            texts = [[answers[row][2] for row in rows] for _, rows in requests]
            given = threads.map(self._ask, [question for question, _ in requests], texts)
            for (_, rows), values in zip(requests, given, strict=True):
                scores[rows] = torch.tensor(values)
        return scores

    def _ask(self, question: tuple[str, str], responses: list[str]) -> list[float]:
        context, query = question
        before = {"context": context} if context else {}
        body = json.dumps({"query": query, **before, "responses": responses, **self._named}).encode()
        for wait in (*self._waits, None):
            try:
                return self._rewards(self._post(body), len(responses))
            except urllib.error.HTTPError as error:
                reason = f"it answered {error.code}: {_message(error)}"
                if error.code not in WORTH_ANOTHER_TRY:
                    raise self._unavailable(reason) from error
            except (OSError, ValueError) as error:
                reason = str(error)
            if wait is not None:
                time.sleep(wait)
        raise self._unavailable(reason)

    def _post(self, body: bytes) -> dict[str, Any]:
        request = urllib.request.Request(self._url, body, self._headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.load(answer)

    def _rewards(self, answer: dict[str, Any], expected: int) -> list[float]:
        try:
            rewards = [float(score["reward"]) for score in answer["scores"]]
        except (KeyError, TypeError, ValueError) as error:
            raise self._unavailable(f"its answer has no rewards: {error!r}") from error
        if len(rewards) != expected:
            raise self._unavailable(f"it scored {len(rewards)} answers of {expected}")
        return rewards

    def _unavailable(self, reason: str) -> RunFailure:
        return RunFailure(
            "reward_unavailable",
            f"The reward at {self._url} gives no scores: {reason}. Check its address and key, and resume the job when "
            "it answers again: nothing is lost.",
        )


def key_from(variable: str) -> str | None:
    """The key in a variable of the environment; None where it is not set."""
    return os.environ.get(variable) or None


def _message(error: urllib.error.HTTPError) -> str:
    """The sentence of an error answer of Attune's; else what HTTP says."""
    try:
        return str(json.load(error)["error"]["message"])
    except (ValueError, KeyError, TypeError, OSError):
        return str(error.reason)
