"""Causal language models: loaded, adapted, saved; text to tokens and back."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn.modules.dropout import _DropoutNd
from transformers import AutoModelForCausalLM, AutoTokenizer, PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

from attune_trainer.device import device
from attune_trainer.failures import RunFailure
from attune_trainer.settings import Lora

Policy = PreTrainedModel | PeftModel


def load_tokenizer(name: str, revision: str | None = None) -> PreTrainedTokenizerBase:
    """A model's tokenizer, with a padding token (its end-of-sequence token where it has none of its own).

    Raises RunFailure `unknown_model`.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, revision=revision)
    except (OSError, ValueError) as error:
        raise unknown_model(name, error) from error
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_policy(name: str, revision: str | None = None, lora: Lora | None = None) -> Policy:
    """A causal language model from a folder or the hub, in fp32; with `lora` frozen beside a new adapter.

    Dropout of its own is off, also in the configuration that is saved with it, so that the policy and its reference
    agree before the first step.
    Raises RunFailure `unknown_model`.
    """
    try:
        model = AutoModelForCausalLM.from_pretrained(name, revision=revision, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise unknown_model(name, error) from error
    without_dropout(model)
    if lora is not None:
        model = get_peft_model(model, lora_config(lora, "CAUSAL_LM"))
    return model.to(device())


def frozen(model: torch.nn.Module) -> torch.nn.Module:
    """A model that is only asked, never trained."""
    return model.requires_grad_(False).eval()


def adapter_off(model: Policy) -> AbstractContextManager[None]:
    """While it lasts, a model with an adapter answers as the one that it was put on; any other as it is."""
    return model.disable_adapter() if isinstance(model, PeftModel) else nullcontext()


def without_adapter_wrapper(model: Policy) -> PreTrainedModel:
    """The model itself; an adapter stays at work inside it."""
    return model.get_base_model() if isinstance(model, PeftModel) else model


def without_dropout(model: PreTrainedModel) -> None:
    """Sets every dropout of a model to zero: modules, and rates that attention and others read when they are called."""
    for module in model.modules():
        if isinstance(module, _DropoutNd):
            module.p = 0.0
        # Attention applies its own as a function, with a rate that it copied from the configuration.
        _zero_rates(module)
    for config in (model.config, *_parts_of(model.config)):
        _zero_rates(config)


def _zero_rates(owner: object) -> None:
    for name, value in vars(owner).items():
        if "drop" in name and isinstance(value, float):
            setattr(owner, name, 0.0)


def _parts_of(config: PretrainedConfig) -> list[PretrainedConfig]:
    """Configurations within one: of the text model of one that also sees."""
    return [part for name in config.sub_configs if isinstance(part := getattr(config, name, None), PretrainedConfig)]


def lora_config(lora: Lora, task: str) -> LoraConfig:
    """Attune's adapter settings as peft's."""
    return LoraConfig(
        task_type=task,
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=lora.targets or "all-linear",
    )


def save_policy(model: Policy, tokenizer: PreTrainedTokenizerBase, folder: Path) -> dict[str, Path]:
    """Writes merged weights to `folder/model` and, where there is one, the adapter to `folder/adapter`.

    Returns the folders by kind of artifact.
    """
    written = {}
    if isinstance(model, PeftModel):
        model.save_pretrained(folder / "adapter")
        written["adapter"] = folder / "adapter"
        model = model.merge_and_unload()
    model.save_pretrained(folder / "model")
    tokenizer.save_pretrained(folder / "model")
    return {"model": folder / "model", **written}


def unknown_model(name: str, error: Exception) -> RunFailure:
    """A model that can neither be read from a folder nor found on the hub."""
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return RunFailure(
        "unknown_model",
        f"The model {name!r} could not be loaded: {first} Give a folder with its weights or its id on the hub, and "
        "check that the hub can be reached.",
    )
