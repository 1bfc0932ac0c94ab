"""Direct preference optimisation: a policy learns from pairs, or from single judgements, without a reward model.

Setup      AdamW, linear warm-up then cosine, clipped gradients; all weights or a LoRA adapter.
Data       Pairs; where the data set has none, answers to one question whose mean ratings differ. KTO learns from
           rated answers by their mean (4 stars and more are good, 2 and fewer bad, those between are left out); where
           nothing is rated, from both sides of pairs.
Model      A causal language model without dropout; the reference is the same model before training, asked once.
Loss       sigmoid (DPO), with label smoothing cDPO; IPO; KTO. Means over the pairs or answers of a step.
Evaluation The same loss on held-out questions; the checkpoint with the lowest is kept.
Export     Merged weights, the adapter where there is one, report.json.

Deviations from the papers: AdamW instead of RMSprop (DPO, appendix B). IPO takes sums of log-probabilities, as
written; with `length_normalised` their means, as its authors advise. KTO's z is estimated over a whole step, from each
prompt with the answer to the next row's other question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from attune_trainer.answer_logprobs import AnswerLogprobs, answer_logprobs
from attune_trainer.data.completions import Completion, CompletionBatch, PromptFormat, collate, fitted
from attune_trainer.data.cut_answers import count_cut
from attune_trainer.data.questions import gathered, with_formed_pairs
from attune_trainer.data.rated_answers import disagreement, rated_answers
from attune_trainer.data.rows import Pair, Part, Rows, read_rows
from attune_trainer.device import device
from attune_trainer.failures import RunFailure
from attune_trainer.intervals import ratio_interval
from attune_trainer.loop import Plan, computing, optimise
from attune_trainer.losses.dpo import ipo_loss, kto_loss, sigmoid_loss
from attune_trainer.model_kind import require_policy
from attune_trainer.optimisation import decayed_groups
from attune_trainer.policy import Policy, load_policy, load_tokenizer
from attune_trainer.policy_export import export_policy, tell_samples
from attune_trainer.reference_logprobs import reference_logprobs
from attune_trainer.run import Run
from attune_trainer.settings import DpoSettings, read_settings

EVALUATIONS_PER_EPOCH = 4
GOOD_STARS, BAD_STARS = 4.0, 2.0


def train(run: Run) -> dict[str, Any]:
    """Tunes the base model on the run's preferences. Returns the report."""
    # Setup
    settings = read_settings(DpoSettings, run.spec["hyperparameters"])
    name, revision = run.spec["base_model"], run.spec["revision"]
    require_policy(name, revision)

    # Data
    run.progress("reading data", 0, 1, 0.0)
    rows = read_rows(run.data_path, run.spec["data"]["sha256"])

    # Model
    model = load_policy(name, revision, settings.lora)
    asked = PromptFormat(load_tokenizer(name, revision), model.generation_config)

    # Loss and loop
    kind = KtoTask if settings.loss == "kto" else PairTask
    task = kind(run, model, asked, rows, settings)
    cut = count_cut(run, task.answers, settings.max_length)
    plan = Plan.of(settings, EVALUATIONS_PER_EPOCH)
    best = optimise(
        run,
        model,
        task.train,
        task,
        lambda: decayed_groups(model.named_parameters(), settings.learning_rate, settings.weight_decay),
        settings,
        plan,
    )

    # Evaluation
    report = {
        "recipe": "dpo",
        "loss": settings.loss,
        "base_model": name,
        "rows": {"train": len(task.train), "validation": len(task.held_out)},
        "raters": {"train": raters(rows.train), "validation": raters(rows.validation)},
        "cut_answers": cut,
        "best_step": best.step,
        "better_than_base": best.step > 0,
        "before": best.before,
        "after": best.metrics,
        **task.intervals(),
    }

    # Export
    tell_samples(run, model, asked, task.questions, settings.max_length, best.step)
    export_policy(run, model, asked.tokenizer, report)
    return report


@dataclass(frozen=True)
class PairRow:
    """Two answers to one prompt, with their log-probabilities under the reference."""

    chosen: Completion
    rejected: Completion
    ref_chosen: float
    ref_rejected: float


@dataclass(frozen=True)
class PairBatch:
    """Chosen answers, then rejected ones; ref_logprobs (2 · pairs)."""

    answers: CompletionBatch
    ref_logprobs: Tensor
    pairs: int


@dataclass(frozen=True)
class LogRatios:
    """Log-ratios as the loss sees them, and log-probabilities by answer. (pairs) each"""

    chosen: Tensor
    rejected: Tensor
    logprobs_chosen: Tensor
    logprobs_rejected: Tensor


class PairTask:
    """DPO, cDPO and IPO on pairs, for the loop."""

    def __init__(self, run: Run, model: Policy, asked: PromptFormat, rows: Rows, settings: DpoSettings):
        self._model = model
        self._padding = asked.tokenizer.pad_token_id
        self._settings = settings
        learnt, held_out = preferences(rows.train), preferences(rows.validation)
        _need("pairs", len(learnt), len(held_out))
        self.questions = [(pair.query, pair.context) for pair in held_out]
        sides = [_sides(asked, pair, settings.max_length) for pair in [*learnt, *held_out]]
        answers = [side for pair in sides for side in pair]
        asked_once = reference_logprobs(run, model, answers, self._padding, settings.precision)
        pairs = [PairRow(*pair, *asked_once[2 * place : 2 * place + 2]) for place, pair in enumerate(sides)]
        self.train, self.held_out = pairs[: len(learnt)], pairs[len(learnt) :]
        self.answers = [side for pair in self.train for side in (pair.chosen, pair.rejected)]

    def collate(self, rows: Sequence[PairRow]) -> PairBatch:
        answers = [pair.chosen for pair in rows] + [pair.rejected for pair in rows]
        ref_logprobs = [pair.ref_chosen for pair in rows] + [pair.ref_rejected for pair in rows]
        return PairBatch(collate(answers, self._padding), torch.tensor(ref_logprobs, device=device()), len(rows))

    def counts(self, batch: PairBatch) -> dict[str, float]:
        return {"pairs": batch.pairs}

    def loss(self, batch: PairBatch, totals: dict[str, float]) -> tuple[Tensor, dict[str, float]]:
        ratios = self._log_ratios(batch)
        measured = {name: values.sum().item() / totals["pairs"] for name, values in self._measured(ratios).items()}
        return self._losses(ratios).sum() / totals["pairs"], measured

    def evaluate(self) -> dict[str, float]:
        measured = self._held_out()
        means = {name: sum(values) / len(values) for name, values in measured.items()}
        return {**means, "score": -means["loss"]}

    @torch.no_grad()
    def intervals(self) -> dict[str, Any]:
        """Accuracy and margin on held-out pairs, with intervals over questions; the reference's own accuracy."""
        measured, queries = self._held_out(), [query for query, _ in self.questions]
        ones = [1.0] * len(queries)
        own = [float(pair.ref_chosen > pair.ref_rejected) for pair in self.held_out]
        return {
            "pair_accuracy": ratio_interval(measured["rewards/accuracy"], ones, queries),
            "margin": ratio_interval(measured["rewards/margin"], ones, queries),
            "reference_pair_accuracy": ratio_interval(own, ones, queries),
        }

    def _log_ratios(self, batch: PairBatch) -> LogRatios:
        found = answer_logprobs(self._model, batch.answers)
        logprobs = found.sums()
        ratios = _by_length(logprobs - batch.ref_logprobs, found, self._settings)
        return LogRatios(*ratios.split(batch.pairs), *logprobs.detach().split(batch.pairs))

    def _losses(self, ratios: LogRatios) -> Tensor:
        beta = self._settings.beta
        if self._settings.loss == "ipo":
            return ipo_loss(ratios.chosen, ratios.rejected, beta)
        return sigmoid_loss(ratios.chosen, ratios.rejected, beta, self._settings.label_smoothing)

    @torch.no_grad()
    def _measured(self, ratios: LogRatios) -> dict[str, Tensor]:
        chosen, rejected = self._settings.beta * ratios.chosen, self._settings.beta * ratios.rejected
        return {
            "rewards/chosen": chosen,
            "rewards/rejected": rejected,
            "rewards/margin": chosen - rejected,
            # A tie counts half.
            "rewards/accuracy": 0.5 + 0.5 * (chosen - rejected).sign(),
            "logprobs/chosen": ratios.logprobs_chosen,
            "logprobs/rejected": ratios.logprobs_rejected,
            "drift": (ratios.chosen.abs() + ratios.rejected.abs()) / 2,
        }

    def _held_out(self) -> dict[str, list[float]]:
        measured: dict[str, list[float]] = {}
        for at in range(0, len(self.held_out), self._settings.batch_size):
            with computing(self._settings.precision):
                ratios = self._log_ratios(self.collate(self.held_out[at : at + self._settings.batch_size]))
            for name, values in {"loss": self._losses(ratios), **self._measured(ratios)}.items():
                measured.setdefault(name, []).extend(values.tolist())
        return measured


@dataclass(frozen=True)
class Judgement:
    """An answer called good or bad."""

    query: str
    context: str
    answer: str
    good: bool


@dataclass(frozen=True)
class KtoRow:
    """An answer, and the same prompt with an answer to another question, with log-probabilities of the reference."""

    matched: Completion
    mismatched: Completion
    good: bool
    ref_matched: float
    ref_mismatched: float


@dataclass(frozen=True)
class KtoBatch:
    """(answers) each."""

    matched: CompletionBatch
    mismatched: CompletionBatch
    good: Tensor
    ref_matched: Tensor
    ref_mismatched: Tensor


class KtoTask:
    """KTO on single judgements, for the loop."""

    def __init__(self, run: Run, model: Policy, asked: PromptFormat, rows: Rows, settings: DpoSettings):
        self._model = model
        self._asked = asked
        self._padding = asked.tokenizer.pad_token_id
        self._settings = settings
        learnt, held_out = judgements(rows.train), judgements(rows.validation)
        _need("judged answers", len(learnt), len(held_out))
        self.questions = [(row.query, row.context) for row in held_out]
        sides = [*self._sides(learnt), *self._sides(held_out)]
        answers = [side for row in sides for side in row]
        asked_once = reference_logprobs(run, model, answers, self._padding, settings.precision)
        judged = [
            KtoRow(*sides[place], row.good, *asked_once[2 * place : 2 * place + 2])
            for place, row in enumerate([*learnt, *held_out])
        ]
        self.train, self.held_out = judged[: len(learnt)], judged[len(learnt) :]
        self.answers = [row.matched for row in self.train]

    def collate(self, rows: Sequence[KtoRow]) -> KtoBatch:
        return KtoBatch(
            collate([row.matched for row in rows], self._padding),
            collate([row.mismatched for row in rows], self._padding),
            torch.tensor([row.good for row in rows], device=device()),
            torch.tensor([row.ref_matched for row in rows], device=device()),
            torch.tensor([row.ref_mismatched for row in rows], device=device()),
        )

    @torch.no_grad()
    def counts(self, batch: KtoBatch) -> dict[str, float]:
        """Answers, good ones, and the mismatched ones' log-ratios, whose mean over the step estimates the KL."""
        with computing(self._settings.precision):
            found = answer_logprobs(self._model, batch.mismatched)
        ratios = _by_length(found.sums() - batch.ref_mismatched, found, self._settings)
        good = int(batch.good.sum())
        return {"answers": len(batch.good), "good": good, "mismatched": ratios.sum().item()}

    def loss(self, batch: KtoBatch, totals: dict[str, float]) -> tuple[Tensor, dict[str, float]]:
        found = answer_logprobs(self._model, batch.matched)
        ratios = _by_length(found.sums() - batch.ref_matched, found, self._settings)
        losses = self._losses(ratios, batch.good, _kl(totals))
        rewards = self._settings.beta * ratios.detach()
        answers, good = totals["answers"], totals["good"]
        return losses.sum() / answers, {
            "rewards/good": (rewards * batch.good).sum().item() / max(1, good),
            "rewards/bad": (rewards * ~batch.good).sum().item() / max(1, answers - good),
            "kl": _kl(totals) * len(batch.good) / answers,
            "drift": ratios.detach().abs().sum().item() / answers,
        }

    def evaluate(self) -> dict[str, float]:
        ratios, good, kl = self._held_out()
        loss = self._losses(ratios, good, kl).mean().item()
        rewards = self._settings.beta * ratios
        found = {"loss": loss, "kl": kl, "drift": ratios.abs().mean().item(), "score": -loss}
        if good.any() and not good.all():
            found |= {"rewards/good": rewards[good].mean().item(), "rewards/bad": rewards[~good].mean().item()}
        return found

    @torch.no_grad()
    def intervals(self) -> dict[str, Any]:
        """Loss on held-out answers, with an interval over questions."""
        losses = self._losses(*self._held_out()).tolist()
        return {"validation_loss": ratio_interval(losses, [1.0] * len(losses), [query for query, _ in self.questions])}

    def _losses(self, ratios: Tensor, good: Tensor, kl: float) -> Tensor:
        settings = self._settings
        return kto_loss(ratios, good, kl, settings.beta, settings.desirable_weight, settings.undesirable_weight)

    def _held_out(self) -> tuple[Tensor, Tensor, float]:
        totals = {"answers": 0.0, "good": 0.0, "mismatched": 0.0}
        ratios = []
        for at in range(0, len(self.held_out), self._settings.batch_size):
            batch = self.collate(self.held_out[at : at + self._settings.batch_size])
            for name, count in self.counts(batch).items():
                totals[name] += count
            with computing(self._settings.precision):
                found = answer_logprobs(self._model, batch.matched)
            ratios.append(_by_length(found.sums() - batch.ref_matched, found, self._settings))
        good = torch.tensor([row.good for row in self.held_out], device=device())
        return torch.cat(ratios), good, _kl(totals)

    def _sides(self, rows: Sequence[Judgement]) -> list[tuple[Completion, Completion]]:
        """Each row's prompt with its own answer, and with that of the next row that has another question."""
        return [
            (self._completion(row, row), self._completion(row, _other(rows, place))) for place, row in enumerate(rows)
        ]

    def _completion(self, prompted: Judgement, answering: Judgement) -> Completion:
        prompt = self._asked.prompt(prompted.query, prompted.context)
        answer = self._asked.answer(answering.query, answering.answer, answering.context)
        return fitted(prompt, [answer], self._settings.max_length, self._asked.tokenizer.bos_token_id)[0]


def preferences(part: Part) -> list[Pair]:
    """A part's pairs; where it has none, answers to one question whose mean ratings differ."""
    if part.pairs:
        return part.pairs
    return [
        Pair(
            query=question.query,
            chosen=question.answers[pair.chosen].answer.response,
            rejected=question.answers[pair.rejected].answer.response,
            strength=pair.strength,
            context=question.answers[0].answer.context,
        )
        for question in map(with_formed_pairs, gathered(part))
        for pair in question.pairs
    ]


def judgements(part: Part) -> list[Judgement]:
    """Good and bad answers: by their mean stars, or where nothing is rated the two sides of pairs."""
    rated = [
        Judgement(one.answer.query, one.answer.context, one.answer.response, one.mean >= GOOD_STARS)
        for one in rated_answers(part)
        if one.mean >= GOOD_STARS or one.mean <= BAD_STARS
    ]
    compared = [
        Judgement(row.query, row.context, answer, good)
        for row in part.pairs
        for answer, good in ((row.chosen, True), (row.rejected, False))
    ]
    return list(dict.fromkeys(rated if part.ratings else compared))


def raters(part: Part) -> dict[str, int]:
    """How far people agreed on which answers are good and which bad."""
    return disagreement(rated_answers(part), GOOD_STARS, BAD_STARS)


def _sides(asked: PromptFormat, pair: Pair, max_length: int) -> tuple[Completion, Completion]:
    prompt = asked.prompt(pair.query, pair.context)
    answers = [asked.answer(pair.query, answer, pair.context) for answer in (pair.chosen, pair.rejected)]
    chosen, rejected = fitted(prompt, answers, max_length, asked.tokenizer.bos_token_id)
    return chosen, rejected


def _other(rows: Sequence[Judgement], place: int) -> Judgement:
    behind = (rows[(place + step) % len(rows)] for step in range(1, len(rows)))
    return next((row for row in behind if row.query != rows[place].query), rows[place])


def _by_length(ratios: Tensor, found: AnswerLogprobs, settings: DpoSettings) -> Tensor:
    return ratios / found.lengths() if settings.length_normalised else ratios


def _kl(totals: dict[str, float]) -> float:
    return max(0.0, totals["mismatched"] / totals["answers"])


def _need(what: str, learnt: int, held_out: int) -> None:
    if not learnt or not held_out:
        raise RunFailure(
            "invalid_data",
            f"The data set has {learnt} {what} to learn from and {held_out} held out; both must be there. "
            "Collect more comparisons or ratings, and freeze the data set again.",
        )
