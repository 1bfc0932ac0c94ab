"""Policies as they are loaded for training."""

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoConfig, AutoModelForCausalLM

from attune_trainer.policy import load_policy

LITTLE: dict[str, dict[str, Any]] = {
    # Reads its rate when attention is computed; no module of its own holds it.
    "llama": {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "attention_dropout": 0.5},
    "gpt2": {"n_embd": 32, "n_head": 2, "attn_pdrop": 0.5, "resid_pdrop": 0.5, "embd_pdrop": 0.5},
    "opt": {"hidden_size": 32, "ffn_dim": 64, "num_attention_heads": 2, "dropout": 0.5, "attention_dropout": 0.5},
}


@pytest.mark.parametrize("kind", LITTLE)
def test_a_policy_in_training_answers_as_it_does_otherwise(kind: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    config = AutoConfig.for_model(kind, vocab_size=64, num_hidden_layers=2, **LITTLE[kind])
    made = AutoModelForCausalLM.from_config(config)
    made.save_pretrained(tmp_path)
    tokens = torch.arange(20)[None]
    with torch.no_grad():
        assert not torch.equal(made.train()(tokens).logits, made(tokens).logits), "its dropout does something"
        policy = load_policy(str(tmp_path)).train()
        torch.testing.assert_close(policy(tokens).logits, policy(tokens).logits, rtol=0, atol=0)
        torch.testing.assert_close(policy(tokens).logits, made.eval()(tokens).logits)
