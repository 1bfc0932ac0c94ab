"""Fine-tuned encoders beside Attune's linear reward model: seeds, soft targets, other corpora first, and blends.

    node experiments/linear-logits.ts CORPUS 3 > CORPUS.jsonl
    python experiments/fine_tuned_reward.py CORPUS.jsonl WORK [--other OTHER.jsonl ...] [--seeds 1 2 3]

MiniLM with question and answer read apart, features in the graph and a head fitted by ridge regression, from which the
recipe `reward` with `frozen_layers: 4` goes on. Layers that are frozen are read once and kept (without dropout, which
the recipe has there too), so that a seed of a fold costs the two layers above them. A tenth of the training questions
stops the training. Variants:

    frozen        the fitted head alone
    tuned         fine-tuned from there; with several seeds, the mean of their logits
    soft          the same towards the mean of a rating and of what the linear model says of it (distillation); pairs as
                  people ordered them. The linear model saw neither the answer's question nor the tested fold
    intermediate  trained on the other corpora first, then the head fitted anew, then fine-tuned

Each answer is scored by models that never saw its question; a blend's weight is chosen on the other folds; intervals
draw whole questions. What was computed stays in WORK, a file for each variant, seed and fold; the report is
docs/training/reward-CORPUS.json.
"""

import argparse
import copy
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy
import torch
from feedbackqa_reward import LENGTH, OUT, TUNED, as_scores, blended, minilm
from torch import Tensor, nn
from transformers.modeling_outputs import BaseModelOutput

from attune_trainer.checkpoints import seed_everything
from attune_trainer.data.questions import AnswerPair, JudgedAnswer, Question, in_parts, with_formed_pairs
from attune_trainer.data.reward_inputs import Answer
from attune_trainer.evaluation.held_out import Floats, HeldOut, held_out
from attune_trainer.evaluation.linear_model import default_ridge
from attune_trainer.evaluation.measures import differences, measured
from attune_trainer.loop import Plan, optimise
from attune_trainer.protocol import complete, settings_schema
from attune_trainer.recipes.reward import RewardTask, fit_head, groups, raw_pooled
from attune_trainer.reward_model import RewardConfig, RewardModel, logits_of, new_reward_model
from attune_trainer.run import Run
from attune_trainer.settings import RewardSettings, read_settings

FROZEN = 4
SETTINGS = {**TUNED, "epochs": 2, "evaluations": 4, "patience": 0, "checkpoint_every": 1_000_000}
# On the other corpora: once through, at the same rates.
FIRST = {**SETTINGS, "epochs": 1, "evaluations": 1}
SOFT = 0.5
Weights = dict[str, Tensor]


class Corpus:
    """Answers of a corpus with what the linear model says of them, and its questions."""

    def __init__(self, path: Path):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        self.name = path.stem
        answers = [line for line in lines if "response" in line]
        order = {query: at for at, query in enumerate(dict.fromkeys(row["query"] for row in answers))}
        self.rows = sorted(answers, key=lambda row: order[row["query"]])
        self.pairs: dict[str, list[dict[str, Any]]] = {}
        for line in lines:
            if "chosen" in line:
                self.pairs.setdefault(line["query"], []).append(line)
        self.fold = numpy.array([row["fold"] for row in self.rows])
        self.linear = numpy.array([row["linear"]["1"] for row in self.rows])

    @property
    def answers(self) -> list[Answer]:
        return [Answer("", row["query"], row["response"]) for row in self.rows]

    def questions(self, wanted: Sequence[int]) -> list[Question]:
        """Questions of the wanted places, whose answers stand together; pairs as given, or formed from ratings."""
        by_query: dict[str, list[dict[str, Any]]] = {}
        for at in wanted:
            by_query.setdefault(self.rows[at]["query"], []).append(self.rows[at])
        return [self._question(query, rows) for query, rows in by_query.items()]

    def _question(self, query: str, rows: list[dict[str, Any]]) -> Question:
        judged = [
            JudgedAnswer(
                Answer("", query, row["response"]), None if row["rating"] is None else (row["rating"] - 1) / 4, {}
            )
            for row in rows
        ]
        if query not in self.pairs:
            return with_formed_pairs(Question(judged, []))
        place = {row["response"]: at for at, row in enumerate(rows)}
        # The linear model takes spellings of one question for one, and its answers under the first of them.
        known = [pair for pair in self.pairs[query] if pair["chosen"] in place and pair["rejected"] in place]
        pairs = [AnswerPair(place[pair["chosen"]], place[pair["rejected"]], 1.0) for pair in known]
        return Question(judged, pairs)

    def softened(self, questions: list[Question], fold: int) -> list[Question]:
        """Ratings half way to what the linear model says that saw neither the question nor the fold; pairs stay."""
        said = {(row["query"], row["response"]): row["nested"].get(str(fold)) for row in self.rows}

        def soft(judged: JudgedAnswer) -> JudgedAnswer:
            score = as_scores(numpy.array(said[judged.answer.query, judged.answer.response])).item()
            hard = score if judged.rating is None else judged.rating
            return replace(judged, rating=(1 - SOFT) * hard + SOFT * score)

        return [Question([soft(judged) for judged in question.answers], question.pairs) for question in questions]


class AboveFrozen(nn.Module):
    """An encoder of BERT's kind whose lowest layers are not computed: rows find what these say of them in `states`."""

    def __init__(self, encoder: nn.Module, states: dict[bytes, Tensor]):
        super().__init__()
        self.config = encoder.config
        self.layer = copy.deepcopy(encoder.encoder.layer[FROZEN:])
        self._states = states

    def forward(self, input_ids: Tensor, attention_mask: Tensor, position_ids: Tensor) -> BaseModelOutput:
        hidden = torch.zeros(*input_ids.shape, self.config.hidden_size)
        for at, row in enumerate(input_ids):
            found = self._states[key(row[: int((row != 0).sum())].tolist())]
            hidden[at, : len(found)] = found.float()
        for layer in self.layer:
            hidden = layer(hidden, attention_mask)
        return BaseModelOutput(last_hidden_state=hidden)


def key(ids: list[int]) -> bytes:
    return numpy.array(ids, dtype=numpy.int32).tobytes()


@torch.no_grad()
def frozen_states(model: RewardModel, rows: list[list[int]]) -> dict[bytes, Tensor]:
    """What the frozen layers say of each row. (length, width) each, fp16"""
    model.eval()
    states: dict[bytes, Tensor] = {}
    for row in rows:
        caught: list[Tensor] = []
        hook = model.encoder.encoder.layer[FROZEN].register_forward_pre_hook(
            lambda _module, given, caught=caught: caught.append(given[0][0])
        )
        model.pooled(torch.tensor([row]), torch.ones(1, len(row), dtype=torch.long))
        hook.remove()
        states[key(row)] = caught[0].half()
    return states


class Encoder:
    """MiniLM from a point of its training, over corpora that its frozen layers have read."""

    def __init__(self, corpora: Sequence[Corpus]):
        config = RewardConfig("cross_encoder", LENGTH, "interaction", features=True)
        self._base = new_reward_model(str(minilm()), config).eval()
        self._ids = {corpus.name: self._base.rows(corpus.answers) for corpus in corpora}
        self._states: dict[bytes, Tensor] = {}
        for rows in self._ids.values():
            self._states |= frozen_states(self._base, rows)
        self._pooled: dict[tuple[str, int], Tensor] = {}

    def fitted(
        self, corpus: Corpus, places: list[int], questions: list[Question], above: Weights | None
    ) -> RewardModel:
        """A model with its head fitted on the questions of those places; `above` are weights of trained layers."""
        model = RewardModel(AboveFrozen(self._base.encoder, self._states), self._base.tokenizer, self._base.config)
        if above is not None:
            model.encoder.load_state_dict(above)
        ids = self._ids[corpus.name]
        assert model.features is not None
        model.features.learn_rarity([ids[at] for at in places])
        pooled = raw_pooled(model, [ids[at] for at in places])
        hidden, raw = pooled[:, : model.pooled_width], pooled[:, model.pooled_width :]
        model.features.learn_scale(raw)
        features = model.features.standardised(raw).double().numpy()
        fit_head(model, held_out(questions), hidden.double().numpy(), features, default_ridge)
        return model

    @torch.no_grad()
    def logits(self, model: RewardModel, corpus: Corpus, places: Sequence[int]) -> list[float]:
        model.eval()
        rows = [self._ids[corpus.name][at] for at in places]
        return logits_of(model, rows, model.tokenizer.pad_token_id)[:, 0].double().tolist()


def settings_of(values: dict[str, Any], seed: int) -> RewardSettings:
    return read_settings(RewardSettings, complete(settings_schema("reward"), {**values, "seed": seed}))


def tuned(
    folder: Path,
    model: RewardModel,
    learnt: list[Question],
    stop_by: list[Question],
    values: dict[str, Any],
    seed: int,
) -> dict[str, Any]:
    """Trains in place. Returns the step that was kept and what was measured before and after."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(values, seed)
    seed_everything(seed)
    task = RewardTask(model, stop_by, settings)
    run = Run(folder, {})
    parts = [task.read(part) for question in learnt for part in in_parts(question)]
    plan = Plan.of(settings, settings.evaluations)
    best = optimise(run, model, parts, task, lambda: groups(model, settings), settings, plan)
    run.close()
    return {"best_step": best.step, "before": best.before, "after": best.metrics}


def stopped_by(questions: list[Question], seed: int) -> tuple[list[Question], list[Question]]:
    """Questions to learn from, and a tenth to stop by."""
    order = numpy.random.default_rng(seed).permutation(len(questions))
    aside = set(order[: len(questions) // 10].tolist())
    learnt = [question for at, question in enumerate(questions) if at not in aside]
    return learnt, [questions[at] for at in sorted(aside)]


class Trial:
    """Variants on one corpus, each computed once and kept."""

    def __init__(self, work: Path, corpus: Corpus, others: Sequence[Corpus]):
        self._work, self._corpus, self._others = work, corpus, others
        self._read: Encoder | None = None

    @property
    def encoder(self) -> Encoder:
        self._read = self._read or Encoder([self._corpus, *self._others])
        return self._read

    def logits(self, variant: str, seed: int) -> tuple[Floats, dict[str, Any]]:
        """Out-of-fold logits of all answers, and processor seconds and steps by fold."""
        logits, told = numpy.empty(len(self._corpus.rows)), {}
        for fold in sorted(set(self._corpus.fold.tolist())):
            kept = self._work / f"{variant}-{seed}-{fold}.json"
            if not kept.exists():
                kept.write_text(json.dumps(self._computed(variant, seed, fold)), "utf-8")
            found = json.loads(kept.read_text("utf-8"))
            logits[self._corpus.fold == fold] = found.pop("logits")
            told[fold] = found
        return logits, told

    def _computed(self, variant: str, seed: int, fold: int) -> dict[str, Any]:
        corpus, encoder = self._corpus, self.encoder
        above = self._intermediate(seed) if variant == "intermediate" else None
        began = time.process_time()
        places = (corpus.fold != fold).nonzero()[0].tolist()
        questions = corpus.questions(places)
        model = encoder.fitted(corpus, places, questions, above)
        told: dict[str, Any] = {}
        if variant != "frozen":
            learnt, stop_by = stopped_by(questions, seed)
            if variant == "soft":
                learnt = corpus.softened(learnt, fold)
            folder = self._work / f"run-{variant}-{seed}-{fold}"
            told = tuned(folder, model, learnt, stop_by, SETTINGS, seed)
        logits = encoder.logits(model, corpus, (corpus.fold == fold).nonzero()[0].tolist())
        return {"logits": logits, "cpu_seconds": time.process_time() - began, **told}

    def _intermediate(self, seed: int) -> Weights:
        """Weights of the upper layers after the other corpora, one after the other."""
        kept = self._work / f"intermediate-{seed}.pt"
        if not kept.exists():
            above: Weights | None = None
            for other in self._others:
                questions = other.questions(range(len(other.rows)))
                model = self.encoder.fitted(other, list(range(len(other.rows))), questions, above)
                learnt, stop_by = stopped_by(questions, seed)
                tuned(self._work / f"run-first-{other.name}-{seed}", model, learnt, stop_by, FIRST, seed)
                above = model.encoder.state_dict()
            torch.save(above, kept)
        return torch.load(kept, weights_only=True)


def compared(corpus: Corpus, held: HeldOut, variants: dict[str, Floats]) -> dict[str, Any]:
    """Each variant and its blend with the linear model, and what both gain on the linear model."""
    linear = as_scores(corpus.linear)
    found: dict[str, Any] = {"linear": brief(measured(held, linear))}
    for name, logits in variants.items():
        blend, weights = blended(held, corpus.fold, corpus.linear, logits)
        found[name] = brief(measured(held, as_scores(logits)))
        found[f"{name}_blend"] = brief(measured(held, as_scores(blend)))
        found[f"{name}_gain"] = differences(held, as_scores(logits), linear)["pair_accuracy"]
        found[f"{name}_blend_gain"] = differences(held, as_scores(blend), linear)["pair_accuracy"]
        found[f"{name}_weights"] = weights
        if name != "frozen" and "frozen" in variants:
            start = as_scores(variants["frozen"])
            found[f"{name}_gain_on_frozen"] = differences(held, as_scores(logits), start)["pair_accuracy"]
    return found


def brief(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("pair_accuracy", "pearson") if name in values}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("answers", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--other", type=Path, nargs="*", default=[], help="corpora for intermediate training")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1])
    parser.add_argument("--soft", type=int, nargs="*", default=[], help="seeds with soft targets")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    corpus = Corpus(arguments.answers)
    trial = Trial(arguments.work, corpus, [Corpus(path) for path in arguments.other])
    held = held_out(corpus.questions(range(len(corpus.rows))))
    variants, told = {"frozen": trial.logits("frozen", 0)[0]}, {}
    plan = [("tuned", arguments.seeds), ("soft", arguments.soft), ("intermediate", [1] if arguments.other else [])]
    for name, seeds in plan:
        each = []
        for seed in seeds:
            logits, said = trial.logits(name, seed)
            each.append(logits)
            told[f"{name}-{seed}"] = said
            variants[f"{name}_seed_{seed}"] = logits
        if len(each) > 1:
            variants[name] = numpy.mean(each, axis=0)
    report = {
        "corpus": corpus.name,
        "answers": len(corpus.rows),
        "questions": len({row["query"] for row in corpus.rows}),
        "pairs": len(held.chosen),
        "others": [path.stem for path in arguments.other],
        "settings": {key: value for key, value in SETTINGS.items() if key != "checkpoint_every"},
        **compared(corpus, held, variants),
        "baselines": simple_baselines(corpus, held),
        "runs": told,
    }
    (OUT / f"reward-{corpus.name}.json").write_text(json.dumps(report, indent=2) + "\n", "utf-8")


def simple_baselines(corpus: Corpus, held: HeldOut) -> dict[str, Any]:
    """The longer answer, and the commonest rating, which does not order a pair."""
    lengths = held.characters / held.characters.max()
    return {"length_only": brief(measured(held, lengths)), "majority": {"pair_accuracy": 0.5}}


if __name__ == "__main__":
    main()
