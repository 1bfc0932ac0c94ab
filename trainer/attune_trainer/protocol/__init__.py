"""The run protocol: what a trainer is asked to do (`spec.json`) and what it says (`events.jsonl`).

The schemas beside this file are made from Attune's contracts (packages/contracts/src/trainer); they are the one
source of fields, ranges and defaults on both ends.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from attune_trainer.failures import RunFailure

PROTOCOL = 1
_FOLDER = Path(__file__).parent


def read_spec(path: Path) -> dict[str, Any]:
    """A run's spec, with every default filled in.

    Raises RunFailure `invalid_spec`, naming the field, when it does not fit the schema.
    """
    try:
        spec = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunFailure("invalid_spec", f"The spec {path.name} cannot be read: {error}") from error
    if not isinstance(spec, dict):
        raise RunFailure("invalid_spec", "The spec is not an object.")
    recipes = _by_constant("run-spec", "recipe")
    recipe = spec.get("recipe")
    if recipe not in recipes:
        raise RunFailure("invalid_spec", f"Unknown recipe {recipe!r}; there are {', '.join(recipes)}.")
    return complete(recipes[recipe], spec)


def complete(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """A value with the schema's defaults filled in. Raises RunFailure `invalid_spec` when it does not fit."""
    error = next(iter(sorted(Draft202012Validator(schema).iter_errors(value), key=lambda e: list(e.path))), None)
    if error is not None:
        where = ".".join(str(part) for part in error.absolute_path) or "spec"
        raise RunFailure("invalid_spec", f"{where}: {error.message}")
    return _filled(schema, value)


def settings_schema(recipe: str) -> dict[str, Any]:
    """The schema of a recipe's hyperparameters."""
    return _by_constant("run-spec", "recipe")[recipe]["properties"]["hyperparameters"]


def check_event(event: dict[str, Any]) -> None:
    """Raises RunFailure `internal` when an event does not fit the protocol."""
    schema = _by_constant("run-event", "type").get(event.get("type", ""))
    if schema is None:
        raise RunFailure("internal", f"no event {event.get('type')!r} in the protocol")
    error = next(_validator(event["type"]).iter_errors(event), None)
    if error is not None:
        raise RunFailure("internal", f"event {event['type']}: {error.message}")


@cache
def _validator(event_type: str) -> Draft202012Validator:
    return Draft202012Validator(_by_constant("run-event", "type")[event_type])


@cache
def _by_constant(name: str, discriminator: str) -> dict[str, dict[str, Any]]:
    schema = json.loads((_FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return {branch["properties"][discriminator]["const"]: branch for branch in schema["oneOf"]}


def _filled(schema: dict[str, Any], value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    schema = _branch(schema, value)
    filled = dict(value)
    for name, field in schema.get("properties", {}).items():
        if name in filled:
            filled[name] = _filled(field, filled[name])
        elif "default" in field:
            filled[name] = _filled(field, field["default"])
    return filled


def _branch(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Of alternatives the first that the value fits."""
    for choice in schema.get("oneOf", schema.get("anyOf", [])):
        if choice.get("type") == "object" and Draft202012Validator(choice).is_valid(value):
            return choice
        if "oneOf" in choice or "anyOf" in choice:
            return _branch(choice, value)
    return schema
