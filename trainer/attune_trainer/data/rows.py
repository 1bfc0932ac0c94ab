"""Rows of a frozen data set: ratings, pairs and judged steps, one JSON object a line (Attune's snapshot)."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attune_trainer.failures import RunFailure


@dataclass(frozen=True)
class Rating:
    """One rated answer; rating in stars, 1 to 5."""

    query: str
    response: str
    rating: float
    dimensions: dict[str, float]
    context: str = ""
    # What errors are told by, where a row names them.
    category: str = ""
    user_group: str = ""


@dataclass(frozen=True)
class Pair:
    """Two answers to one question; strength of the preference 0 to 1."""

    query: str
    chosen: str
    rejected: str
    strength: float
    context: str = ""


@dataclass(frozen=True)
class Part:
    """The rows of one split."""

    ratings: list[Rating]
    pairs: list[Pair]

    def queries(self) -> list[str]:
        """Each question once, in the order of the rows."""
        return list(dict.fromkeys(row.query for row in [*self.ratings, *self.pairs]))


@dataclass(frozen=True)
class Rows:
    """A data set; questions of one part never stand in the other."""

    train: Part
    validation: Part


def read_rows(path: Path, sha256: str | None = None) -> Rows:
    """A data set from its snapshot. Raises RunFailure `invalid_data`, naming the line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RunFailure("invalid_data", f"The data set cannot be read: {error}") from error
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise RunFailure(
            "invalid_data", "The data set is not the one that was frozen: its SHA-256 differs. Send it again."
        )
    rows = Rows(Part([], []), Part([], []))
    # Not splitlines: a line of JSON may hold U+2028, which is a line end to Python.
    for number, line in enumerate(content.decode("utf-8", errors="replace").split("\n"), start=1):
        if line.strip():
            _add(rows, line, number)
    if not (rows.train.ratings or rows.train.pairs):
        raise RunFailure("invalid_data", "The data set has no training rows.")
    return rows


def _add(rows: Rows, line: str, number: int) -> None:
    try:
        row: dict[str, Any] = json.loads(line)
        part = {"train": rows.train, "validation": rows.validation}[row["split"]]
        context = row.get("context") or ""
        if row["type"] == "rating":
            dimensions = row.get("rating_dimensions") or {}
            labels = row.get("category") or "", row.get("user_group") or ""
            rating = Rating(row["query"], row["response"], float(row["rating"]), dimensions, context, *labels)
            part.ratings.append(rating)
        elif row["type"] == "pair":
            pair = Pair(row["query"], row["chosen"], row["rejected"], float(row["strength"]), context)
            part.pairs.append(pair)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunFailure("invalid_data", f"Line {number} of the data set is no row of a snapshot: {error!r}") from error
