"""SFT and DPO through the public door: they learn, repeat, resume, add up, and leave what they should."""

import json
import math
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import read_events, write_run
from peft import PeftModel
from story_rows import STORY_MODEL, of_type, pairs, ratings, training_metrics
from transformers import AutoModelForCausalLM

from attune_trainer.__main__ import run_folder
from attune_trainer.run import Run

Events = list[dict[str, Any]]
RunRecipe = Callable[..., Events]

SHORT = {"batch_size": 8, "max_length": 48, "learning_rate": 1e-3, "warmup_steps": 0}
RECIPES = [
    ("sft", ratings, {"epochs": 2}),
    ("dpo", pairs, {"epochs": 2}),
    ("dpo", ratings, {"epochs": 2, "loss": "kto"}),
]
NAMES = ["sft", "dpo", "kto"]


def weights(events: Events) -> str:
    """Checksum of the merged weights that a run left."""
    (file,) = [event for event in of_type(events, "artifact") if event["name"] == "model/model.safetensors"]
    return file["sha256"]


def without_clock(events: Events) -> list[dict[str, float]]:
    return [{"step": event["step"], **event["values"]} for event in of_type(events, "metrics")]


def test_sft_learns_the_answers_that_were_approved(run_recipe: RunRecipe) -> None:
    events = run_recipe("sft", STORY_MODEL, ratings(), {**SHORT, "epochs": 3})
    report = events[-1]["report"]
    assert events[-1]["type"] == "done"
    assert report["rows"] == {"train": 16, "validation": 6}
    assert report["after"]["perplexity"] < report["before"]["perplexity"] / 3
    assert report["after"]["token_accuracy"] > report["before"]["token_accuracy"]
    low, high = report["validation_loss"]["ci"]
    assert low <= report["validation_loss"]["value"] <= high
    sample = of_type(events, "sample")[0]
    assert "happy" in sample["response"]
    assert sample["reference"] != sample["response"]


def test_samples_tell_what_was_said_before_the_question(run_recipe: RunRecipe) -> None:
    context = "user: Who was there?\nassistant: A cat."
    rows = [{**row, "context": context} if row["split"] == "validation" else row for row in pairs(4, 2)]
    events = run_recipe("dpo", STORY_MODEL, rows, {**SHORT, "epochs": 1})
    assert [sample["context"] for sample in of_type(events, "sample")] == [context, context]
    plain = run_recipe("dpo", STORY_MODEL, pairs(4, 2), {**SHORT, "epochs": 1}, "plain")
    assert all("context" not in sample for sample in of_type(plain, "sample"))


def test_dpo_starts_at_ln_2_and_learns_the_order(run_recipe: RunRecipe) -> None:
    events = run_recipe("dpo", STORY_MODEL, pairs(), {**SHORT, "epochs": 3})
    steps, report = training_metrics(events), events[-1]["report"]
    assert steps[0]["loss"] == pytest.approx(math.log(2), abs=1e-5)
    assert steps[0]["rewards/margin"] == pytest.approx(0, abs=1e-4)
    assert report["pair_accuracy"]["value"] == 1.0
    assert report["after"]["rewards/chosen"] > report["after"]["rewards/rejected"]
    assert report["after"]["loss"] < report["before"]["loss"]


def test_dpo_forms_pairs_from_ratings_of_one_question(run_recipe: RunRecipe) -> None:
    events = run_recipe("dpo", STORY_MODEL, ratings(), {**SHORT, "epochs": 1})
    assert events[-1]["report"]["rows"] == {"train": 8, "validation": 3}


@pytest.mark.parametrize(
    ("settings", "start"),
    [
        ({"label_smoothing": 0.1}, math.log(2)),
        ({"length_normalised": True}, math.log(2)),
        # (1 / 2τ)² with τ .1
        ({"loss": "ipo", "learning_rate": 1e-4}, 25.0),
    ],
)
def test_relatives_of_dpo_start_where_they_should_and_learn(
    run_recipe: RunRecipe, settings: dict[str, Any], start: float
) -> None:
    events = run_recipe("dpo", STORY_MODEL, pairs(), {**SHORT, "epochs": 1, **settings})
    assert training_metrics(events)[0]["loss"] == pytest.approx(start, abs=1e-3)
    assert events[-1]["report"]["after"]["loss"] < events[-1]["report"]["before"]["loss"]


def test_kto_starts_at_a_half_and_learns(run_recipe: RunRecipe) -> None:
    events = run_recipe("dpo", STORY_MODEL, ratings(), {**SHORT, "epochs": 3, "loss": "kto"})
    after = events[-1]["report"]["after"]
    assert training_metrics(events)[0]["loss"] == pytest.approx(0.5, abs=1e-5)
    assert after["loss"] < 0.5
    assert after["rewards/good"] > after["rewards/bad"]


def rated(place: int, stars: list[int], split: str = "train") -> list[dict[str, Any]]:
    """An answer of its own question, rated by several people."""
    common = {"type": "rating", "split": split, "query": f"Tell story {place}.", "response": f" Story {place}."}
    return [{**common, "rating": given} for given in stars]


def test_an_answer_that_people_disagree_about_counts_once_by_its_mean(run_recipe: RunRecipe) -> None:
    """Means 4, 3.67 and 2: the first is approved and good, the second neither good nor bad, the third bad."""
    held_out = [*rated(10, [5], "validation"), *rated(11, [1], "validation")]
    rows = [*rated(0, [5, 3]), *rated(1, [5, 5, 1]), *rated(2, [2, 1, 3]), *held_out]
    sft = run_recipe("sft", STORY_MODEL, rows, {**SHORT, "epochs": 1}, "sft")[-1]["report"]
    assert sft["rows"] == {"train": 1, "validation": 1}
    assert sft["raters"]["train"] == {"rated": 3, "by_several": 3, "on_both_sides": 2}
    kto = run_recipe("dpo", STORY_MODEL, rows, {**SHORT, "epochs": 1, "loss": "kto"}, "kto")[-1]["report"]
    assert kto["rows"] == {"train": 2, "validation": 2}
    assert kto["raters"]["train"] == {"rated": 3, "by_several": 3, "on_both_sides": 1}


@pytest.mark.parametrize(
    ("recipe", "settings", "answers", "cut"),
    [("sft", {}, 2, 1), ("dpo", {}, 6, 2), ("dpo", {"loss": "kto"}, 3, 1)],
    ids=NAMES,
)
def test_answers_that_max_length_cuts_are_counted(
    recipe: str, settings: dict[str, Any], answers: int, cut: int, run_recipe: RunRecipe
) -> None:
    """A bad answer, a good one and a long good one: two to imitate, three pairs with six sides, three judgements."""
    common = {"type": "rating", "query": "Tell a story."}
    rows: list[dict[str, Any]] = [
        {**common, "split": split, "response": response, "rating": stars}
        for split in ("train", "validation")
        for response, stars in ((" Once.", 1), (" Once there was a cat.", 4), (" He ran." * 40, 5))
    ]
    short = {**SHORT, "epochs": 1, **settings}
    events = run_recipe(recipe, STORY_MODEL, rows, short, "short")
    found = events[-1]["report"]["cut_answers"]
    assert found == {"answers": answers, "cut": cut, "share": pytest.approx(cut / answers)}
    assert any("max_length" in event["message"] for event in of_type(events, "log") if event["level"] == "warning")
    enough = run_recipe(recipe, STORY_MODEL, rows, {**short, "max_length": 256}, "enough")
    assert enough[-1]["report"]["cut_answers"]["cut"] == 0
    assert not [event for event in of_type(enough, "log") if event["level"] == "warning"]


@pytest.mark.parametrize(("recipe", "rows"), [("sft", ratings), ("dpo", pairs)], ids=["sft", "dpo"])
def test_a_run_that_never_gets_better_says_so(
    recipe: str, rows: Callable[[], list[dict[str, Any]]], run_recipe: RunRecipe
) -> None:
    spoilt = run_recipe(recipe, STORY_MODEL, rows(), {**SHORT, "learning_rate": 1.0, "epochs": 1}, "spoilt")
    assert (spoilt[-1]["report"]["best_step"], spoilt[-1]["report"]["better_than_base"]) == (0, False)
    better = run_recipe(recipe, STORY_MODEL, rows(), {**SHORT, "epochs": 1}, "better")
    assert better[-1]["report"]["better_than_base"] is True


@pytest.mark.parametrize(("recipe", "rows", "settings"), RECIPES, ids=NAMES)
def test_a_stopped_run_resumes_as_if_it_had_not_stopped(
    recipe: str,
    rows: Callable[[], list[dict[str, Any]]],
    settings: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = {**SHORT, **settings, "batch_size": 4, "checkpoint_every": 2}
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for folder in (whole, parts):
        write_run(folder, recipe, STORY_MODEL, rows(), settings)
    run_folder(whole)
    told = Run.progress

    def told_to_stop(self: Run, stage: str, done: float, total: float, share: float) -> None:
        told(self, stage, done, total, share)
        if stage == "training" and done == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patched:
        patched.setattr(Run, "progress", told_to_stop)
        run_folder(parts)
    assert read_events(parts)[-1]["type"] == "stopped"
    run_folder(parts)
    assert of_type(read_events(parts), "started")[1]["resumed_from"] == 3
    assert without_clock(read_events(parts)) == without_clock(read_events(whole))
    assert weights(read_events(parts)) == weights(read_events(whole))
    # The reference was asked in the first attempt only.
    if recipe == "dpo":
        asked = [event for event in of_type(read_events(parts), "progress") if event["stage"] == "asking the reference"]
        assert asked == [
            event for event in asked if event["sequence"] < of_type(read_events(parts), "stopped")[0]["sequence"]
        ]


@pytest.mark.parametrize(("recipe", "rows", "settings"), RECIPES, ids=NAMES)
def test_accumulated_batches_are_the_larger_batch(
    recipe: str, rows: Callable[[], list[dict[str, Any]]], settings: dict[str, Any], run_recipe: RunRecipe
) -> None:
    settings = {**SHORT, **settings, "epochs": 1}
    at_once = run_recipe(recipe, STORY_MODEL, rows(), settings, "at-once")
    added_up = run_recipe(recipe, STORY_MODEL, rows(), {**settings, "batch_size": 2, "accumulation": 4}, "added-up")
    for one, other in zip(training_metrics(at_once), training_metrics(added_up), strict=True):
        assert other == pytest.approx(one, rel=1e-3, abs=1e-4)


def test_the_same_seed_gives_the_same_run_and_another_seed_another(run_recipe: RunRecipe) -> None:
    settings = {**SHORT, "epochs": 1}
    one, again = (run_recipe("sft", STORY_MODEL, ratings(), settings, folder) for folder in ("one", "again"))
    other = run_recipe("sft", STORY_MODEL, ratings(), {**settings, "seed": 2}, "other")
    assert without_clock(one) == without_clock(again)
    assert weights(one) == weights(again)
    assert weights(one) != weights(other)


def test_half_precision_learns_much_the_same(run_recipe: RunRecipe) -> None:
    whole = run_recipe("sft", STORY_MODEL, ratings(), {**SHORT, "epochs": 1}, "whole")
    half = run_recipe("sft", STORY_MODEL, ratings(), {**SHORT, "epochs": 1, "precision": "bf16"}, "half")
    for one, other in zip(training_metrics(whole), training_metrics(half), strict=True):
        assert other["loss"] == pytest.approx(one["loss"], rel=0.05)


def test_an_adapter_learns_and_merges_into_the_same_model(run_recipe: RunRecipe, tmp_path: Path) -> None:
    settings = {**SHORT, "epochs": 2, "lora": {"rank": 4, "alpha": 8}}
    events = run_recipe("dpo", STORY_MODEL, pairs(), settings)
    assert training_metrics(events)[0]["loss"] == pytest.approx(math.log(2), abs=1e-5)
    assert events[-1]["report"]["pair_accuracy"]["value"] == 1.0
    artifacts = tmp_path / "run" / "artifacts"
    base = AutoModelForCausalLM.from_pretrained(STORY_MODEL)
    tokens = torch.arange(3, 40)[None]
    with torch.no_grad():
        untrained = base(tokens).logits
        adapted = PeftModel.from_pretrained(base, artifacts / "adapter")(tokens).logits
        merged = AutoModelForCausalLM.from_pretrained(artifacts / "model")(tokens).logits
    torch.testing.assert_close(merged, adapted, atol=1e-4, rtol=0)
    assert (adapted - untrained).abs().max() > 0.1


def test_what_a_run_leaves_is_named_with_its_checksum(run_recipe: RunRecipe, tmp_path: Path) -> None:
    events = run_recipe("sft", STORY_MODEL, ratings(), {**SHORT, "epochs": 1})
    left = {event["name"]: event for event in of_type(events, "artifact")}
    assert {"report.json", "model/model.safetensors", "model/tokenizer.json", "model/config.json"} <= left.keys()
    assert json.loads((tmp_path / "run" / left["report.json"]["path"]).read_text("utf-8")) == events[-1]["report"]


def test_failures_end_in_words(run_recipe: RunRecipe, tmp_path: Path) -> None:
    def failed(recipe: str, model: str | Path, rows: list[dict[str, Any]], folder: str) -> dict[str, Any]:
        return run_recipe(recipe, model, rows, SHORT, folder)[-1]

    broken = AutoModelForCausalLM.from_pretrained(STORY_MODEL)
    broken.model.norm.weight.data[0] = float("nan")
    broken.save_pretrained(tmp_path / "broken")
    for file in STORY_MODEL.glob("tokenizer*"):
        (tmp_path / "broken" / file.name).write_bytes(file.read_bytes())

    unknown = failed("dpo", tmp_path / "nothing", pairs(), "unknown")
    assert (unknown["type"], unknown["code"]) == ("failed", "unknown_model")
    corrupt = failed("dpo", STORY_MODEL, [*pairs(), {"type": "pair", "split": "train", "query": "?"}], "corrupt")
    assert corrupt["code"] == "invalid_data"
    assert "Line 23" in corrupt["message"]
    one_sided = failed("dpo", STORY_MODEL, pairs(validation=0), "one-sided")
    assert one_sided["code"] == "invalid_data"
    assert "0 held out" in one_sided["message"]
    unapproved = failed("sft", STORY_MODEL, [{**row, "rating": 2} for row in ratings()], "unapproved")
    assert unapproved["code"] == "invalid_data"
    assert "min_rating" in unapproved["message"]
    for recipe, rows in (("sft", ratings()), ("dpo", pairs())):
        not_finite = failed(recipe, tmp_path / "broken", rows, f"not-finite-{recipe}")
        assert not_finite["code"] == "not_finite"
        assert "learning_rate" in not_finite["message"]
