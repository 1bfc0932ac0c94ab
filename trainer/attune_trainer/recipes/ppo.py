"""Proximal policy optimisation of a language model against a reward model, or GRPO with `advantages: group`.

Setup       policy (all weights or an adapter), its reference (a frozen copy, or the adapter off), a critic with a head
            that starts at zero (on a trunk of its own or the policy's), AdamW, linear warm-up, cosine.
Round       write answers → score them → advantages → `inner_epochs` passes of minibatches.
Reward      the scorer's, less the first round's mean and by its running deviation, plus a penalty when the answer did
            not end by itself, at the answer's last token; −β·KL at every token, with β from a controller (PPO only).
Loss        L = L_policy + c1·L_value − c2·entropy + c3·L_KL, each a mean over the minibatch's tokens. L_KL is the
            unbiased estimate k3; with GRPO it is the only KL penalty, and c3 is the controller's β (its eq. 3 and 4).
Evaluation  held-out questions with the same draws every time; alarms decide on their history.
Export      the weights with the best held-out evaluation of those without any symptom; else those from before.

Sources: PPO, Schulman et al. 2017 (arXiv:1707.06347); of language models, Ziegler et al. 2019 (arXiv:1909.08593) and
Huang et al. 2024, "The N+ implementation details of RLHF with PPO" (arXiv:2403.17031); GRPO, Shao et al. 2024
(arXiv:2402.03300).

Deviations: advantages are whitened over the round, not the minibatch, so that a minibatch's parts need not meet; GRPO's
loss is a mean over tokens, not of answers' means, which would favour long bad answers (Liu et al. 2025,
arXiv:2503.20783); an answer that was cut off is penalised and taken as an end, not bootstrapped from its value; with
top_k or top_p the ratio is of the whole distributions; dropout is off throughout, so that ratios start at exactly 1.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from attune_trainer.advantages import generalised_advantages, group_advantages, whiten
from attune_trainer.answering import Answering
from attune_trainer.critic import Critic, own_critic, shared_critic
from attune_trainer.data.completions import PromptFormat
from attune_trainer.data.rows import Part, read_rows
from attune_trainer.draws import named_generator
from attune_trainer.failures import RunFailure, Stopped
from attune_trainer.generation import Sampling
from attune_trainer.held_out import HeldOut
from attune_trainer.kl import KlController, k1, k3
from attune_trainer.logprobs import entropies
from attune_trainer.loop import computing, load_trainable, trainable
from attune_trainer.losses.ppo import approximate_kl, clipped_share, policy_loss, value_loss
from attune_trainer.model_kind import require_policy
from attune_trainer.monitors.alarm import Alarm, kl_limit
from attune_trainer.monitors.explained_variance import explained_variance
from attune_trainer.monitors.history import Measurement
from attune_trainer.monitors.quality_loss import quality_loss
from attune_trainer.monitors.reward_hacking import reward_hacking
from attune_trainer.monitors.soundness import sound
from attune_trainer.monitors.texts import distinct_n, perplexity
from attune_trainer.optimisation import Optimisation, decayed_groups
from attune_trainer.policy import Policy, load_policy, load_tokenizer
from attune_trainer.policy_export import export_policy
from attune_trainer.questions import Question, questions_of_round
from attune_trainer.reference import Reference
from attune_trainer.reward_model import RewardScorer
from attune_trainer.reward_scaling import RewardScaling
from attune_trainer.rewards.source import reward_scorer, same_reward
from attune_trainer.rollouts import Rollouts, read_through, stacked
from attune_trainer.run import Run
from attune_trainer.settings import PpoSettings, read_settings
from attune_trainer.token_rewards import token_rewards

Metrics = dict[str, float]
PRESENT = "present"


def train(run: Run) -> dict[str, Any]:
    """Trains a policy and exports it; returns the report."""
    settings = read_settings(PpoSettings, run.spec["hyperparameters"])

    base_model, revision = run.spec["base_model"], run.spec["revision"]
    require_policy(base_model, revision)

    # Data
    rows = read_rows(run.data_path, run.spec["data"]["sha256"])
    questions, held_out_questions = _questions(rows.train), _questions(rows.validation)
    if not held_out_questions:
        run.log("The data set has no validation questions: evaluated on training questions.", level="warning")
        held_out_questions = questions

    # Models
    tokenizer = load_tokenizer(base_model, revision)
    policy = load_policy(base_model, revision, settings.lora).eval()
    reference = Reference(policy)
    critic = None
    if settings.advantages == "gae":
        own = settings.critic == "own"
        critic = (own_critic(base_model, revision, settings.lora) if own else shared_critic(policy)).eval()
    proxy = reward_scorer(settings.reward)
    judge, judging = None, judging_of(settings)
    if settings.held_out_reward is not None and judging == PRESENT:
        judge = reward_scorer(settings.held_out_reward)
    elif settings.held_out_reward is not None:
        run.log(f"Held-out answers have no judge ({judging}): it would agree with itself.", level="warning")
    sampling = Sampling(settings.max_new_tokens, settings.temperature, settings.top_k, settings.top_p)
    asked = PromptFormat(tokenizer, policy.generation_config)
    answering = Answering(
        asked,
        sampling,
        settings.max_prompt_length,
        settings.batch_size,
        settings.precision,
        between=lambda: run.stop_if_asked(learner.rounds_done),
    )
    held_out = HeldOut(held_out_questions, settings.rollouts, settings.seed, answering, proxy, judge)

    # Learning
    learner = Learner(settings, answering, policy, reference, critic, proxy)
    progress = Progress()
    if (state := run.checkpoints.newest()) is not None:
        learner.load_state_dict(state["learner"])
        progress = state["progress"]
    with reference.asked() as model:
        references = held_out.sample_texts(model)
    alarm: Alarm | None = None
    while True:
        step = learner.rounds_done
        ends = step == settings.rounds
        try:
            if (step % settings.evaluate_every == 0 or ends) and progress.evaluated < step:
                alarm = _evaluate(run, learner, held_out, progress, alarm is not None) or alarm
            if (step % settings.sample_every == 0 or ends) and progress.sampled < step:
                _tell_samples(run, learner, held_out, references)
                progress.sampled = step
            if alarm is not None and _told(run, progress, alarm, step, settings.stop_on_alarm):
                break
            if ends:
                break
            if step > 0 and step % settings.checkpoint_every == 0:
                _save(run, learner, progress)
            run.stop_if_asked(step)
            metrics = learner.round(questions)
        except Stopped:
            # In the middle of a round too, which goes on where it stood.
            _save(run, learner, progress)
            raise
        except RunFailure as failure:
            if failure.code == "reward_unavailable":
                # Resumed when the reward answers again, the run goes on from here.
                _save(run, learner, progress)
            raise
        run.events.metrics(learner.rounds_done, metrics)
        run.progress("learning", step + 1, settings.rounds, 0.02 + 0.9 * (step + 1) / settings.rounds)
        alarm = kl_limit(metrics["kl"], settings.kl_limit)

    # Export
    load_trainable(policy, progress.best_weights)
    if (note := _note(progress)) is not None:
        run.log(note, level="warning")
    report = _report(base_model, learner, progress)
    export_policy(run, policy, tokenizer, report)
    return report


@dataclass(frozen=True)
class Experience:
    """A round's answers with everything that is learnt from them; tensors (answers, longest answer)."""

    rollouts: Rollouts
    logprobs: Tensor
    """When they were written; computed in the first pass's minibatches, so that its ratios start at 1."""
    ref_logprobs: Tensor
    values: Tensor
    advantages: Tensor
    returns: Tensor


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

    def __init__(
        self,
        settings: PpoSettings,
        answering: Answering,
        policy: Policy,
        reference: Reference,
        critic: Critic | None,
        proxy: RewardScorer,
    ):
        self.settings = settings
        self.answering = answering
        self.policy = policy
        self.reference = reference
        self.critic = critic
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
        self.optimisations = {"policy": Optimisation(_groups(policy, settings), steps, settings)}
        if critic is not None:
            self.optimisations["critic"] = Optimisation(_groups(critic, settings, critic=True), steps, settings)

    def round(self, questions: list[Question]) -> Metrics:
        """Writes answers, scores them and learns from them; returns the round's metrics.

        Raises RunFailure `reward_unavailable`, with everything as it was before the round, and Stopped: then the next
        call, or a learner with the same state, goes on where this one stood.
        """
        self.unfinished = unfinished = self.unfinished or self._begun(questions)
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

    def _begun(self, questions: list[Question]) -> "UnfinishedRound":
        """A round's answers, weighed, before anything is learnt from them."""
        generator = named_generator(self.settings.seed, "round", self.rounds_done)
        started = time.monotonic()
        asked = self._asked(questions)
        draws = torch.rand(len(asked), self.settings.max_new_tokens, generator=generator)
        prompts, written = self.answering.write(self.policy, asked, draws)
        wrote = time.monotonic()
        texts = self.answering.texts(prompts, written)
        rewards = self.proxy.score(self.answering.triples(asked, texts))
        rollouts = stacked(prompts, written)
        order = torch.randperm(len(asked), generator=generator)
        experience, metrics = self._weighed(rollouts, rewards, order)
        metrics["distinct_2"] = distinct_n(texts, 2)
        metrics["seconds_writing"] = wrote - started
        metrics["seconds_scoring"] = time.monotonic() - wrote
        passes = [order]
        while len(passes) < self.settings.inner_epochs:
            passes.append(torch.randperm(len(order), generator=generator))
        minibatches = [rows for one in passes for rows in one.split(self.settings.minibatch_size)]
        return UnfinishedRound(experience, metrics, minibatches)

    def state_dict(self) -> dict[str, Any]:
        return {
            "rounds_done": self.rounds_done,
            "policy": trainable(self.policy),
            "critic": None if self.critic is None else trainable(self.critic),
            "optimisations": {name: one.state_dict() for name, one in self.optimisations.items()},
            "kl_weight": self.controller.weight,
            "scaling": self.scaling.state_dict(),
            "unfinished": self.unfinished,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.rounds_done = state["rounds_done"]
        load_trainable(self.policy, state["policy"])
        if self.critic is not None:
            load_trainable(self.critic, state["critic"])
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

    @torch.no_grad()
    def _weighed(self, rollouts: Rollouts, rewards: Tensor, order: Tensor) -> tuple[Experience, Metrics]:
        """What policy, reference and critic make of the answers, and the advantages that follow."""
        settings, mask = self.settings, rollouts.mask
        logprobs, ref_logprobs, values, entropy = (torch.zeros_like(mask) for _ in range(4))
        for rows in self._parts(order):
            self.answering.between()
            part = rollouts.part(rows)
            width = part.answers.shape[1]
            with computing(settings.precision):
                reading = read_through(self.policy, part, self._shares_trunk)
                logprobs[rows, :width] = reading.logprobs(part, settings.temperature)
                entropy[rows, :width] = entropies(reading.logits[:, :-1], settings.temperature) * part.mask
                if self.critic is not None:
                    values[rows, :width] = self.critic.values(part, reading)
                with self.reference.asked() as model:
                    ref_logprobs[rows, :width] = read_through(model, part).logprobs(part, settings.temperature)
        kl = k1(logprobs, ref_logprobs)
        scores = rewards.to(mask.device)
        if settings.normalise_rewards:
            scores = self.scaling.scaled(rewards).to(mask.device)
        scores = scores + settings.unfinished_penalty * ~rollouts.finished
        # In a group's rewards it would be scaled with them, by whatever they happen to vary.
        penalty = self.controller.weight if settings.kl_penalty == "reward" else 0.0
        each_token = token_rewards(scores, kl, mask, penalty)
        advantages, returns = self._advantages(each_token, values, mask)
        metrics = {
            "reward": rewards.mean().item(),
            "reward_sd": rewards.std(correction=0).item(),
            "kl_adjusted_reward": each_token.sum(-1).mean().item(),
            "kl": kl.sum(-1).mean().item(),
            "kl_weight": self.controller.weight,
            "entropy": (entropy.sum() / mask.sum()).item(),
            "length": rollouts.lengths().mean().item(),
            "finished": rollouts.finished.float().mean().item(),
            "reference_perplexity": perplexity(ref_logprobs, mask),
        }
        if self.critic is not None:
            metrics["explained_variance"] = explained_variance(values, returns, mask)
        return Experience(rollouts, logprobs, ref_logprobs, values, advantages, returns), metrics

    def _advantages(self, rewards: Tensor, values: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        settings = self.settings
        if settings.advantages == "group":
            # Every token of an answer counts as much as the answer.
            relative = group_advantages(rewards.sum(-1), settings.group_size)
            return relative.unsqueeze(-1) * mask, torch.zeros_like(mask)
        advantages, returns = generalised_advantages(rewards, values, mask, settings.gamma, settings.lambda_)
        return whiten(advantages, mask) if settings.whiten_advantages else advantages, returns

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
                loss, measured = self._loss(experience, rows, count)
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

    def _loss(self, experience: Experience, rows: Tensor, count: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """A part of a minibatch's loss, and measurements likewise; `count` are the minibatch's tokens."""
        settings, part = self.settings, experience.rollouts.part(rows)
        mask, width = part.mask, part.answers.shape[1]

        def of(tensor: Tensor) -> Tensor:
            return tensor[rows][:, :width]

        reading = read_through(self.policy, part, self._shares_trunk)
        logprobs, old_logprobs = reading.logprobs(part, settings.temperature), of(experience.logprobs)
        loss = policy = policy_loss(logprobs, old_logprobs, of(experience.advantages), mask, settings.clip_ratio, count)
        measured = {"policy_loss": policy.detach()}
        if self.critic is not None:
            values = self.critic.values(part, reading)
            value = value_loss(values, of(experience.values), of(experience.returns), mask, settings.clip_value, count)
            loss = loss + settings.value_weight * value
            measured["value_loss"] = value.detach()
        if settings.entropy_weight:
            entropy = (entropies(reading.logits[:, :-1], settings.temperature) * mask).sum() / count
            loss = loss - settings.entropy_weight * entropy
        kl_weight = self.controller.weight if settings.kl_penalty == "loss" else settings.loss_kl_weight
        if kl_weight:
            kl = (k3(logprobs, of(experience.ref_logprobs)) * mask).sum() / count
            loss = loss + kl_weight * kl
            measured["kl_loss"] = kl.detach()
        with torch.no_grad():
            measured["ratio"] = (torch.exp(logprobs - old_logprobs) * mask).sum() / count
            measured["approx_kl"] = approximate_kl(logprobs, old_logprobs, mask, count)
            measured["clip_fraction"] = clipped_share(logprobs, old_logprobs, mask, settings.clip_ratio, count)
        return loss, measured

    @property
    def _shares_trunk(self) -> bool:
        return self.critic is not None and self.critic.trunk is None

    def _parts(self, order: Tensor) -> Iterator[Tensor]:
        """The parts in which minibatches are computed."""
        for minibatch in order.split(self.settings.minibatch_size):
            yield from minibatch.chunk(self.settings.accumulation)


@dataclass
class Progress:
    """Held-out evaluations so far, the best weights among them, and what was told of them."""

    history: list[Measurement] = field(default_factory=list)
    best: Measurement | None = None
    best_weights: dict[str, Tensor] = field(default_factory=dict)
    sound: int = 0
    """Evaluations after the first without any symptom"""
    sampled: int = 0
    """Step of the last samples"""
    alarms: dict[str, int] = field(default_factory=dict)
    """Step at which an alarm of each kind was first told"""

    @property
    def evaluated(self) -> int:
        """Step of the last evaluation; −1 before the first."""
        return self.history[-1].step if self.history else -1


def _evaluate(run: Run, learner: Learner, held_out: HeldOut, progress: Progress, alarmed: bool) -> Alarm | None:
    """Measures on held-out questions, keeps the best weights, and decides whether an alarm sounds.

    `alarmed`: one sounded in the round before; then these weights are not for keeping.
    """
    measured = held_out.measure(learner.rounds_done, learner.policy, learner.reference)
    progress.history.append(measured)
    run.events.metrics(measured.step, measured.metrics())
    if progress.best is None:
        progress.best, progress.best_weights = measured, trainable(learner.policy)
    elif not alarmed and sound(progress.history, learner.settings.kl_limit):
        progress.sound += 1
        if measured.score > progress.best.score:
            progress.best, progress.best_weights = measured, trainable(learner.policy)
    return quality_loss(progress.history) or reward_hacking(progress.history)


def _tell_samples(run: Run, learner: Learner, held_out: HeldOut, references: list[str]) -> None:
    for ((query, _), text, reward), reference in zip(held_out.samples(learner.policy), references, strict=True):
        run.events.say(
            "sample", step=learner.rounds_done, prompt=query, response=text, reward=reward, reference=reference
        )


def _told(run: Run, progress: Progress, alarm: Alarm, step: int, stop_on_alarm: bool) -> bool:
    """Tells an alarm, once of each kind; returns whether it ends the run."""
    if alarm.kind not in progress.alarms:
        progress.alarms[alarm.kind] = step
        run.events.say("alarm", step=step, kind=alarm.kind, message=alarm.message, evidence=alarm.evidence)
    return stop_on_alarm or alarm.kind != "reward_hacking"


def _save(run: Run, learner: Learner, progress: Progress) -> None:
    run.checkpoints.save(learner.rounds_done, {"learner": learner.state_dict(), "progress": progress})


def _report(base_model: str, learner: Learner, progress: Progress) -> dict[str, Any]:
    assert progress.best is not None
    return {
        "recipe": "ppo",
        "base_model": base_model,
        "rounds": learner.rounds_done,
        "alarms": progress.alarms,
        "best_step": progress.best.step,
        "better_than_base": progress.best.step > 0,
        "held_out_judge": judging_of(learner.settings),
        "note": _note(progress),
        "before": progress.history[0].metrics(),
        "best": progress.best.metrics(),
        "last": progress.history[-1].metrics(),
    }


def judging_of(settings: PpoSettings) -> str:
    """Whether held-out answers have a judge that is not learnt from; the reward itself is none."""
    if settings.held_out_reward is None:
        return "absent: none is named"
    if same_reward(settings.held_out_reward, settings.reward):
        return "absent: held_out_reward is the reward itself"
    return PRESENT


def _note(progress: Progress) -> str | None:
    """Why a run leaves the weights that it began with; None where it leaves others."""
    assert progress.best is not None
    if progress.best.step > 0:
        return None
    why = "was better" if progress.sound else "was without symptoms"
    return f"No evaluation after step 0 {why}: the weights are those that the run began with."


def _questions(part: Part) -> list[Question]:
    """Each question of a part once, in the order of the rows."""
    return list(dict.fromkeys((row.query, row.context) for row in [*part.ratings, *part.pairs]))


def _groups(model: torch.nn.Module, settings: PpoSettings, critic: bool = False) -> list[dict[str, Any]]:
    rate = settings.learning_rate
    if critic and settings.critic_learning_rate is not None:
        rate = settings.critic_learning_rate
    return decayed_groups(model.named_parameters(), rate, settings.weight_decay)
