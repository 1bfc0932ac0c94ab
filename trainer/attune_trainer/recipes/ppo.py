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

A round stands in `attune_trainer/ppo`: `learner` (a round), `experience` (rewards and advantages), `objective` (the
loss), `progress` (evaluations and alarms).
"""

from typing import Any

from attune_trainer.answering import Answering
from attune_trainer.critic import own_critic, shared_critic
from attune_trainer.data.completions import PromptFormat
from attune_trainer.data.rows import Part, read_rows
from attune_trainer.failures import RunFailure, Stopped
from attune_trainer.generation import Sampling
from attune_trainer.held_out import HeldOut
from attune_trainer.loop import load_trainable
from attune_trainer.model_kind import require_policy
from attune_trainer.monitors.alarm import Alarm, kl_limit
from attune_trainer.policy import load_policy, load_tokenizer
from attune_trainer.policy_export import export_policy
from attune_trainer.ppo.learner import Learner
from attune_trainer.ppo.models import Models
from attune_trainer.ppo.progress import Progress
from attune_trainer.questions import Question
from attune_trainer.reference import Reference
from attune_trainer.rewards.source import reward_scorer, same_reward
from attune_trainer.run import Run
from attune_trainer.samples import prompt_of
from attune_trainer.settings import PpoSettings, read_settings

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
    learner = Learner(settings, answering, Models(policy, reference, critic), proxy)
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
    if progress.note is not None:
        run.log(progress.note, level="warning")
    report = _report(base_model, learner, progress)
    export_policy(run, policy, tokenizer, report)
    return report


def _evaluate(run: Run, learner: Learner, held_out: HeldOut, progress: Progress, alarmed: bool) -> Alarm | None:
    """Measures on held-out questions, and decides whether an alarm sounds; `alarmed`: one did in the round before."""
    policy, reference = learner.models.policy, learner.models.reference
    measured = held_out.measure(learner.rounds_done, policy, reference)
    run.events.metrics(measured.step, measured.metrics())
    return progress.add(measured, policy, learner.settings.kl_limit, alarmed)


def _tell_samples(run: Run, learner: Learner, held_out: HeldOut, references: list[str]) -> None:
    for (question, text, reward), reference in zip(held_out.samples(learner.models.policy), references, strict=True):
        told = {"response": text, "reward": reward, "reference": reference}
        run.events.say("sample", step=learner.rounds_done, **prompt_of(question), **told)


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
        "note": progress.note,
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


def _questions(part: Part) -> list[Question]:
    """Each question of a part once, in the order of the rows."""
    return list(dict.fromkeys((row.query, row.context) for row in [*part.ratings, *part.pairs]))
