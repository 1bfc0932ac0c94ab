"""Principles that a model judges itself by: a list in YAML."""

from dataclasses import dataclass, fields
from importlib import resources

import yaml

from attune_trainer.failures import RunFailure


@dataclass(frozen=True)
class Principle:
    """Requests to a model, each a sentence or two."""

    name: str
    critique: str
    """What to look for in its answer."""
    revision: str
    """How to rewrite it."""
    judge: str
    """Which of two answers is better."""


def read_principles(text: str | None) -> list[Principle]:
    """Principles from YAML; Attune's own from None. Raises RunFailure `invalid_spec`, naming the place."""
    if text is None:
        text = resources.files("attune_trainer").joinpath("principles.yaml").read_text("utf-8")
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RunFailure("invalid_spec", f"hyperparameters.principles is no YAML: {error}") from error
    if not isinstance(found, list) or not found:
        raise RunFailure("invalid_spec", "hyperparameters.principles: a list with at least one principle is wanted.")
    return [_principle(entry, place) for place, entry in enumerate(found, start=1)]


def _principle(entry: object, place: int) -> Principle:
    wanted = [field.name for field in fields(Principle)]
    if not isinstance(entry, dict) or set(entry) != set(wanted):
        raise RunFailure("invalid_spec", f"hyperparameters.principles: principle {place} needs {', '.join(wanted)}.")
    for name in wanted:
        if not isinstance(entry[name], str) or not entry[name].strip():
            raise RunFailure("invalid_spec", f"hyperparameters.principles: {name} of principle {place} is no text.")
    return Principle(**entry)
