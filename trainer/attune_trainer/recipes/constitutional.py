"""Constitutional AI: a model answers, criticises and revises itself, and judges, all by written principles.

Setup      Any model behind an OpenAI-compatible endpoint; nothing is trained here.
Data       Every question of the run's data set, with its split.
Revision   For each question some answers; for each answer rounds of critique and revision, by a drawn principle each.
Judging    Every two neighbouring answers of a question that differ, by a drawn principle, asked in both orders.
Evaluation Votes for the first place, which shows how much order decides; ties and unreadable votes counted.
Export     data/revisions.jsonl and data/preferences.jsonl, each row marked `source: model`; report.json.

Deviations from Bai et al. 2022 (arXiv:2212.08073): two votes in swapped orders instead of the probabilities of both
letters, which many endpoints do not give; a pair on which they disagree is a tie and dropped. No examples are shown.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from attune_trainer.chat_endpoint import ChatEndpoint, Message, said
from attune_trainer.data.rows import read_rows
from attune_trainer.intervals import ratio_interval
from attune_trainer.principles import Principle, read_principles
from attune_trainer.run import Run
from attune_trainer.settings import ConstitutionalSettings, read_settings

ONLY_THE_ANSWER = "Reply with the rewritten answer only."
ONE_LETTER = "Reply with one letter only: A or B."
LETTER = re.compile(r"\W*(?:answer|option)?\W*([AB])\W*", re.IGNORECASE)

Vote = Literal["first", "second", "unreadable"]


@dataclass(frozen=True)
class Asked:
    """A question of the data set."""

    split: str
    query: str
    context: str

    def message(self) -> Message:
        return said("user", f"{self.context}\n\n{self.query}" if self.context else self.query)


@dataclass(frozen=True)
class Revised:
    """An answer from its first version to its last."""

    versions: list[str]
    critiques: list[str]
    principles: list[str]


@dataclass(frozen=True)
class Judged:
    """Two answers, by their places, with the vote in their order and the vote in the other one."""

    first: int
    second: int
    principle: str
    in_order: Vote
    swapped: Vote

    @property
    def winner(self) -> int | None:
        """The answer that both votes name; None where they differ or cannot be read."""
        if (self.in_order, self.swapped) == ("first", "second"):
            return self.first
        return self.second if (self.in_order, self.swapped) == ("second", "first") else None


@dataclass(frozen=True)
class Considered:
    """What the model made of one question."""

    split: str
    query: str
    context: str
    answers: list[Revised]
    judged: list[Judged]


def train(run: Run) -> dict[str, Any]:
    """Makes preferences and revisions from the run's questions. Returns the report."""
    # Setup
    settings = read_settings(ConstitutionalSettings, run.spec["hyperparameters"])
    principles = read_principles(settings.principles)
    endpoint = ChatEndpoint(settings.url, settings.model, settings.key_variable)

    # Data
    rows = read_rows(run.data_path, run.spec["data"]["sha256"])
    parts = (("train", rows.train), ("validation", rows.validation))
    given = [(split, row) for split, part in parts for row in (*part.ratings, *part.pairs)]
    asked = list(dict.fromkeys(Asked(split, row.query, row.context) for split, row in given))

    # Revision and judging
    kept = run.folder / "considered.jsonl"
    considered = _read(kept)
    left = [question for question in asked if (question.query, question.context) not in considered]
    with ThreadPoolExecutor(settings.concurrency) as threads, kept.open("a", encoding="utf-8") as file:
        for at in range(0, len(left), settings.concurrency):
            run.stop_if_asked(len(considered))
            together = left[at : at + settings.concurrency]
            for result in threads.map(lambda one: consider(one, endpoint, principles, settings), together):
                considered[result.query, result.context] = result
                file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
            file.flush()
            run.progress(
                "revising and judging", len(considered), len(asked), 0.02 + 0.95 * len(considered) / len(asked)
            )
    results = [considered[question.query, question.context] for question in asked]

    # Evaluation
    report = {"recipe": "constitutional", "model": settings.model, "questions": len(asked), **_counted(results)}

    # Export
    preferences = [row for result in results for row in preference_rows(result, settings.model)]
    revisions = [row for result in results for row in revision_rows(result, settings.model)]
    for name, made in (("preferences", preferences), ("revisions", revisions)):
        path = run.artifacts / "data" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
        run.artifact(path, "data")
    run.write_report(report)
    return report


def consider(
    asked: Asked, endpoint: ChatEndpoint, principles: Sequence[Principle], settings: ConstitutionalSettings
) -> Considered:
    """Answers a question, revises the answers and judges neighbours."""
    # Drawn from the question, so that a resumed run draws the same principles.
    chance = random.Random(f"{settings.seed}/{asked.context}/{asked.query}")
    answers = [
        _revised(asked, endpoint, chance.choices(principles, k=settings.revisions), settings.temperature)
        for _ in range(settings.candidates)
    ]
    texts = [answer.versions[-1] for answer in answers]
    judged = [
        _judged(asked, endpoint, chance.choice(principles), texts, (first, second))
        for first, second in pairwise(range(len(texts)))
        if texts[first] != texts[second]
    ]
    return Considered(asked.split, asked.query, asked.context, answers, judged)


def _revised(asked: Asked, endpoint: ChatEndpoint, principles: Sequence[Principle], temperature: float) -> Revised:
    versions = [endpoint.ask([asked.message()], temperature)]
    critiques = []
    for principle in principles:
        talk = [asked.message(), said("assistant", versions[-1]), said("user", principle.critique)]
        critiques.append(endpoint.ask(talk, temperature))
        talk += [said("assistant", critiques[-1]), said("user", f"{principle.revision} {ONLY_THE_ANSWER}")]
        versions.append(endpoint.ask(talk, temperature))
    return Revised(versions, critiques, [principle.name for principle in principles])


def _judged(
    asked: Asked, endpoint: ChatEndpoint, principle: Principle, texts: Sequence[str], pair: tuple[int, int]
) -> Judged:
    first, second = pair
    in_order = _vote(asked, endpoint, principle, texts[first], texts[second])
    swapped = _vote(asked, endpoint, principle, texts[second], texts[first])
    return Judged(first, second, principle.name, in_order, swapped)


def _vote(asked: Asked, endpoint: ChatEndpoint, principle: Principle, one: str, other: str) -> Vote:
    question = asked.message()["content"]
    request = f"Question:\n{question}\n\nAnswer A:\n{one}\n\nAnswer B:\n{other}\n\n{principle.judge} {ONE_LETTER}"
    return read_vote(endpoint.ask([said("user", request)], temperature=0.0))


def read_vote(reply: str) -> Vote:
    """Which place a judge's reply names: its first line must be the letter alone, or "Answer A"."""
    letter = LETTER.fullmatch(reply.strip().split("\n")[0])
    if letter is None:
        return "unreadable"
    return "first" if letter[1].upper() == "A" else "second"


def preference_rows(result: Considered, model: str) -> Iterator[dict[str, Any]]:
    """A pair for every comparison that both orders decide alike, with both votes."""
    for judged in result.judged:
        if judged.winner is None:
            continue
        loser = judged.first + judged.second - judged.winner
        yield {
            "type": "pair",
            "split": result.split,
            "query": result.query,
            **({"context": result.context} if result.context else {}),
            "chosen": result.answers[judged.winner].versions[-1],
            "rejected": result.answers[loser].versions[-1],
            "strength": 1.0,
            "source": "model",
            "model": model,
            "principle": judged.principle,
            "votes": {"in_order": judged.in_order, "swapped": judged.swapped},
        }


def revision_rows(result: Considered, model: str) -> Iterator[dict[str, Any]]:
    """Every answer with its critiques and its last version, for supervised learning."""
    for answer in result.answers:
        yield {
            "split": result.split,
            "query": result.query,
            **({"context": result.context} if result.context else {}),
            "response": answer.versions[-1],
            "first_response": answer.versions[0],
            "critiques": answer.critiques,
            "principles": answer.principles,
            "source": "model",
            "model": model,
        }


def _counted(results: Sequence[Considered]) -> dict[str, Any]:
    comparisons = [(result, judged) for result in results for judged in result.judged]
    unreadable = sum("unreadable" in (judged.in_order, judged.swapped) for _, judged in comparisons)
    decided = sum(judged.winner is not None for _, judged in comparisons)
    votes = [
        (float(vote == "first"), result.query)
        for result, judged in comparisons
        for vote in (judged.in_order, judged.swapped)
        if vote != "unreadable"
    ]
    firsts, queries = [first for first, _ in votes], [query for _, query in votes]
    return {
        "answers": sum(len(result.answers) for result in results),
        "comparisons": len(comparisons),
        "preferences": decided,
        "ties": len(comparisons) - decided - unreadable,
        "unreadable": unreadable,
        # One half where order does not matter.
        "share_of_first_place": ratio_interval(firsts, [1.0] * len(firsts), queries) if firsts else None,
        "by_principle": dict(Counter(judged.principle for _, judged in comparisons)),
    }


def _read(path: Path) -> dict[tuple[str, str], Considered]:
    """What an earlier attempt has got, by question and context; a torn last line is left out."""
    found: dict[tuple[str, str], Considered] = {}
    if not path.exists():
        return found
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        path.write_bytes(whole)
    for line in whole.decode().split("\n"):
        if line:
            entry = json.loads(line)
            entry["answers"] = [Revised(**answer) for answer in entry["answers"]]
            entry["judged"] = [Judged(**judged) for judged in entry["judged"]]
            found[entry["query"], entry["context"]] = Considered(**entry)
    return found
