"""A base model of the wrong kind is refused at once, whatever the data are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from story_rows import STORY_MODEL, of_type
from tiny_encoder import tiny_encoder
from transformers import AutoConfig

REWARD = {"kind": "local", "model": "nowhere"}


def a_config(folder: Path, kind: str, named: str) -> Path:
    """A folder with a configuration alone: nothing else is looked at."""
    AutoConfig.for_model(kind, architectures=[named]).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("recipe", "settings", "kind", "named", "told"),
    [
        ("sft", {}, "bert", "BertForMaskedLM", "needs a language model"),
        ("dpo", {}, "roberta", "RobertaModel", "needs a language model"),
        ("ppo", {"reward": REWARD}, "llama", "LlamaForSequenceClassification", "needs a language model"),
        ("sft", {}, "t5", "T5ForConditionalGeneration", "needs a language model"),
        ("reward", {}, "llama", "LlamaForCausalLM", "set architecture to decoder"),
        ("reward", {"architecture": "decoder"}, "bert", "BertForMaskedLM", "set architecture to cross_encoder"),
    ],
)
def test_the_wrong_kind_is_named_before_data_are_read(
    recipe: str,
    settings: dict[str, Any],
    kind: str,
    named: str,
    told: str,
    run_recipe: Callable[..., list[dict[str, Any]]],
    tmp_path: Path,
) -> None:
    events = run_recipe(recipe, a_config(tmp_path / "base", kind, named), [], settings)
    assert (events[-1]["type"], events[-1]["code"]) == ("failed", "unknown_model")
    assert named in events[-1]["message"] and told in events[-1]["message"]
    assert not of_type(events, "progress")


@pytest.mark.parametrize(
    ("recipe", "settings", "base"),
    [
        ("sft", {}, lambda folder: STORY_MODEL),
        ("reward", {}, tiny_encoder),
        ("reward", {}, lambda folder: a_config(folder, "bert", "BertForMaskedLM")),
        ("reward", {"architecture": "decoder"}, lambda folder: STORY_MODEL),
        ("reward", {"architecture": "decoder"}, lambda folder: a_config(folder, "llama", "LlamaModel")),
    ],
)
def test_the_right_kind_goes_on_to_the_data(
    recipe: str,
    settings: dict[str, Any],
    base: Callable[[Path], Path],
    run_recipe: Callable[..., list[dict[str, Any]]],
    tmp_path: Path,
) -> None:
    assert run_recipe(recipe, base(tmp_path / "base"), [], settings)[-1]["code"] == "invalid_data"
