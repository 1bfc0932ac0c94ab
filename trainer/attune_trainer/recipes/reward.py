"""Reward models from ratings and preferences.

Setup      AdamW, linear warm-up then cosine, clipped gradients, weight decay on matrices only; a learning rate of its
           own for the head, and one that shrinks by `layer_decay` with each layer below.
Data       Ratings (averaged by answer, 1–5 stars as 0–1) and pairs, gathered by question, so that an answer is read
           once a step; where nothing was compared, pairs are formed from different ratings of one question.
Model      Cross-encoder `[CLS] context [SEP] query [SEP] response [SEP]` → pooling → dropout → linear, or a decoder
           with a scalar head on its last token. With pooling `interaction` question and answer are read apart and
           meet as u, v, |u − v|, u⊙v (Reimers & Gurevych 2019, arXiv:1908.10084). With `features`, similarities and
           overlaps of both join at the head; with `fit_head_first` it starts from a ridge regression on the frozen
           encoder.
Loss       α · mean (σ(logit) − rating)² + β · mean −log σ(chosen − rejected − margin · strength)
           + centring · mean (chosen + rejected)², and the first term likewise for each rated dimension.
Evaluation Pair accuracy on held-out questions chooses the weights (without pairs: squared error). The report has
           intervals over questions, beside the commonest rating, length alone and a linear model.
Export     A folder for `load_reward_model`, ONNX, report.json.

Deviations from usual practice (Ouyang et al. 2022, arXiv:2203.02155, section 3.5): ratings are learnt beside pairs;
an encoder is trained for several epochs, with early stopping, where large decoders overfit in one.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy
import torch
from torch import Tensor

from attune_trainer.data.questions import Question, training_questions, validation_questions
from attune_trainer.data.rows import Rows, read_rows
from attune_trainer.evaluation.baselines import baseline_scores
from attune_trainer.evaluation.errors import errors_by
from attune_trainer.evaluation.held_out import Floats, HeldOut, held_out
from attune_trainer.evaluation.linear_model import Ridge, chosen_ridge
from attune_trainer.evaluation.measures import differences, measured, pair_hits, reliability
from attune_trainer.failures import RunFailure
from attune_trainer.loop import Plan, computing, optimise
from attune_trainer.losses.reward import centring_penalty, ranking_loss, rating_errors
from attune_trainer.model_kind import require_reward_base
from attune_trainer.onnx_export import SERVED, export_onnx
from attune_trainer.optimisation import Group, decayed_groups
from attune_trainer.reward_calibration import Calibration, cross_fitted, fit_calibration
from attune_trainer.reward_model import (
    RewardConfig,
    RewardModel,
    logits_of,
    new_reward_model,
    save_reward_model,
    text_embeddings,
)
from attune_trainer.run import Run
from attune_trainer.scoring_file import write_scoring_file
from attune_trainer.settings import RewardSettings, read_settings

# Ratings below which scores are left as the sigmoid gives them.
ENOUGH_TO_CALIBRATE = 50
LAYER = re.compile(r"\.(?:layer|layers|h|block|blocks)\.(\d+)\.")


def train(run: Run) -> dict[str, Any]:
    """Trains a reward model on the run's data set. Returns the report."""
    # Setup
    settings = read_settings(RewardSettings, run.spec["hyperparameters"])
    name, revision = run.spec["base_model"], run.spec["revision"]
    require_reward_base(name, settings.architecture, revision)

    # Data
    run.progress("reading data", 0, 1, 0.0)
    rows = read_rows(run.data_path, run.spec["data"]["sha256"])
    learnt, validation = training_questions(rows), validation_questions(rows)
    assert_judged(learnt, "training")
    assert_judged(validation, "validation")

    # Model
    config = RewardConfig(
        architecture=settings.architecture,
        max_length=settings.max_length,
        pooling=settings.pooling,
        dropout=settings.dropout,
        dimensions=rated_dimensions(rows) if settings.dimensions else [],
        features=settings.features,
    )
    model = new_reward_model(name, config, revision, settings.lora)

    # Baselines, of which the linear one reads the encoder as it was
    run.progress("baselines", 0, 1, 0.01)
    held = held_out(validation)
    others = baseline_scores(held_out(learnt), held, lambda texts: text_embeddings(model, texts))

    # Head
    if settings.features or settings.fit_head_first:
        run.progress("reading answers", 0, 1, 0.015)
        prepare_head(model, learnt, settings.fit_head_first)
    freeze(model, settings.frozen_layers)

    # Loss and loop
    task = RewardTask(model, validation, settings)
    plan = Plan.of(settings, settings.evaluations)
    best = optimise(
        run, model, [task.read(question) for question in learnt], task, lambda: groups(model, settings), settings, plan
    )

    # Evaluation
    run.progress("evaluating", 0, 1, 0.93)
    logits = task.validation_logits()[:, 0].double().numpy()
    scores = Calibration().score(logits)
    calibration, on_other_questions = calibrated(logits, held)
    model.config = replace(model.config, calibration=calibration)
    baselines = {other: measured(held, found) for other, found in others.items()}
    report = {
        "recipe": "reward",
        "base_model": name,
        "data": {
            "train": counted(learnt),
            "validation": counted(validation),
            "pairs": "given" if rows.train.pairs else "formed from ratings",
        },
        "best_step": best.step,
        # A head that was fitted first makes another model than the base, be it the best before the first step.
        "better_than_base": best.step > 0 or settings.fit_head_first,
        "before": best.before,
        "after": best.metrics,
        "note": "Measured on the questions that chose the step, so slightly optimistic; calibrated scores by a "
        "calibration from the other half of the questions.",
        # What the server's registry reads: scores as they are served, beside length alone.
        "metrics": {
            "n": len(held.rated),
            **measured(held, on_other_questions),
            "baselines": {"majority": baselines["majority"], "length": baselines["length_only"]},
        },
        "model": measured(held, scores),
        "calibrated": {"calibration": asdict(calibration), **measured(held, on_other_questions)},
        "baselines": baselines,
        "better_than": {other: differences(held, scores, found) for other, found in others.items()},
        "reliability": reliability(held, on_other_questions),
        "errors": errors_by(held, scores),
    }

    # Export
    run.progress("exporting", 0, 1, 0.95)
    save_reward_model(model, run.artifacts / "model")
    run.artifact(run.artifacts / "model", "model")
    if settings.onnx != "none":
        report["onnx"] = export_onnx(model, held, run.artifacts / "onnx", eight_bits=settings.onnx == "int8_if_as_good")
        run.artifact(run.artifacts / "onnx", "onnx")
        if report["onnx"]["served"] == SERVED:
            write_scoring_file(run.artifacts / "scorer" / "reward.attune", run.artifacts / "onnx")
            run.artifact(run.artifacts / "scorer", "scorer")
        else:
            run.log(f"The server cannot score with this model ({report['onnx']['served']}).", level="warning")
    run.write_report(report)
    return report


def prepare_head(model: RewardModel, questions: Sequence[Question], fit: bool) -> None:
    """Learns from training answers what features are standardised by; with `fit` fits the overall head on them.

    The head is fitted on the encoder as it is, by ridge regression: a random one would first bend the pretrained
    features out of shape (Kumar et al. 2022, arXiv:2202.10054).
    """
    held = held_out(questions)
    rows = model.rows([judged.answer for judged in held.answers])
    if model.features is not None:
        model.features.learn_rarity(rows)
    pooled = raw_pooled(model, rows)
    hidden, features = pooled[:, : model.pooled_width], pooled[:, model.pooled_width :]
    if model.features is not None:
        model.features.learn_scale(features)
        features = model.features.standardised(features)
    if fit:
        fit_head(model, held, hidden.double().numpy(), features.double().numpy())


def fit_head(model: RewardModel, held: HeldOut, hidden: Floats, features: Floats, ridge: Ridge = chosen_ridge) -> None:
    """Sets the overall head to a ridge regression on pooled hidden states and features, both (answers, columns)."""
    center, ones = hidden.mean(0), numpy.ones((len(hidden), 1))
    factor, weights = ridge(
        held, lambda factor: numpy.concatenate([ones, (hidden - center) * factor, features], axis=1)
    )
    weights[1 : 1 + len(center)] *= factor
    # σ has slope ¼ at its middle, where its argument is 0.
    weights = 4 * weights
    with torch.no_grad():
        model.head.weight[0].copy_(torch.from_numpy(weights[1:]))
        if model.head.bias is not None:
            model.head.bias[0] = weights[0] - 2 - weights[1 : 1 + len(center)] @ center


@torch.no_grad()
def raw_pooled(model: RewardModel, rows: Sequence[list[int]]) -> Tensor:
    """What the head reads of each row, without dropout and with features as they are; fp32 on the CPU."""
    model.eval()

    def read(**batch: Tensor) -> Tensor:
        return model.pooled(**batch, standardised=False)

    return logits_of(read, rows, model.tokenizer.pad_token_id).float().cpu()


def freeze(model: RewardModel, layers: int) -> None:
    """Leaves the lowest layers as they are, with the embeddings; 0 trains everything."""
    if layers:
        for name, parameter in model.encoder.named_parameters():
            layer = _layer(name)
            if layer is not None and layer < layers:
                parameter.requires_grad_(False)


@dataclass(frozen=True)
class ReadQuestion:
    """A question's answers as token ids, with what is known about them."""

    rows: list[list[int]]
    question: Question


@dataclass(frozen=True)
class RewardBatch:
    """Answers of some questions; ratings, dimensions and pairs point into them."""

    rows: list[list[int]]
    rated: list[int]
    ratings: Tensor
    # Place of the answer, and of the head.
    dimensioned: list[tuple[int, int]]
    dimension_ratings: Tensor
    chosen: list[int]
    rejected: list[int]
    strengths: Tensor


class RewardTask:
    """Errors of ratings and the order of pairs, for the loop."""

    def __init__(self, model: RewardModel, validation: Sequence[Question], settings: RewardSettings):
        self._model = model
        self._settings = settings
        self._padding = model.tokenizer.pad_token_id
        self._validation = [self.read(question) for question in validation]
        self._held = held_out(validation)

    def read(self, question: Question) -> ReadQuestion:
        return ReadQuestion(self._model.rows([judged.answer for judged in question.answers]), question)

    def collate(self, rows: Sequence[ReadQuestion]) -> RewardBatch:
        heads = {name: 1 + at for at, name in enumerate(self._model.config.dimensions)}
        where = self._model.head.weight.device
        held = held_out([row.question for row in rows])
        dimensioned = [
            (at, heads[name], value)
            for at, judged in enumerate(held.answers)
            for name, value in judged.dimensions.items()
            if name in heads
        ]
        strengths = [pair.strength for row in rows for pair in row.question.pairs]
        return RewardBatch(
            rows=[ids for row in rows for ids in row.rows],
            rated=held.rated.tolist(),
            ratings=torch.tensor(held.ratings, dtype=torch.float32, device=where),
            dimensioned=[(at, head) for at, head, _ in dimensioned],
            dimension_ratings=torch.tensor([value for _, _, value in dimensioned], device=where),
            chosen=held.chosen.tolist(),
            rejected=held.rejected.tolist(),
            strengths=torch.tensor(strengths, device=where),
        )

    def counts(self, batch: RewardBatch) -> dict[str, float]:
        return {
            "ratings": len(batch.rated),
            "dimension_ratings": len(batch.dimensioned),
            "pairs": len(batch.chosen),
        }

    def loss(self, batch: RewardBatch, totals: dict[str, float]) -> tuple[Tensor, dict[str, float]]:
        settings = self._settings
        logits = logits_of(self._model, batch.rows, self._padding).float()
        chosen, rejected = logits[batch.chosen, 0], logits[batch.rejected, 0]
        ratings, pairs = max(1.0, totals["ratings"]), max(1.0, totals["pairs"])
        mse = rating_errors(logits[batch.rated, 0], batch.ratings) / ratings
        ranking = ranking_loss(chosen, rejected, batch.strengths, settings.margin) / pairs
        centring = centring_penalty(chosen, rejected) / pairs
        loss = settings.mse_weight * mse + settings.ranking_weight * ranking + settings.centring * centring
        if batch.dimensioned:
            own = logits[[at for at, _ in batch.dimensioned], [head for _, head in batch.dimensioned]]
            by_dimension = rating_errors(own, batch.dimension_ratings) / totals["dimension_ratings"]
            loss = loss + settings.mse_weight * by_dimension
        right = (chosen > rejected).sum().item() / pairs
        return loss, {"mse": mse.item(), "ranking_loss": ranking.item(), "pair_accuracy": right}

    def evaluate(self) -> dict[str, float]:
        held = self._held
        logits = self.validation_logits()[:, 0]
        found: dict[str, float] = {}
        errors = rating_errors(logits[held.rated], torch.tensor(held.ratings)).item()
        if len(held.rated):
            found["mse"] = errors / len(held.rated)
            found["score"] = -found["mse"]
        if len(held.chosen):
            chosen, rejected = logits[held.chosen], logits[held.rejected]
            found["ranking_loss"] = ranking_loss(chosen, rejected, torch.zeros_like(chosen), 0.0).item() / len(chosen)
            found["pair_accuracy"] = float(pair_hits(held, logits.double().numpy()).mean())
            # Among equally accurate weights the surer ones.
            found["score"] = found["pair_accuracy"] - 1e-4 * found["ranking_loss"]
        return found

    @torch.no_grad()
    def validation_logits(self) -> Tensor:
        """(validation answers, 1 + dimensions), fp32 on the CPU."""
        self._model.eval()
        with computing(self._settings.precision):
            rows = [ids for read in self._validation for ids in read.rows]
            return logits_of(self._model, rows, self._padding).float().cpu()


def groups(model: RewardModel, settings: RewardSettings) -> list[Group]:
    """Parameters with learning rates by layer, the topmost first (Howard & Ruder 2018, arXiv:1801.06146, section 3.2).

    The top layer has `learning_rate`, each below it `layer_decay` times the one above; embeddings count as the layer
    below the lowest. The head has `head_learning_rate`.
    """
    places = {name: _layer(name) for name, _ in model.encoder.named_parameters()}
    top = max((layer for layer in places.values() if layer is not None), default=0)
    by_layer: dict[int, list[tuple[str, torch.nn.Parameter]]] = {}
    for name, parameter in model.encoder.named_parameters():
        layer = places[name]
        by_layer.setdefault(top if layer is None else layer, []).append((name, parameter))
    found: list[Group] = []
    for layer in sorted(by_layer, reverse=True):
        rate = settings.learning_rate * settings.layer_decay ** (top - layer)
        found += decayed_groups(by_layer[layer], rate, settings.weight_decay)
    head = [(name, parameter) for name, parameter in model.named_parameters() if not name.startswith("encoder.")]
    return found + decayed_groups(head, settings.head_learning_rate or settings.learning_rate, settings.weight_decay)


def rated_dimensions(rows: Rows) -> list[str]:
    """Names of the dimensions that were rated in training, in alphabetical order."""
    return sorted({name for rating in rows.train.ratings for name in rating.dimensions})


def calibrated(logits: Floats, held: HeldOut) -> tuple[Calibration, Floats]:
    """The calibration of a model, and its scores by calibrations that were fitted on other questions."""
    if len(held.rated) < ENOUGH_TO_CALIBRATE:
        return Calibration(), Calibration().score(logits)
    scores = cross_fitted(logits, held.rated, held.ratings, held.queries)
    return fit_calibration(logits[held.rated], held.ratings), scores


def counted(questions: Sequence[Question]) -> dict[str, int]:
    """How much there is of what."""
    answers = [judged for question in questions for judged in question.answers]
    return {
        "questions": len({judged.answer.query for judged in answers}),
        "answers": len(answers),
        "rated": sum(judged.rating is not None for judged in answers),
        "pairs": sum(len(question.pairs) for question in questions),
    }


def assert_judged(questions: Sequence[Question], part: str) -> None:
    """Raises RunFailure `invalid_data` when there is neither a rating nor a pair."""
    counts = counted(questions)
    if counts["rated"] + counts["pairs"] == 0:
        raise RunFailure(
            "invalid_data",
            f"The data set has neither ratings nor pairs for {part}. Freeze one with both a training and a validation "
            "part.",
        )


def _layer(name: str) -> int | None:
    """The layer that a parameter of the encoder belongs to; −1 for embeddings, None for what stands above them all."""
    if found := LAYER.search(f".{name}"):
        return int(found.group(1))
    return -1 if re.search(r"embed|wte|wpe", name) else None
