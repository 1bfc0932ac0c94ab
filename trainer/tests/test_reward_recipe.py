"""Reward models through the public door: they learn, repeat, resume, add up, and score as they were trained."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from conftest import read_events, write_run
from story_rows import STORY_MODEL, of_type, training_metrics
from tiny_encoder import WORDS, polite_answers, tiny_encoder, tiny_tokenizer
from transformers import BertConfig, BertForSequenceClassification

from attune_trainer.__main__ import run_folder
from attune_trainer.data.reward_inputs import Answer, padded
from attune_trainer.failures import RunFailure
from attune_trainer.protocol import complete, settings_schema
from attune_trainer.recipes.reward import groups
from attune_trainer.reward_model import (
    RewardConfig,
    load_reward_model,
    mean_unit,
    new_reward_model,
    save_reward_model,
    segments,
    text_embeddings,
)
from attune_trainer.run import Run
from attune_trainer.settings import RewardSettings, read_settings

Events = list[dict[str, Any]]
RunRecipe = Callable[..., Events]

SHORT = {"max_length": 32, "learning_rate": 3e-3, "warmup_steps": 0, "patience": 0, "onnx": "none"}
DECODER = {**SHORT, "architecture": "decoder"}


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    return tiny_encoder(tmp_path / "base")


def report_of(events: Events) -> dict[str, Any]:
    assert events[-1]["type"] == "done", events[-1]
    return events[-1]["report"]


def weights(events: Events) -> dict[str, str]:
    return {event["name"]: event["sha256"] for event in of_type(events, "artifact") if event["kind"] == "model"}


def test_a_cross_encoder_overfits_sixteen_rows(encoder: Path, run_recipe: RunRecipe) -> None:
    chance = random.Random(0)
    rows: Events = [
        {
            "type": "rating",
            "query": f"why {at}",
            "response": " ".join(chance.choice(WORDS) for _ in range(5)),
            "rating": chance.choice([1, 5]),
        }
        for at in range(16)
    ]
    both = [{**row, "split": split} for row in rows for split in ("train", "validation")]
    report = report_of(run_recipe("reward", encoder, both, {**SHORT, "epochs": 60, "dropout": 0.0, "max_length": 16}))
    assert report["after"]["mse"] < 0.02


@pytest.mark.parametrize(("architecture", "pooling"), [("cross_encoder", "mean"), ("decoder", "first")])
def test_a_rule_is_learnt_better_than_the_commonest_rating(
    architecture: str, pooling: str, encoder: Path, run_recipe: RunRecipe, tmp_path: Path
) -> None:
    base = encoder if architecture == "cross_encoder" else STORY_MODEL
    settings = {**SHORT, "architecture": architecture, "pooling": pooling, "epochs": 6, "batch_size": 8}
    report = report_of(run_recipe("reward", base, polite_answers(60, 20), settings))
    assert report["model"]["pair_accuracy"]["ci"][0] > 0.9
    assert report["metrics"]["pair_accuracy"] == report["model"]["pair_accuracy"]
    assert report["metrics"]["baselines"]["length"]["pair_accuracy"]["value"] < 0.8
    assert report["better_than"]["majority"]["mse_saved"]["ci"][0] > 0
    assert report["better_than"]["length_only"]["pair_accuracy"]["ci"][0] > 0
    # The folder that it left scores as the run did.
    scores = load_reward_model(tmp_path / "run/artifacts/model").score(
        [("", "why 70", "the bus is red thanks"), ("", "why 70", "the bus is red sorry")]
    )
    assert scores[0] > scores[1]
    assert scores.min() > 0 and scores.max() < 1


def test_dimensions_have_heads_of_their_own(encoder: Path, run_recipe: RunRecipe, tmp_path: Path) -> None:
    rows = [
        {**row, "rating": 3, "rating_dimensions": {"clarity": row["rating"], "safety": 6 - row["rating"]}}
        for row in polite_answers(40, 10)
    ]
    report_of(run_recipe("reward", encoder, rows, {**SHORT, "dimensions": True, "pooling": "mean", "epochs": 8}))
    scorer = load_reward_model(tmp_path / "run/artifacts/model")
    logits = scorer.logits([("", "why 3", "the tree thanks"), ("", "why 3", "the tree sorry")])
    assert scorer.model.config.dimensions == ["clarity", "safety"]
    assert logits[0, 1] > logits[1, 1] and logits[0, 2] < logits[1, 2]


def test_accumulated_batches_are_the_larger_batch(encoder: Path, run_recipe: RunRecipe) -> None:
    settings = {**SHORT, "epochs": 2, "dropout": 0.0, "pooling": "interaction", "margin": 0.5, "centring": 0.01}
    rows = polite_answers(32, 8)
    at_once = run_recipe("reward", encoder, rows, {**settings, "batch_size": 16}, "at-once")
    added_up = run_recipe("reward", encoder, rows, {**settings, "batch_size": 4, "accumulation": 4}, "added-up")
    for one, other in zip(training_metrics(at_once), training_metrics(added_up), strict=True):
        assert other == pytest.approx(one, rel=1e-3, abs=1e-4)


def test_the_same_seed_gives_the_same_run_and_a_stopped_run_goes_on_as_if_it_had_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tiny_encoder(tmp_path / "base", dropout=0.1)
    whole, again, parts, other = (tmp_path / name for name in ("whole", "again", "parts", "other"))
    settings = {**SHORT, "epochs": 2, "batch_size": 8, "checkpoint_every": 2}
    for folder in (whole, again, parts, other):
        write_run(folder, "reward", base, polite_answers(24, 8), {**settings, "seed": 2 if folder == other else 1})
    for folder in (whole, again, other):
        run_folder(folder)
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
    for folder in (again, parts):
        assert training_metrics(read_events(folder)) == training_metrics(read_events(whole))
        assert weights(read_events(folder)) == weights(read_events(whole))
        assert report_of(read_events(folder)) == report_of(read_events(whole))
    assert weights(read_events(other)) != weights(read_events(whole))


@pytest.mark.parametrize("architecture", ["cross_encoder", "decoder"])
def test_padding_and_batches_never_change_a_score(architecture: str, encoder: Path) -> None:
    base = encoder if architecture == "cross_encoder" else STORY_MODEL
    model = new_reward_model(str(base), RewardConfig(architecture, 64, "interaction" if base == encoder else "first"))
    chance = random.Random(1)
    answers = [
        ("", " ".join(chance.choices(WORDS, k=3)), " ".join(chance.choices(WORDS, k=chance.randrange(40))))
        for _ in range(30)
    ]
    folder = encoder.parent / "saved"
    save_reward_model(model, folder)
    scorer = load_reward_model(folder)
    together = scorer.score(answers)
    alone = torch.cat([scorer.score([answer]) for answer in answers])
    assert torch.allclose(together, alone, atol=1e-6)
    assert scorer.score([]).shape == (0,)


def test_question_and_answer_are_read_apart_with_interactions(encoder: Path) -> None:
    model = new_reward_model(str(encoder), RewardConfig("cross_encoder", 64, "interaction")).eval()
    alone = text_embeddings(model, ["why the bus"])[0]
    for response in ("because", "red green blue"):
        row = padded(model.rows([Answer("", "why the bus", response)]), 0, torch.device("cpu"))
        query, answer = segments(row["input_ids"], row["attention_mask"], model.tokenizer.sep_token_id)
        with torch.no_grad():
            hidden = model._read(row["input_ids"], row["attention_mask"], answer)
        # The embedding of a text counts [CLS], too.
        query[:, 0] = True
        assert torch.allclose(mean_unit(hidden, query)[0].double(), torch.tensor(alone), atol=1e-6)


def test_a_fitted_head_starts_ahead_and_features_are_told_apart(encoder: Path, run_recipe: RunRecipe) -> None:
    rows = [
        {
            "type": "rating",
            "split": "train" if at < 60 else "validation",
            "query": f"the {word} {at}",
            "response": f"because {other}",
            "rating": 5 if word == other else 1,
        }
        for at in range(80)
        for word in [WORDS[at % 12]]
        for other in (word, WORDS[(at + 5) % 12])
    ]
    settings = {**SHORT, "features": True, "fit_head_first": True, "frozen_layers": 1, "pooling": "interaction"}
    report = report_of(run_recipe("reward", encoder, rows, {**settings, "epochs": 1, "learning_rate": 1e-4}))
    # Whether the question's word comes back is what one of the features says.
    assert report["before"]["pair_accuracy"] > 0.95
    assert report["model"]["pair_accuracy"]["ci"][0] > 0.9


def test_learning_rates_fall_from_layer_to_layer(encoder: Path) -> None:
    model = new_reward_model(str(encoder), RewardConfig("cross_encoder", 32))
    given = {"learning_rate": 1e-4, "layer_decay": 0.5, "head_learning_rate": 1e-3}
    found = groups(model, read_settings(RewardSettings, {**defaults(), **given}))
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    rates = {names[id(parameter)]: group["lr"] for group in found for parameter in group["params"]}
    assert rates["encoder.encoder.layer.1.output.dense.weight"] == pytest.approx(1e-4)
    assert rates["encoder.encoder.layer.0.output.dense.weight"] == pytest.approx(5e-5)
    assert rates["encoder.embeddings.word_embeddings.weight"] == pytest.approx(2.5e-5)
    assert rates["head.weight"] == pytest.approx(1e-3)
    assert len(rates) == sum(parameter.requires_grad for parameter in model.parameters())
    undecayed = {names[id(p)] for group in found if group["weight_decay"] == 0 for p in group["params"]}
    assert undecayed == {name for name in rates if name.endswith("bias") or "LayerNorm" in name}


def test_an_adapter_learns_and_is_merged(encoder: Path, run_recipe: RunRecipe, tmp_path: Path) -> None:
    settings = {**SHORT, "epochs": 6, "pooling": "mean", "lora": {"rank": 8, "alpha": 16}, "learning_rate": 1e-2}
    events = run_recipe("reward", encoder, polite_answers(40, 10), settings)
    report = report_of(events)
    assert report["after"]["score"] > report["before"]["score"]
    assert not list((tmp_path / "run/artifacts/model").glob("adapter*"))
    rows = [("", "why 45", "the tree thanks"), ("", "why 45", "the tree sorry")]
    better, worse = load_reward_model(tmp_path / "run/artifacts/model").score(rows)
    assert better > worse


def test_what_cannot_be_learnt_from_is_told(encoder: Path, run_recipe: RunRecipe) -> None:
    rows = polite_answers(4, 0)
    failed = run_recipe("reward", encoder, rows, SHORT, "no-validation")[-1]
    assert (failed["type"], failed["code"]) == ("failed", "invalid_data")
    failed = run_recipe("reward", encoder / "none", polite_answers(4, 4), SHORT, "no-model")[-1]
    assert (failed["type"], failed["code"]) == ("failed", "unknown_model")


def test_a_model_without_a_trained_head_is_no_reward_model(encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFailure, match=r"no reward model: .*classifier.weight.*random") as refused:
        load_reward_model(encoder)
    assert refused.value.code == "unknown_model"
    three = BertForSequenceClassification(BertConfig.from_pretrained(encoder, num_labels=3))
    three.save_pretrained(tmp_path / "three")
    tiny_tokenizer().save_pretrained(tmp_path / "three")
    with pytest.raises(RunFailure, match=r"classifier.weight.*another shape"):
        load_reward_model(tmp_path / "three")
    save_reward_model(new_reward_model(str(encoder), RewardConfig("cross_encoder", 32)), tmp_path / "own")
    load_reward_model(tmp_path / "own")
    (tmp_path / "own/head.safetensors").unlink()
    with pytest.raises(RunFailure, match=r"head\.safetensors"):
        load_reward_model(tmp_path / "own")


def test_weights_of_nothing_are_refused(encoder: Path, run_recipe: RunRecipe) -> None:
    nothing = {**SHORT, "mse_weight": 0, "ranking_weight": 0, "centring": 0.1}
    failed = run_recipe("reward", encoder, polite_answers(4, 4), nothing)[-1]
    assert (failed["type"], failed["code"]) == ("failed", "invalid_spec")
    assert "ranking_weight" in failed["message"]


def defaults() -> dict[str, Any]:
    return complete(settings_schema("reward"), {})
