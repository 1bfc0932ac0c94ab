"""Little data sets for the story model."""

from pathlib import Path
from typing import Any

STORY_MODEL = Path(__file__).parent / "fixtures" / "stories260K-hf"

HEROES = ("cat", "dog", "bird", "frog", "boy", "girl", "bear", "fish", "mouse", "cow")
PLACES = ("in the park", "at home", "by the big tree", "near the sea")


def asked() -> list[str]:
    """Forty beginnings of stories."""
    return [f"Once upon a time there was a {hero} {place}." for hero in HEROES for place in PLACES]


def pairs(train: int = 16, validation: int = 6) -> list[dict[str, Any]]:
    """A happy end preferred to a sad one, behind prompts and answers of different lengths."""
    return [
        {
            "type": "pair",
            "split": "train" if place < train else "validation",
            "query": query,
            "chosen": " It was very happy." + " They played and had fun." * (place % 3),
            "rejected": " It was so sad and cried." + " It was lost." * (place % 2),
            "strength": 1.0,
        }
        for place, query in enumerate(asked()[: train + validation])
    ]


def ratings(train: int = 16, validation: int = 6) -> list[dict[str, Any]]:
    """A good answer to every question, and a bad one to every second."""
    rows = []
    for place, pair in enumerate(pairs(train, validation)):
        common = {"type": "rating", "split": pair["split"], "query": pair["query"]}
        rows.append({**common, "response": pair["chosen"], "rating": 5})
        if place % 2:
            rows.append({**common, "response": pair["rejected"], "rating": 1})
    return rows


def of_type(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The events of one type."""
    return [event for event in events if event["type"] == kind]


def training_metrics(events: list[dict[str, Any]]) -> list[dict[str, float]]:
    """What was measured at each training step, in order."""
    return [event["values"] for event in of_type(events, "metrics") if "loss" in event["values"]]
