"""PPO and GRPO through the public door: they start right, learn, repeat, resume, and say what went wrong."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import read_events, write_run
from score_server import ScoreServer, score_server
from story_rows import STORY_MODEL, of_type, pairs

from attune_trainer.__main__ import run_folder
from attune_trainer.events import EventLog
from attune_trainer.optimisation import Optimisation

Events = list[dict[str, Any]]

LITTLE: dict[str, Any] = {
    "rounds": 2,
    "rollouts": 8,
    "minibatch_size": 8,
    "inner_epochs": 1,
    "max_new_tokens": 10,
    "evaluate_every": 2,
    "sample_every": 100,
    "checkpoint_every": 1,
    "learning_rate": 1e-3,
    "kl_limit": 1000,
    "warmup_steps": 0,
}

LEARNING = {"rollouts": 32, "minibatch_size": 32, "inner_epochs": 2, "kl_reward_weight": 0.001}


def happy(_: str, text: str) -> float:
    """Share of the letters of "happy" in a text, so that hardly two answers have the same reward."""
    return sum(letter in "happy" for letter in text.lower()) / max(1, len(text))


@pytest.fixture
def server() -> Iterator[ScoreServer]:
    with score_server(happy) as server:
        yield server


@pytest.fixture
def run_ppo(tmp_path: Path, server: ScoreServer) -> Callable[..., Events]:
    """Runs the recipe in a folder of its own and returns its events."""

    def run(folder: str = "run", **changes: Any) -> Events:
        settings = {**LITTLE, "reward": {"kind": "http", "url": server.url}, **changes}
        write_run(tmp_path / folder, "ppo", STORY_MODEL, pairs(12, 4), settings)
        run_folder(tmp_path / folder)
        return read_events(tmp_path / folder)

    return run


def rounds(events: Events) -> list[dict[str, float]]:
    """Each round's metrics, without those that the clock gives."""
    return [
        {name: value for name, value in event["values"].items() if "second" not in name}
        for event in of_type(events, "metrics")
        if "policy_loss" in event["values"]
    ]


def weights(events: Events) -> str:
    """Checksum of the weights that a run left."""
    (file,) = [event for event in of_type(events, "artifact") if event["name"] == "model/model.safetensors"]
    return file["sha256"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"critic": "shared", "accumulation": 3},
        {"lora": {"rank": 4, "dropout": 0.5}},
        {"advantages": "group", "group_size": 4, "kl_loss_weight": 0.1},
    ],
    ids=["own critic", "shared critic", "adapter", "group"],
)
def test_the_first_minibatch_starts_where_the_policy_is(
    run_ppo: Callable[..., Events], changes: dict[str, Any]
) -> None:
    """Schulman et al. 2017: before the first step π = π_old, so r = 1 and nothing is clipped; π = π_ref as well."""
    events = run_ppo(**changes)
    first, second = rounds(events)
    assert (first["ratio"], first["clip_fraction"], first["approx_kl"], first["kl"]) == (1.0, 0.0, 0.0, 0.0)
    assert second["kl"] != 0
    assert first["entropy"] > 0
    assert first["finished"] == 0
    # Group-relative advantages have mean 0; whitened ones too.
    assert first["policy_loss"] == pytest.approx(0, abs=1e-5)
    assert events[-1]["type"] == "done"
    assert events[-1]["report"]["before"]["held_out_kl"] == pytest.approx(0, abs=1e-3)


def test_the_first_value_loss_is_that_of_a_critic_that_says_zero(run_ppo: Callable[..., Events]) -> None:
    """V = 0, γ = λ = 1: every return is the answer's reward, here 2 − 1 with the penalty; ½·mean(R²)."""
    events = run_ppo(normalise_rewards=False, unfinished_penalty=-0.5, **{"lambda": 1.0}, rounds=1)
    (first,) = rounds(events)
    assert first["kl_adjusted_reward"] == pytest.approx(first["reward"] - 0.5, abs=1e-6)
    expected = 0.5 * ((first["reward"] - 0.5) ** 2 + first["reward_sd"] ** 2)
    assert first["value_loss"] == pytest.approx(expected, rel=1e-4)


def test_it_learns_what_is_rewarded(run_ppo: Callable[..., Events]) -> None:
    events = run_ppo(**LEARNING, rounds=6, evaluate_every=6)
    before, best = events[-1]["report"]["before"], events[-1]["report"]["best"]
    gain = best["held_out_reward"] - before["held_out_reward"]
    assert gain > 3 * before["held_out_reward_error"]
    sample = of_type(events, "sample")[0]
    assert sample["reference"] != sample["response"]
    assert sample["reward"] == pytest.approx(happy("", sample["response"]), abs=1e-6)


def test_parts_of_a_minibatch_learn_the_same(run_ppo: Callable[..., Events]) -> None:
    whole = rounds(run_ppo("whole", minibatch_size=4))
    parts = rounds(run_ppo("parts", minibatch_size=4, accumulation=2))
    for one, other in zip(whole, parts, strict=True):
        assert other == pytest.approx(one, rel=1e-3, abs=1e-4)


def test_a_resumed_run_equals_an_uninterrupted_one_and_so_does_a_second(
    run_ppo: Callable[..., Events], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {"rounds": 4, "minibatch_size": 4, "kl_controller": "adaptive", "kl_horizon": 20, "checkpoint_every": 3}
    whole, again = run_ppo("whole", **changes), run_ppo("again", **changes)
    assert rounds(again) == rounds(whole)
    assert weights(again) == weights(whole)

    say = EventLog.metrics

    def stop_in_round_two(log: EventLog, step: int, values: dict[str, float]) -> None:
        say(log, step, values)
        if step == 2 and "policy_loss" in values:
            os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patched:
        patched.setattr(EventLog, "metrics", stop_in_round_two)
        stopped = run_ppo("stopped", **changes)
    assert (stopped[-1]["type"], stopped[-1]["step"]) == ("stopped", 2)
    torch.rand(7)
    run_folder(tmp_path / "stopped")
    resumed = read_events(tmp_path / "stopped")
    assert rounds(resumed) == rounds(whole)
    assert weights(resumed) == weights(whole)
    assert resumed[-1]["report"] == whole[-1]["report"]


def test_a_round_goes_on_from_the_minibatch_at_which_it_was_stopped(
    run_ppo: Callable[..., Events], server: ScoreServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {"rounds": 3, "minibatch_size": 2, "inner_epochs": 2, "checkpoint_every": 100, "critic": "shared"}
    whole = run_ppo("whole", **changes)
    asked = len(server.requests)
    server.requests.clear()
    step, done = Optimisation.step, []

    def stop_in_round_two(own: Optimisation) -> float:
        done.append(own)
        # Each round has eight minibatches, each of them a step of the policy and one of the critic.
        if len(done) == 2 * (8 + 3):
            os.kill(os.getpid(), signal.SIGTERM)
        return step(own)

    with monkeypatch.context() as patched:
        patched.setattr(Optimisation, "step", stop_in_round_two)
        stopped = run_ppo("stopped", **changes)
    assert (stopped[-1]["type"], stopped[-1]["step"], len(done)) == ("stopped", 1, 22)
    run_folder(tmp_path / "stopped")
    resumed = read_events(tmp_path / "stopped")
    assert len(server.requests) == asked, "no answer is written or scored twice"
    assert rounds(resumed) == rounds(whole)
    assert weights(resumed) == weights(whole)


def test_a_reward_that_goes_away_is_a_clear_failure_and_the_run_goes_on_when_it_is_back(
    run_ppo: Callable[..., Events], server: ScoreServer, tmp_path: Path
) -> None:
    whole = run_ppo("whole", rounds=3, checkpoint_every=100)
    server.requests.clear()
    # Four questions of the first evaluation and eight of each round.
    server.fails_from = 4 + 8 + 1
    failed = run_ppo("away", rounds=3, checkpoint_every=100)
    assert (failed[-1]["type"], failed[-1]["code"]) == ("failed", "reward_unavailable")
    assert server.url in failed[-1]["message"]
    server.fails_from = None
    run_folder(tmp_path / "away")
    resumed = read_events(tmp_path / "away")
    assert rounds(resumed) == rounds(whole)
    assert weights(resumed) == weights(whole)


def test_a_limit_of_kl_and_hacking_end_a_run_and_leave_the_weights_from_before(run_ppo: Callable[..., Events]) -> None:
    events = run_ppo(rounds=6, learning_rate=0.02, kl_limit=1, kl_reward_weight=0, evaluate_every=50)
    (alarm,) = of_type(events, "alarm")
    assert alarm["kind"] == "kl_limit"
    assert alarm["evidence"]["kl"] > 1
    report = events[-1]["report"]
    assert report["alarms"] == {"kl_limit": alarm["step"]}
    assert (report["rounds"], report["best_step"]) == (alarm["step"], 0)


def test_improbable_answers_are_not_exported_however_well_they_score(run_ppo: Callable[..., Events]) -> None:
    spoilt = {"rounds": 6, "learning_rate": 0.02, "kl_reward_weight": 0, "kl_limit": 1e6, "evaluate_every": 1}
    events = run_ppo(**LEARNING | spoilt)
    report = events[-1]["report"]
    first = report["before"]
    found = [event["values"] for event in of_type(events, "metrics") if "held_out_reward" in event["values"]]
    assert any(
        one["held_out_perplexity"] > 4 * first["held_out_perplexity"]
        and one["held_out_reward"] > report["best"]["held_out_reward"]
        for one in found
    )
    assert report["best"]["held_out_perplexity"] <= 4 * first["held_out_perplexity"]


def test_a_run_whose_every_evaluation_has_symptoms_keeps_what_it_began_with_and_says_so(
    run_ppo: Callable[..., Events],
) -> None:
    events = run_ppo(**LEARNING, rounds=2, evaluate_every=1, kl_limit=1e-6)
    report = events[-1]["report"]
    assert (report["best_step"], report["better_than_base"]) == (0, False)
    assert "without symptoms" in report["note"]
    assert report["note"] in [event["message"] for event in of_type(events, "log")]
    assert report["best"] == report["before"]


def test_hacking_is_caught_by_a_held_out_judge(run_ppo: Callable[..., Events]) -> None:
    """The judge likes the opposite of what is rewarded."""
    with score_server(lambda query, text: 1 - happy(query, text)) as judge:
        events = run_ppo(**LEARNING, rounds=30, evaluate_every=2, held_out_reward={"kind": "http", "url": judge.url})
    (alarm,) = of_type(events, "alarm")
    assert alarm["kind"] == "reward_hacking"
    assert alarm["evidence"]["judge"] < alarm["evidence"]["judge_best"]
    report = events[-1]["report"]
    assert (report["held_out_judge"], report["best_step"] < alarm["step"]) == ("present", True)


def test_a_judge_that_is_the_reward_itself_is_none_and_said_to_be(
    run_ppo: Callable[..., Events], server: ScoreServer
) -> None:
    itself = {"kind": "http", "url": f"{server.url}/"}
    events = run_ppo(rounds=2, held_out_reward=itself)
    assert events[-1]["report"]["held_out_judge"] == "absent: held_out_reward is the reward itself"
    assert any("the reward itself" in event["message"] for event in of_type(events, "log"))
    assert not any("held_out_judge" in event["values"] for event in of_type(events, "metrics"))
    assert run_ppo("alone", rounds=1)[-1]["report"]["held_out_judge"] == "absent: none is named"


def test_groups_must_fit_into_a_round(run_ppo: Callable[..., Events]) -> None:
    failed = run_ppo(advantages="group", group_size=3)[-1]
    assert (failed["type"], failed["code"]) == ("failed", "invalid_spec")
    assert "group_size" in failed["message"]
    alone = run_ppo("alone", advantages="group", group_size=1)[-1]
    assert (alone["type"], alone["code"]) == ("failed", "invalid_spec")
    assert "hyperparameters.group_size" in alone["message"]


def test_a_reward_model_in_a_folder(run_ppo: Callable[..., Events], tmp_path: Path) -> None:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    folder = tmp_path / "reward"
    torch.manual_seed(0)
    model = AutoModelForSequenceClassification.from_pretrained(STORY_MODEL, num_labels=1, pad_token_id=2)
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(STORY_MODEL).save_pretrained(folder)
    events = run_ppo(reward={"kind": "local", "model": str(folder)}, rounds=1)
    assert events[-1]["type"] == "done"
    assert rounds(events)[0]["reward_sd"] > 0
    missing = run_ppo("missing", reward={"kind": "local", "model": str(tmp_path / "nowhere")}, rounds=1)[-1]
    assert (missing["type"], missing["code"]) == ("failed", "unknown_model")
    bare = run_ppo("bare", reward={"kind": "local", "model": str(STORY_MODEL)}, rounds=1)[-1]
    assert (bare["type"], bare["code"]) == ("failed", "unknown_model")
    assert "score.weight" in bare["message"]


def test_a_huge_learning_rate_ends_in_words(run_ppo: Callable[..., Events]) -> None:
    failed = run_ppo(learning_rate=1.0, rounds=8, max_grad_norm=1e30, value_weight=1e30, weight_decay=1e30)[-1]
    assert (failed["type"], failed["code"]) == ("failed", "not_finite")


def test_the_report_is_an_artifact(run_ppo: Callable[..., Events], tmp_path: Path) -> None:
    events = run_ppo(rounds=1)
    names = {event["name"] for event in of_type(events, "artifact")}
    assert {"report.json", "model/model.safetensors", "model/tokenizer.json"} <= names
    report = json.loads((tmp_path / "run" / "artifacts" / "report.json").read_text("utf-8"))
    assert report == events[-1]["report"]
