"""A reward model in ONNX scores as it does in torch, at every length."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
from story_rows import STORY_MODEL, of_type
from tiny_encoder import WORDS, polite_answers, tiny_encoder
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel, AutoTokenizer

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.onnx_export import onnx_scores
from attune_trainer.reward_model import load_reward_model

SETTINGS = {"max_length": 64, "learning_rate": 3e-3, "warmup_steps": 0, "epochs": 3, "batch_size": 8}


def texts(count: int) -> list[Answer]:
    chance = random.Random(3)
    return [
        Answer(
            " ".join(chance.choices(WORDS, k=chance.randrange(6))),
            " ".join(chance.choices(WORDS, k=chance.randrange(1, 9))),
            " ".join(chance.choices(WORDS, k=at % 70)),
        )
        for at in range(count)
    ]


def tiny_decoder(folder: Path) -> Path:
    """One untrained layer of the story model: exporting takes its time by the layer."""
    config = AutoConfig.from_pretrained(STORY_MODEL, num_hidden_layers=1)
    AutoModel.from_config(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(STORY_MODEL).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("architecture", ["cross_encoder", "decoder"])
def test_scores_are_those_of_torch(architecture: str, run_recipe: Callable[..., Any], tmp_path: Path) -> None:
    base = (tiny_encoder if architecture == "cross_encoder" else tiny_decoder)(tmp_path / "base")
    pooling = "interaction" if architecture == "cross_encoder" else "first"
    settings = {**SETTINGS, "architecture": architecture, "pooling": pooling, "features": pooling == "interaction"}
    events = run_recipe("reward", base, polite_answers(24, 12), settings)
    assert events[-1]["type"] == "done", events[-1]
    told = events[-1]["report"]["onnx"]
    assert told["largest_difference_fp32"] < 1e-3
    folder = tmp_path / "run/artifacts/onnx"
    kept = "model.onnx" if told["kept"] == "fp32" else "model_int8.onnx"
    assert sorted(path.name for path in folder.iterdir()) == sorted([kept, "tokenizer.json", "attune.json"])
    assert told["kept"] == "fp32" or told["pair_accuracy_fp32"] - told["pair_accuracy_int8"] <= 0.005
    assert {event["name"] for event in of_type(events, "artifact") if event["kind"] == "onnx"} == {
        f"onnx/{name}" for name in (kept, "tokenizer.json", "attune.json")
    }

    scorer = load_reward_model(tmp_path / "run/artifacts/model")
    answers = texts(120)
    rows = scorer.model.rows(answers)
    assert len({len(row) for row in rows}) > 20
    exported = onnx_scores(folder / kept, rows, scorer.model.tokenizer.pad_token_id)
    difference = numpy.abs(exported - scorer.score(answers).numpy()).max()
    assert difference < (1e-3 if told["kept"] == "fp32" else 0.1)

    assert told["served"] == "yes"
    assert "scorer/reward.attune" in {event["name"] for event in of_type(events, "artifact")}

    # Another reader of the folder makes the same rows.
    described = json.loads((folder / "attune.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    layout = described["layout"]
    if architecture == "cross_encoder":
        answer = Answer("", "why", "because the tree")
        asked, said = (tokenizer.encode(text, add_special_tokens=False).ids for text in answer[1:])
        row = [layout["begin"], *asked, layout["separator"], *said, layout["separator"]]
        assert row == scorer.model.rows([answer])[0]


def test_none_is_written_where_none_is_wanted(run_recipe: Callable[..., Any], tmp_path: Path) -> None:
    run_recipe("reward", tiny_encoder(tmp_path / "base"), polite_answers(8, 8), {**SETTINGS, "onnx": "none"})
    assert not (tmp_path / "run/artifacts/onnx").exists()
