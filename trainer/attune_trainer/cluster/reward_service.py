"""A reward model on Ray Serve behind `POST /v1/score`, as an Attune server has it: scored in batches, more replicas
under load.

    serve run attune_trainer.cluster.reward_service:application folder=/models/reward name=reward

Where ATTUNE_REWARD_KEY is set, requests need it as a bearer token. A policy's run takes it for its reward by its
address (`reward: {kind: http, url}`).
"""

import hmac
import os
from dataclasses import dataclass
from typing import Any

from ray import serve
from ray.serve.config import AutoscalingConfig
from starlette.requests import Request
from starlette.responses import JSONResponse

from attune_trainer.failures import RunFailure
from attune_trainer.reward_model import OwnScorer, Triple, load_reward_model

LONGEST_TEXT = 200_000
MOST_RESPONSES = 1000
# Requests that are scored together, and how long the first of them waits for others.
BATCH_REQUESTS = 16
BATCH_WAIT_SECONDS = 0.005

Scores = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One request: answers to one query."""

    model: str | None
    query: str
    responses: list[str]


class NotUnderstood(Exception):
    """A request that is not one; `field` is what is wrong with it."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


def read_request(body: Any) -> Asked:
    """The request in a JSON body. Raises NotUnderstood."""
    if not isinstance(body, dict):
        raise NotUnderstood("", "The body must be a JSON object.")
    model, query, responses = body.get("model"), body.get("query"), body.get("responses")
    if model is not None and not isinstance(model, str):
        raise NotUnderstood("model", "`model` must be text.")
    if not _is_text(query):
        raise NotUnderstood("query", f"`query` must be text of at most {LONGEST_TEXT} characters.")
    if not isinstance(responses, list) or not 1 <= len(responses) <= MOST_RESPONSES:
        raise NotUnderstood("responses", f"`responses` must be a list of 1 to {MOST_RESPONSES} texts.")
    if not all(_is_text(response) for response in responses):
        raise NotUnderstood("responses", f"Each response must be text of at most {LONGEST_TEXT} characters.")
    return Asked(model, query, responses)


def score_together(scorer: OwnScorer, requests: list[Asked]) -> list[Scores]:
    """Scores the answers of several requests in one go; each request gets its own back."""
    answers: list[Triple] = [("", asked.query, response) for asked in requests for response in asked.responses]
    logits = scorer.logits(answers)
    calibration, dimensions = scorer.model.config.calibration, scorer.model.config.dimensions
    main = calibration.slope * logits[:, 0] + calibration.intercept
    scores: Scores = []
    for logit, reward, rated in zip(
        main.tolist(), main.sigmoid().tolist(), logits[:, 1:].sigmoid().tolist(), strict=True
    ):
        score = {"reward": reward, "logit": logit}
        scores.append({**score, "dimensions": dict(zip(dimensions, rated, strict=True))} if dimensions else score)
    ends = [sum(len(asked.responses) for asked in requests[: at + 1]) for at in range(len(requests))]
    return [scores[end - len(asked.responses) : end] for asked, end in zip(requests, ends, strict=True)]


class RewardService:
    """One replica, with the model in its memory."""

    def __init__(self, folder: str, name: str):
        scorer = load_reward_model(folder)
        if not isinstance(scorer, OwnScorer):
            raise RunFailure("unknown_model", f"{folder} holds no reward model of Attune's.")
        self._scorer = scorer
        self._name = name
        self._key = os.environ.get("ATTUNE_REWARD_KEY", "")

    @serve.batch(max_batch_size=BATCH_REQUESTS, batch_wait_timeout_s=BATCH_WAIT_SECONDS)
    async def _scores(self, requests: list[Asked]) -> list[Scores]:
        return score_together(self._scorer, requests)

    async def __call__(self, request: Request) -> JSONResponse:
        if request.method != "POST" or request.url.path != "/v1/score":
            return _error(404, "route_not_found", "There is POST /v1/score here.")
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._key and not hmac.compare_digest(given.encode(), self._key.encode()):
            return _error(401, "unauthenticated", "The key is missing or wrong.")
        try:
            asked = read_request(await request.json())
        except NotUnderstood as error:
            return _error(422, "invalid_request", str(error), error.field)
        except ValueError:
            return _error(400, "malformed_json", "The request body is not valid JSON.")
        if asked.model not in (None, self._name):
            return _error(404, "model_not_found", f"Only {self._name} is served here.", "model")
        return JSONResponse({"model": self._name, "scores": await self._scores(asked)})


def application(arguments: dict[str, str]) -> serve.Application:
    """What `serve run` and `serve deploy` build: `folder` and `name` of the model, at most `replicas` of it (8), `gpus`
    for each (0)."""
    deployment = serve.deployment(
        RewardService,
        name="reward",
        max_ongoing_requests=4 * BATCH_REQUESTS,
        ray_actor_options={"num_cpus": 1, "num_gpus": float(arguments.get("gpus", 0))},
        autoscaling_config=AutoscalingConfig(
            min_replicas=1, max_replicas=int(arguments.get("replicas", 8)), target_ongoing_requests=BATCH_REQUESTS
        ),
    )
    return deployment.bind(arguments["folder"], arguments.get("name", "reward"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _error(status: int, code: str, message: str, param: str = "") -> JSONResponse:
    told = {"code": code, "message": message, "param": param or None}
    return JSONResponse({"error": told}, status_code=status)
