"""Whether a base model is of the kind that a recipe needs, told from its configuration before anything else is read."""

from pathlib import Path
from typing import Literal

from transformers import AutoConfig, PretrainedConfig
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES, MODEL_FOR_MASKED_LM_MAPPING_NAMES

from attune_trainer.failures import RunFailure
from attune_trainer.policy import unknown_model

# How classes are called whose weights write text; one that reads with an encoder too says so besides.
WRITERS = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")


def require_policy(name: str, revision: str | None = None) -> None:
    """Raises RunFailure `unknown_model` for what is no causal language model: an encoder, a reward model, a trunk."""
    config = _config(name, revision)
    rewards = (Path(name) / "attune.json").exists()
    if rewards or config.is_encoder_decoder or not (_says_that_it_writes(config) or _unsaid_writer(config)):
        what = "a reward model" if rewards else _described(config)
        raise _unfit(name, what, "a language model that writes from left to right, as GPT and Llama")


def require_reward_base(
    name: str, architecture: Literal["cross_encoder", "decoder"], revision: str | None = None
) -> None:
    """Raises RunFailure `unknown_model` for an encoder where a decoder is wanted, and the other way round."""
    config = _config(name, revision)
    if architecture == "cross_encoder" and (config.is_encoder_decoder or _is_decoder(config)):
        need = "an encoder, as BERT and RoBERTa; for a language model set architecture to decoder"
        raise _unfit(name, _described(config), need)
    if architecture == "decoder" and (config.is_encoder_decoder or not _is_decoder(config)):
        need = "a language model, as GPT and Llama; for an encoder set architecture to cross_encoder"
        raise _unfit(name, _described(config), need)


def _says_that_it_writes(config: PretrainedConfig) -> bool:
    return any(one.endswith(WRITERS) for one in config.architectures or [])


def _unsaid_writer(config: PretrainedConfig) -> bool:
    return not config.architectures and _is_decoder(config)


def _is_decoder(config: PretrainedConfig) -> bool:
    """Of kinds that can be either (BERT has a causal class too) only those whose weights are a causal model's."""
    kind = config.model_type
    if kind in MODEL_FOR_MASKED_LM_MAPPING_NAMES:
        return _says_that_it_writes(config)
    return kind in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES or _says_that_it_writes(config)


def _config(name: str, revision: str | None) -> PretrainedConfig:
    try:
        return AutoConfig.from_pretrained(name, revision=revision)
    except (OSError, ValueError) as error:
        raise unknown_model(name, error) from error


def _described(config: PretrainedConfig) -> str:
    return " / ".join(config.architectures or [config.model_type])


def _unfit(name: str, what: str, need: str) -> RunFailure:
    return RunFailure("unknown_model", f"The model {name!r} is {what}; this recipe needs {need}.")
