"""A reward model on Ray Serve answers `POST /v1/score` with the scores that it has in this process."""

import json
from pathlib import Path

import pytest
from conftest import write_run
from private_network import python_inside, ray_missing
from story_rows import ratings
from tiny_encoder import tiny_encoder

from attune_trainer.__main__ import run_folder
from attune_trainer.reward_model import load_reward_model

pytestmark = pytest.mark.skipif(bool(ray_missing()), reason=ray_missing())

# Ray's workers take ports between 10002 and 19999.
PORT = 8123
INSIDE = """
import json, os, sys, urllib.error, urllib.request
from concurrent.futures import ThreadPoolExecutor
import ray
from ray import serve
from attune_trainer.cluster.reward_service import application

os.environ["ATTUNE_REWARD_KEY"] = "secret"
ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
serve.start(http_options={"host": "127.0.0.1", "port": PORT})
serve.run(application({"folder": sys.argv[1], "name": "polite", "replicas": "1"}))

def ask(body, key="secret"):
    headers = {"authorization": f"Bearer {key}"}
    request = urllib.request.Request("http://127.0.0.1:PORT/v1/score", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return {"status": answer.status, **json.load(answer)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, **json.load(error)}

questions = json.loads(sys.argv[2])
with ThreadPoolExecutor(8) as threads:
    scored = list(threads.map(lambda asked: ask({"query": asked[0], "responses": asked[1]}), questions))
refused = [
    ask({"query": "q", "responses": ["a"]}, key="wrong"),
    ask({"query": "q", "responses": []}),
    ask({"query": "q", "responses": ["a"], "model": "another"}),
]
print(json.dumps([scored, refused]))
""".replace("PORT", str(PORT))


def test_requests_that_are_scored_together_get_their_own_scores(tmp_path: Path) -> None:
    run = tmp_path / "run"
    write_run(
        run, "reward", tiny_encoder(tmp_path / "base"), ratings(), {"epochs": 1, "max_length": 32, "onnx": "none"}
    )
    run_folder(run)
    model = run / "artifacts" / "model"
    rows = ratings(train=8, validation=0)
    questions = [
        (row["query"], [row["response"], "It was.", row["query"]][: 1 + at % 3]) for at, row in enumerate(rows)
    ]

    script = tmp_path / "inside.py"
    script.write_text(INSIDE, "utf-8")
    ran = python_inside(str(script), str(model), json.dumps(questions), cwd=Path(__file__).parent.parent)
    assert ran.returncode == 0, ran.stderr[-3000:]
    scored, refused = json.loads(ran.stdout.splitlines()[-1])

    scorer = load_reward_model(model)
    for (query, responses), answer in zip(questions, scored, strict=True):
        assert (answer["status"], answer["model"]) == (200, "polite")
        expected = scorer.score([("", query, response) for response in responses]).tolist()
        assert [score["reward"] for score in answer["scores"]] == pytest.approx(expected, abs=1e-4)
    told = [(answer["status"], answer["error"]["code"], answer["error"]["param"]) for answer in refused]
    assert told == [
        (401, "unauthenticated", None),
        (422, "invalid_request", "responses"),
        (404, "model_not_found", "model"),
    ]
