"""The critic: what reward it expects from here on, before each token of an answer is written."""

import torch
from peft import get_peft_model
from torch import Tensor, nn
from transformers import AutoModel

from attune_trainer.device import device
from attune_trainer.logprobs import position_ids
from attune_trainer.policy import lora_config, unknown_model, without_dropout
from attune_trainer.rollouts import Reading, Rollouts
from attune_trainer.settings import Lora


class Critic(nn.Module):
    """One linear head, zero at first so that every value is 0, on a trunk of its own or on the policy's.

    Without a trunk its gradients reach into the policy.
    """

    def __init__(self, width: int, trunk: nn.Module | None = None):
        super().__init__()
        self.trunk = trunk
        self.head = nn.Linear(width, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def values(self, rollouts: Rollouts, reading: Reading) -> Tensor:
        """Expected reward before each token; 0 behind an answer's end. (answers, longest)"""
        hidden = reading.hidden if self.trunk is None else self._own_hidden(rollouts)
        return self.head(hidden.to(self.head.weight.dtype)).squeeze(-1).float() * rollouts.mask

    def _own_hidden(self, rollouts: Rollouts) -> Tensor:
        attention = torch.cat([rollouts.prompt_mask, rollouts.mask.long()], dim=-1)
        output = self.trunk(
            input_ids=torch.cat([rollouts.prompts, rollouts.answers], dim=-1),
            attention_mask=attention,
            position_ids=position_ids(attention),
            use_cache=False,
        )
        return output.last_hidden_state[:, -rollouts.answers.shape[1] - 1 : -1]


def own_critic(name: str, revision: str | None, lora: Lora | None) -> Critic:
    """A critic whose trunk starts as the base model; with `lora` the trunk is frozen beside an adapter.

    Raises RunFailure `unknown_model`.
    """
    try:
        trunk = AutoModel.from_pretrained(name, revision=revision, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise unknown_model(name, error) from error
    without_dropout(trunk)
    width = trunk.config.hidden_size
    if lora is not None:
        trunk = get_peft_model(trunk, lora_config(lora, "FEATURE_EXTRACTION"))
    return Critic(width, trunk).to(device())


def shared_critic(policy: nn.Module) -> Critic:
    """A critic on the policy's own hidden states."""
    return Critic(policy.config.hidden_size).to(device())
