"""Supervised fine-tuning on approved answers.

Setup      AdamW, linear warm-up then cosine, clipped gradients; all weights or a LoRA adapter.
Data       Answers whose mean rating is `min_rating` stars or more; where nothing is rated, the chosen ones of pairs.
Model      A causal language model without dropout; prompts are read but not learnt.
Loss       Mean cross-entropy over all answer tokens of a step, their end tokens included.
Evaluation The same mean on held-out questions; the checkpoint with the lowest is kept.
Export     Merged weights, the adapter where there is one, report.json.

Deviations from usual practice (Ouyang et al. 2022, arXiv:2203.02155, section 3.5): weights of the best validation
loss instead of the best reward, since no reward model need exist yet.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from attune_trainer.answer_logprobs import answer_logprobs
from attune_trainer.data.completions import Completion, CompletionBatch, PromptFormat, collate, fitted
from attune_trainer.data.cut_answers import count_cut
from attune_trainer.data.rated_answers import disagreement, rated_answers
from attune_trainer.data.rows import Part, read_rows
from attune_trainer.failures import RunFailure
from attune_trainer.intervals import Estimate, ratio_interval
from attune_trainer.loop import Plan, computing, optimise
from attune_trainer.losses.sft import answer_cross_entropy
from attune_trainer.model_kind import require_policy
from attune_trainer.optimisation import decayed_groups
from attune_trainer.policy import Policy, load_policy, load_tokenizer
from attune_trainer.policy_export import export_policy, tell_samples
from attune_trainer.run import Run
from attune_trainer.settings import SftSettings, read_settings

EVALUATIONS_PER_EPOCH = 2


@dataclass(frozen=True)
class Approved:
    """An answer to learn from."""

    query: str
    context: str
    answer: str


def train(run: Run) -> dict[str, Any]:
    """Fine-tunes the base model on the run's data set. Returns the report."""
    # Setup
    settings = read_settings(SftSettings, run.spec["hyperparameters"])
    name, revision = run.spec["base_model"], run.spec["revision"]
    require_policy(name, revision)

    # Data
    run.progress("reading data", 0, 1, 0.0)
    rows = read_rows(run.data_path, run.spec["data"]["sha256"])
    learnt = approved(rows.train, settings.min_rating)
    held_out = approved(rows.validation, settings.min_rating)
    if not learnt or not held_out:
        raise RunFailure(
            "invalid_data",
            f"The data set has {len(learnt)} approved answers to learn from and {len(held_out)} held out; both must "
            f"be there. Approve more answers, or lower min_rating (now {settings.min_rating:g} stars).",
        )

    # Model
    model = load_policy(name, revision, settings.lora)
    asked = PromptFormat(load_tokenizer(name, revision), model.generation_config)

    # Loss and loop
    task = SftTask(model, asked, held_out, settings)
    plan = Plan.of(settings, EVALUATIONS_PER_EPOCH)
    answers = [task.completion(row) for row in learnt]
    cut = count_cut(run, answers, settings.max_length)
    best = optimise(
        run,
        model,
        answers,
        task,
        lambda: decayed_groups(model.named_parameters(), settings.learning_rate, settings.weight_decay),
        settings,
        plan,
    )

    # Evaluation
    report = {
        "recipe": "sft",
        "base_model": name,
        "rows": {"train": len(learnt), "validation": len(held_out)},
        "raters": {
            "train": raters(rows.train, settings.min_rating),
            "validation": raters(rows.validation, settings.min_rating),
        },
        "cut_answers": cut,
        "best_step": best.step,
        "better_than_base": best.step > 0,
        "before": best.before,
        "after": best.metrics,
        "validation_loss": task.loss_interval(),
    }

    # Export
    tell_samples(run, model, asked, [(row.query, row.context) for row in held_out], settings.max_length, best.step)
    export_policy(run, model, asked.tokenizer, report)
    return report


def approved(part: Part, min_rating: float) -> list[Approved]:
    """Answers to learn from, each once: those whose ratings average at least `min_rating` stars, or chosen ones where
    nothing is rated."""
    rated = [
        Approved(one.answer.query, one.answer.context, one.answer.response)
        for one in rated_answers(part)
        if one.mean >= min_rating
    ]
    chosen = [Approved(row.query, row.context, row.chosen) for row in part.pairs]
    found = rated if part.ratings else chosen
    return [row for row in dict.fromkeys(found) if row.answer.strip()]


def raters(part: Part, min_rating: float) -> dict[str, int]:
    """How far people agreed on which answers are worth learning."""
    below = math.nextafter(min_rating, 0.0)
    return disagreement(rated_answers(part), good=min_rating, bad=below)


@dataclass(frozen=True)
class Measured:
    """One held-out answer: its cross-entropy in nats, its tokens, and how many of them the model holds likeliest."""

    loss: float
    tokens: int
    right: int


class SftTask:
    """Answers' cross-entropy, for the loop."""

    def __init__(self, model: Policy, asked: PromptFormat, held_out: Sequence[Approved], settings: SftSettings):
        self._model = model
        self._asked = asked
        self._settings = settings
        self._queries = [row.query for row in held_out]
        self._held_out = [self.completion(row) for row in held_out]

    def completion(self, row: Approved) -> Completion:
        prompt = self._asked.prompt(row.query, row.context)
        answer = self._asked.answer(row.query, row.answer, row.context)
        return fitted(prompt, [answer], self._settings.max_length, self._asked.tokenizer.bos_token_id)[0]

    def collate(self, rows: Sequence[Completion]) -> CompletionBatch:
        return collate(rows, self._asked.tokenizer.pad_token_id)

    def counts(self, batch: CompletionBatch) -> dict[str, float]:
        return {"tokens": batch.answer_tokens}

    def loss(self, batch: CompletionBatch, totals: dict[str, float]) -> tuple[torch.Tensor, dict[str, float]]:
        logprobs = answer_logprobs(self._model, batch)
        return answer_cross_entropy(logprobs.tokens, totals["tokens"]), {
            "token_accuracy": logprobs.right.sum().item() / totals["tokens"]
        }

    def evaluate(self) -> dict[str, float]:
        measured = self._measured()
        tokens = sum(answer.tokens for answer in measured)
        loss = sum(answer.loss for answer in measured) / tokens
        return {
            "loss": loss,
            "perplexity": math.exp(min(loss, 700.0)),
            "token_accuracy": sum(answer.right for answer in measured) / tokens,
            "score": -loss,
        }

    @torch.no_grad()
    def loss_interval(self) -> Estimate:
        """Mean loss by token on held-out answers, with its interval over questions."""
        measured = self._measured()
        losses, tokens = [answer.loss for answer in measured], [answer.tokens for answer in measured]
        return ratio_interval(losses, tokens, self._queries)

    def _measured(self) -> list[Measured]:
        size = self._settings.batch_size
        measured: list[Measured] = []
        for at in range(0, len(self._held_out), size):
            with computing(self._settings.precision):
                found = answer_logprobs(self._model, self.collate(self._held_out[at : at + size]))
            losses, tokens, right = -found.sums(), found.lengths(), found.right.sum(-1)
            measured += map(Measured, losses.tolist(), tokens.tolist(), right.tolist())
        return measured
