"""The protocol: one schema for both ends, defaults from it, events checked against it."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from attune_trainer.events import EventLog
from attune_trainer.failures import RunFailure
from attune_trainer.protocol import read_spec, settings_schema
from attune_trainer.settings import (
    ConstitutionalSettings,
    DpoSettings,
    PpoSettings,
    RewardSettings,
    SftSettings,
    read_settings,
)

RECIPES = {
    "reward": RewardSettings,
    "sft": SftSettings,
    "dpo": DpoSettings,
    "ppo": PpoSettings,
    "constitutional": ConstitutionalSettings,
}


def spec(**changes: object) -> dict[str, object]:
    data = {"name": "d", "path": "data.jsonl"}
    return {
        "protocol": 1,
        "run_id": "r",
        "recipe": "dpo",
        "base_model": "m",
        "data": data,
        "hyperparameters": {},
        **changes,
    }


def written(folder: Path, value: object) -> Path:
    path = folder / "spec.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


@pytest.mark.parametrize("recipe", RECIPES)
def test_settings_have_the_fields_of_the_schema(recipe: str) -> None:
    own = {field.name.rstrip("_") for field in fields(RECIPES[recipe])}
    assert own == set(settings_schema(recipe)["properties"])


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    read = read_spec(written(tmp_path, spec(hyperparameters={"lora": {"rank": 4}})))
    settings = read_settings(DpoSettings, read["hyperparameters"])
    assert settings.beta == 0.1
    assert settings.lora is not None
    assert (settings.lora.rank, settings.lora.alpha) == (4, 32)
    assert read["revision"] is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"recipe": "magic"}, "magic"),
        ({"protocol": 2}, "protocol"),
        ({"hyperparameters": {"beta": -1}}, "hyperparameters.beta"),
        ({"hyperparameters": {"bata": 1}}, "bata"),
    ],
)
def test_a_spec_that_does_not_fit_is_refused_by_name(tmp_path: Path, change: dict[str, object], named: str) -> None:
    with pytest.raises(RunFailure, match=named) as refused:
        read_spec(written(tmp_path, spec(**change)))
    assert refused.value.code == "invalid_spec"


def test_events_go_on_counting_behind_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    events = EventLog(path)
    events.say("log", level="info", message="one")
    events.close()
    with path.open("a") as file:
        file.write('{"sequence": 2, "at": "20')
    events = EventLog(path)
    events.say("log", level="info", message="two\u2028lines")
    events.close()
    lines = [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]
    assert [line["sequence"] for line in lines] == [1, 2]


def test_an_event_that_the_protocol_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFailure, match="no event"):
        EventLog(tmp_path / "events.jsonl").say("news", text="?")


def test_a_number_that_is_none_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    EventLog(path).metrics(3, {"loss": float("nan"), "kl": 0.5})
    first, second = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    assert first["values"] == {"kl": 0.5}
    assert "loss" in second["message"]
