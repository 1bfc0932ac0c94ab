"""One round of learning: answers written and scored, weighed, and learnt from in minibatches."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from attune_trainer.answering import Answering
from attune_trainer.draws import named_generator
from attune_trainer.failures import RunFailure
from attune_trainer.kl import KlController
from attune_trainer.loop import computing, load_trainable, trainable
from attune_trainer.monitors.texts import distinct_n
from attune_trainer.optimisation import Optimisation, decayed_groups
from attune_trainer.ppo.experience import Experience, Metrics, Scored, weighed
from attune_trainer.ppo.models import Models
from attune_trainer.ppo.objective import objective
from attune_trainer.questions import Question, questions_of_round
from attune_trainer.reward_model import RewardScorer
from attune_trainer.reward_scaling import RewardScaling
from attune_trainer.rollouts import stacked
from attune_trainer.settings import PpoSettings


@dataclass
class UnfinishedRound:
    """A round between its answers and its last minibatch."""

    experience: Experience
    metrics: Metrics
    minibatches: list[Tensor]
    """Rows of each, of all passes in order."""
    steps: int = 0
    """Minibatches that were learnt from."""
    sums: Metrics = field(default_factory=dict)
    """Their measurements added up."""
    seconds: float = 0.0
    """What they took."""


class Learner:
    """Everything that changes while a policy learns, and one round of learning."""

    def __init__(self, settings: PpoSettings, answering: Answering, models: Models, proxy: RewardScorer):
        self.settings = settings
        self.answering = answering
        self.models = models
        self.proxy = proxy
        self.rounds_done = 0
        self.unfinished: UnfinishedRound | None = None
        self.scaling = RewardScaling()
        weight = settings.loss_kl_weight if settings.kl_penalty == "loss" else settings.kl_reward_weight
        self.controller = KlController(
            settings.kl_controller, weight, settings.kl_target, settings.kl_horizon, settings.rounds, weight
        )
        minibatches = -(-settings.rollouts // settings.minibatch_size)
        steps = settings.rounds * settings.inner_epochs * minibatches
        self.optimisations = {"policy": Optimisation(_groups(models.policy, settings), steps, settings)}
        if models.critic is not None:
            groups = _groups(models.critic, settings, critic=True)
            self.optimisations["critic"] = Optimisation(groups, steps, settings)

    def round(self, questions: list[Question]) -> Metrics:
        """Writes answers, scores them and learns from them; returns the round's metrics.

        Raises RunFailure `reward_unavailable`, with everything as it was before the round, and Stopped: then the next
        call, or a learner with the same state, goes on where this one stood.
        """
        self.unfinished = unfinished = self.unfinished or self.begun(questions)
        self._learn(unfinished)
        self.unfinished = None
        self.rounds_done += 1
        metrics, rollouts = unfinished.metrics, unfinished.experience.rollouts
        self.controller.update(metrics["kl"], len(rollouts), self.rounds_done)
        seconds = metrics["seconds_writing"] + metrics["seconds_scoring"] + unfinished.seconds
        return {
            **metrics,
            **{name: value / unfinished.steps for name, value in unfinished.sums.items()},
            "seconds_learning": unfinished.seconds,
            "tokens_per_second": rollouts.mask.sum().item() / seconds,
        }

    def begun(self, questions: list[Question]) -> UnfinishedRound:
        """A round's answers, weighed, before anything is learnt from them."""
        settings = self.settings
        generator = named_generator(settings.seed, "round", self.rounds_done)
        started = time.monotonic()
        asked = self._asked(questions)
        draws = torch.rand(len(asked), settings.max_new_tokens, generator=generator)
        prompts, written = self.answering.write(self.models.policy, asked, draws)
        wrote = time.monotonic()
        texts = self.answering.texts(prompts, written)
        rewards = self.proxy.score(self.answering.triples(asked, texts))
        order = torch.randperm(len(asked), generator=generator)
        experience, metrics = weighed(
            settings,
            self.models,
            Scored(stacked(prompts, written), rewards),
            self._parts(order),
            self.scaling,
            self.controller.weight,
            self.answering.between,
        )
        metrics["distinct_2"] = distinct_n(texts, 2)
        metrics["seconds_writing"] = wrote - started
        metrics["seconds_scoring"] = time.monotonic() - wrote
        passes = [order]
        while len(passes) < settings.inner_epochs:
            passes.append(torch.randperm(len(order), generator=generator))
        minibatches = [rows for one in passes for rows in one.split(settings.minibatch_size)]
        return UnfinishedRound(experience, metrics, minibatches)

    def loss(self, experience: Experience, rows: Tensor, count: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """A part of a minibatch's loss, and measurements likewise; `count` are the minibatch's tokens."""
        settings = self.settings
        kl_weight = self.controller.weight if settings.kl_penalty == "loss" else settings.loss_kl_weight
        return objective(settings, self.models, experience, rows, count, kl_weight)

    def state_dict(self) -> dict[str, Any]:
        critic = self.models.critic
        return {
            "rounds_done": self.rounds_done,
            "policy": trainable(self.models.policy),
            "critic": None if critic is None else trainable(critic),
            "optimisations": {name: one.state_dict() for name, one in self.optimisations.items()},
            "kl_weight": self.controller.weight,
            "scaling": self.scaling.state_dict(),
            "unfinished": self.unfinished,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.rounds_done = state["rounds_done"]
        load_trainable(self.models.policy, state["policy"])
        if self.models.critic is not None:
            load_trainable(self.models.critic, state["critic"])
        for name, one in self.optimisations.items():
            one.load_state_dict(state["optimisations"][name])
        self.controller.weight = state["kl_weight"]
        self.scaling = RewardScaling(**state["scaling"])
        self.unfinished = state["unfinished"]

    def _asked(self, questions: list[Question]) -> list[Question]:
        """The round's questions; with group-relative advantages each as often as a group has answers."""
        settings = self.settings
        each = settings.group_size if settings.advantages == "group" else 1
        chosen = questions_of_round(questions, self.rounds_done, settings.rollouts // each, settings.seed)
        return [question for question in chosen for _ in range(each)]

    def _learn(self, unfinished: UnfinishedRound) -> None:
        """Learns from the minibatches that are left, one optimiser step each."""
        while unfinished.steps < len(unfinished.minibatches):
            self.answering.between()
            started = time.monotonic()
            measured = self._step(unfinished.experience, unfinished.minibatches[unfinished.steps])
            unfinished.seconds += time.monotonic() - started
            for name, value in measured.items():
                unfinished.sums[name] = unfinished.sums.get(name, 0.0) + value
            unfinished.steps += 1

    def _step(self, experience: Experience, minibatch: Tensor) -> Metrics:
        count = experience.rollouts.mask[minibatch].sum()
        metrics: Metrics = {}
        for rows in self._parts(minibatch):
            with computing(self.settings.precision):
                loss, measured = self.loss(experience, rows, count)
            if not torch.isfinite(loss):
                raise RunFailure(
                    "not_finite",
                    "The loss is not a finite number any more. Use a smaller learning_rate or precision fp32; the "
                    "last checkpoint is from before.",
                )
            loss.backward()
            for name, value in measured.items():
                metrics[name] = metrics.get(name, 0.0) + value.item()
        metrics["learning_rate"] = self.optimisations["policy"].learning_rate
        metrics["gradient_norm"] = self.optimisations["policy"].step()
        if "critic" in self.optimisations:
            metrics["critic_gradient_norm"] = self.optimisations["critic"].step()
        return metrics

    def _parts(self, order: Tensor) -> Iterator[Tensor]:
        """The parts in which minibatches are computed."""
        for minibatch in order.split(self.settings.minibatch_size):
            yield from minibatch.chunk(self.settings.accumulation)


def _groups(model: torch.nn.Module, settings: PpoSettings, critic: bool = False) -> list[dict[str, Any]]:
    rate = settings.learning_rate
    if critic and settings.critic_learning_rate is not None:
        rate = settings.critic_learning_rate
    return decayed_groups(model.named_parameters(), rate, settings.weight_decay)
