"""A round's answers weighed: what policy, reference and critic make of them, their rewards token by token, and the
advantages that follow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from attune_trainer.advantages import generalised_advantages, group_advantages, whiten
from attune_trainer.kl import k1
from attune_trainer.logprobs import entropies
from attune_trainer.loop import computing
from attune_trainer.monitors.explained_variance import explained_variance
from attune_trainer.monitors.texts import perplexity
from attune_trainer.ppo.models import Models
from attune_trainer.reward_scaling import RewardScaling
from attune_trainer.rollouts import Rollouts, read_through
from attune_trainer.settings import PpoSettings
from attune_trainer.token_rewards import token_rewards

Metrics = dict[str, float]


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


@dataclass(frozen=True)
class Scored:
    """A round's answers and what the reward says of each."""

    rollouts: Rollouts
    rewards: Tensor
    """(answers,)"""


@torch.no_grad()
def weighed(
    settings: PpoSettings,
    models: Models,
    scored: Scored,
    parts: Iterable[Tensor],
    scaling: RewardScaling,
    kl_weight: float,
    between: Callable[[], None],
) -> tuple[Experience, Metrics]:
    """A round's experience, and its measurements.

    parts: rows that are read together, all of them once; scaling takes the rewards into account when all were read;
    kl_weight is the controller's; between is called before each part, and may raise.
    """
    rollouts, mask = scored.rollouts, scored.rollouts.mask
    logprobs, ref_logprobs, values, entropy = (torch.zeros_like(mask) for _ in range(4))
    for rows in parts:
        between()
        part = rollouts.part(rows)
        width = part.answers.shape[1]
        with computing(settings.precision):
            reading = models.read(part)
            logprobs[rows, :width] = reading.logprobs(part, settings.temperature)
            entropy[rows, :width] = entropies(reading.logits[:, :-1], settings.temperature) * part.mask
            if models.critic is not None:
                values[rows, :width] = models.critic.values(part, reading)
            with models.reference.asked() as model:
                ref_logprobs[rows, :width] = read_through(model, part).logprobs(part, settings.temperature)
    kl = k1(logprobs, ref_logprobs)
    # In a group's rewards it would be scaled with them, by whatever they happen to vary.
    penalty = kl_weight if settings.kl_penalty == "reward" else 0.0
    each_token = token_rewards(_scores(settings, scored, scaling), kl, mask, penalty)
    advantages, returns = _advantages(settings, each_token, values, mask)
    metrics = {
        "reward": scored.rewards.mean().item(),
        "reward_sd": scored.rewards.std(correction=0).item(),
        "kl_adjusted_reward": each_token.sum(-1).mean().item(),
        "kl": kl.sum(-1).mean().item(),
        "kl_weight": kl_weight,
        "entropy": (entropy.sum() / mask.sum()).item(),
        "length": rollouts.lengths().mean().item(),
        "finished": rollouts.finished.float().mean().item(),
        "reference_perplexity": perplexity(ref_logprobs, mask),
    }
    if models.critic is not None:
        metrics["explained_variance"] = explained_variance(values, returns, mask)
    return Experience(rollouts, logprobs, ref_logprobs, values, advantages, returns), metrics


def _scores(settings: PpoSettings, scored: Scored, scaling: RewardScaling) -> Tensor:
    """Rewards on the scale that is learnt from, less the penalty of an answer that did not end by itself."""
    where = scored.rollouts.mask.device
    scores = scored.rewards.to(where)
    if settings.normalise_rewards:
        scores = scaling.scaled(scored.rewards).to(where)
    return scores + settings.unfinished_penalty * ~scored.rollouts.finished


def _advantages(settings: PpoSettings, rewards: Tensor, values: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    if settings.advantages == "group":
        # Every token of an answer counts as much as the answer.
        relative = group_advantages(rewards.sum(-1), settings.group_size)
        return relative.unsqueeze(-1) * mask, torch.zeros_like(mask)
    advantages, returns = generalised_advantages(rewards, values, mask, settings.gamma, settings.lambda_)
    return whiten(advantages, mask) if settings.whiten_advantages else advantages, returns
