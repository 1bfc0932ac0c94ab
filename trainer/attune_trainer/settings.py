"""Hyperparameters as typed values. Fields, ranges and defaults are those of the protocol; a test compares them.

What one setting asks of another stands here and in the contracts' `hyperparameters.ts`: a JSON schema cannot say it.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

from attune_trainer.failures import RunFailure

# Shao et al. 2024 (arXiv:2402.03300), section 4.2.
GRPO_KL_WEIGHT = 0.04


@dataclass(frozen=True)
class Lora:
    """A low-rank adapter (Hu et al. 2021, arXiv:2106.09685)."""

    rank: int
    alpha: float
    dropout: float
    targets: list[str]


@dataclass(frozen=True, kw_only=True)
class Optimised:
    """What every recipe optimises with."""

    seed: int
    batch_size: int
    accumulation: int
    weight_decay: float
    warmup_steps: int
    warmup_cap: float
    max_grad_norm: float
    precision: Literal["fp32", "bf16"]
    lora: Lora | None
    checkpoint_every: int
    threads: int
    learning_rate: float


@dataclass(frozen=True, kw_only=True)
class RewardSettings(Optimised):
    architecture: Literal["cross_encoder", "decoder"]
    head_learning_rate: float | None
    layer_decay: float
    epochs: float
    max_length: int
    pooling: Literal["first", "mean", "interaction"]
    dropout: float
    mse_weight: float
    ranking_weight: float
    margin: float
    centring: float
    dimensions: bool
    features: bool
    fit_head_first: bool
    frozen_layers: int
    patience: int
    evaluations: int
    onnx: Literal["none", "fp32", "int8_if_as_good"]

    def __post_init__(self) -> None:
        if self.mse_weight == 0 and self.ranking_weight == 0:
            raise _refused("mse_weight", "may be 0 only where ranking_weight is not: else nothing is learnt.")


@dataclass(frozen=True, kw_only=True)
class SftSettings(Optimised):
    epochs: float
    max_length: int
    min_rating: float
    patience: int


@dataclass(frozen=True, kw_only=True)
class DpoSettings(Optimised):
    epochs: float
    max_length: int
    loss: Literal["sigmoid", "ipo", "kto"]
    beta: float
    label_smoothing: float
    length_normalised: bool
    desirable_weight: float
    undesirable_weight: float
    patience: int

    def __post_init__(self) -> None:
        if self.label_smoothing and self.loss != "sigmoid":
            raise _refused("label_smoothing", "only the loss 'sigmoid' smooths labels.")


@dataclass(frozen=True, kw_only=True)
class PpoSettings(Optimised):
    critic_learning_rate: float | None
    max_prompt_length: int
    max_new_tokens: int
    temperature: float
    top_k: int
    top_p: float
    rounds: int
    rollouts: int
    minibatch_size: int
    inner_epochs: int
    advantages: Literal["gae", "group"]
    group_size: int
    critic: Literal["own", "shared"]
    gamma: float
    # `lambda` is a word of the language.
    lambda_: float
    clip_ratio: float
    clip_value: float
    value_weight: float
    entropy_weight: float
    kl_loss_weight: float | None
    kl_reward_weight: float
    kl_controller: Literal["fixed", "adaptive", "linear"]
    kl_target: float
    kl_horizon: float
    whiten_advantages: bool
    normalise_rewards: bool
    unfinished_penalty: float
    kl_limit: float
    evaluate_every: int
    sample_every: int
    reward: dict[str, Any]
    held_out_reward: dict[str, Any] | None
    stop_on_alarm: bool

    def __post_init__(self) -> None:
        if self.advantages == "group" and self.rollouts % self.group_size:
            raise _refused("rollouts", "must be a multiple of group_size.")

    @property
    def kl_penalty(self) -> Literal["reward", "loss"]:
        """Where the KL penalty stands whose weight a controller moves: with group-relative advantages in the loss."""
        return "loss" if self.advantages == "group" else "reward"

    @property
    def loss_kl_weight(self) -> float:
        """Weight of the loss's KL term at the start (β of GRPO, c3 of PPO)."""
        if self.kl_loss_weight is not None:
            return self.kl_loss_weight
        return GRPO_KL_WEIGHT if self.advantages == "group" else 0.0


@dataclass(frozen=True, kw_only=True)
class ConstitutionalSettings:
    seed: int
    principles: str | None
    url: str
    model: str
    key_variable: str
    revisions: int
    candidates: int
    temperature: float
    concurrency: int


Settings = TypeVar("Settings")


def read_settings(kind: type[Settings], hyperparameters: dict[str, Any]) -> Settings:
    """Completed hyperparameters of a spec as typed settings.

    Raises RunFailure `invalid_spec` for values that fit the schema one by one but not one another.
    """
    values = {field.name: hyperparameters[field.name.rstrip("_")] for field in fields(kind)}
    if values.get("lora") is not None:
        values["lora"] = Lora(**values["lora"])
    return kind(**values)


def _refused(field: str, why: str) -> RunFailure:
    return RunFailure("invalid_spec", f"hyperparameters.{field}: {why}")
