"""L = L_policy + c1·L_value − c2·entropy + c3·L_KL, each a mean over a minibatch's tokens."""

import torch
from torch import Tensor

from attune_trainer.kl import k3
from attune_trainer.logprobs import entropies
from attune_trainer.losses.ppo import approximate_kl, clipped_share, policy_loss, value_loss
from attune_trainer.ppo.experience import Experience
from attune_trainer.ppo.models import Models
from attune_trainer.settings import PpoSettings


def objective(
    settings: PpoSettings, models: Models, experience: Experience, rows: Tensor, count: Tensor, kl_weight: float
) -> tuple[Tensor, dict[str, Tensor]]:
    """A part of a minibatch's loss, and measurements likewise; `count` are the minibatch's tokens, kl_weight is c3."""
    part = experience.rollouts.part(rows)
    mask, width = part.mask, part.answers.shape[1]

    def of(tensor: Tensor) -> Tensor:
        return tensor[rows][:, :width]

    reading = models.read(part)
    logprobs, old_logprobs = reading.logprobs(part, settings.temperature), of(experience.logprobs)
    loss = policy = policy_loss(logprobs, old_logprobs, of(experience.advantages), mask, settings.clip_ratio, count)
    measured = {"policy_loss": policy.detach()}
    if models.critic is not None:
        values = models.critic.values(part, reading)
        value = value_loss(values, of(experience.values), of(experience.returns), mask, settings.clip_value, count)
        loss = loss + settings.value_weight * value
        measured["value_loss"] = value.detach()
    if settings.entropy_weight:
        entropy = (entropies(reading.logits[:, :-1], settings.temperature) * mask).sum() / count
        loss = loss - settings.entropy_weight * entropy
    if kl_weight:
        kl = (k3(logprobs, of(experience.ref_logprobs)) * mask).sum() / count
        loss = loss + kl_weight * kl
        measured["kl_loss"] = kl.detach()
    with torch.no_grad():
        measured["ratio"] = (torch.exp(logprobs - old_logprobs) * mask).sum() / count
        measured["approx_kl"] = approximate_kl(logprobs, old_logprobs, mask, count)
        measured["clip_fraction"] = clipped_share(logprobs, old_logprobs, mask, settings.clip_ratio, count)
    return loss, measured
