"""A reward model on a decoder takes the same steps as TRL's RewardTrainer on the same pairs.

TRL 1.16: https://github.com/huggingface/trl (RewardTrainer). Gradients are compared by their norm at every step, and
through the weights that they lead to in the steps behind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import Dataset
from story_rows import STORY_MODEL, pairs, training_metrics
from transformers import LlamaForSequenceClassification
from trl import RewardConfig as TrlConfig
from trl import RewardTrainer

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.loop import Plan, _rows_of_step
from attune_trainer.policy import load_tokenizer
from attune_trainer.reward_model import RewardConfig, new_reward_model, save_reward_model

EPOCHS, BATCH = 2, 4
SETTINGS = {
    "architecture": "decoder",
    "batch_size": BATCH,
    "epochs": EPOCHS,
    "max_length": 128,
    "learning_rate": 1e-3,
    "warmup_steps": 2,
    "warmup_cap": 0.5,
    "dropout": 0.0,
    "patience": 0,
    "onnx": "none",
    "mse_weight": 0.0,
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("settings", "margin", "theirs"),
    [({}, 0.0, {}), ({"margin": 0.7, "centring": 0.05}, 0.7, {"center_rewards_coefficient": 0.05})],
    ids=["plain", "margin-and-centring"],
)
def test_it_takes_trls_steps(
    settings: dict[str, Any], margin: float, theirs: dict[str, Any], run_recipe: Callable[..., Any], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    model = new_reward_model(str(STORY_MODEL), RewardConfig("decoder", 128, dropout=0.0))
    save_reward_model(model, tmp_path / "base")
    rows = [{**row, "strength": 0.25 + 0.05 * at} for at, row in enumerate(pairs(train=16))]
    ours = training_metrics(run_recipe("reward", tmp_path / "base", rows, {**SETTINGS, **settings}))

    classifier = LlamaForSequenceClassification.from_pretrained(STORY_MODEL, num_labels=1, dtype=torch.float32)
    # transformers' classifier looks for the last token that is no padding, so padding must not be the end token.
    tokenizer = load_tokenizer(str(STORY_MODEL))
    tokenizer.pad_token = tokenizer.unk_token
    classifier.config.pad_token_id = tokenizer.pad_token_id
    with torch.no_grad():
        classifier.score.weight.copy_(model.head.weight)
    plan = Plan(EPOCHS, BATCH, 1, 1, 100, 0, 1, "fp32")
    train = [row for row in rows if row["split"] == "train"]
    steps = [row for step in range(plan.steps(len(train))) for row in _rows_of_step(train, step, plan)]
    data = [
        {
            "chosen_ids": model.rows([Answer("", row["query"], row["chosen"])])[0],
            "rejected_ids": model.rows([Answer("", row["query"], row["rejected"])])[0],
            "margin": margin * row["strength"],
        }
        for row in steps
    ]
    trainer = RewardTrainer(
        model=classifier,
        args=TrlConfig(
            output_dir=str(tmp_path / "trl"),
            per_device_train_batch_size=BATCH,
            num_train_epochs=1,
            learning_rate=SETTINGS["learning_rate"],
            lr_scheduler_type="cosine",
            warmup_steps=2,
            weight_decay=0.01,
            max_grad_norm=1.0,
            max_length=None,
            bf16=False,
            gradient_checkpointing=False,
            train_sampling_strategy="sequential",
            logging_steps=1,
            save_strategy="no",
            report_to="none",
            use_cpu=True,
            disable_tqdm=True,
            disable_dropout=True,
            **theirs,
        ),
        train_dataset=Dataset.from_list(data),
        processing_class=tokenizer,
    )
    trainer.train()
    logged = [entry for entry in trainer.state.log_history if "grad_norm" in entry]
    assert len(ours) == len(logged) == 8
    names = {
        "loss": "loss",
        "gradient_norm": "grad_norm",
        "learning_rate": "learning_rate",
        "pair_accuracy": "accuracy",
    }
    for own, other in zip(ours, logged, strict=True):
        for name, trls in names.items():
            assert own[name] == pytest.approx(other[trls], abs=1e-4, rel=1e-4), name
