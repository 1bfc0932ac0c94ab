"""SFT and DPO take the same steps as TRL's trainers on the same batches: losses, gradients, learning rates.

TRL 1.16: https://github.com/huggingface/trl (SFTTrainer, DPOTrainer). Gradients are compared by their norm at every
step, and through the weights that they lead to in the steps behind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset
from story_rows import STORY_MODEL, pairs, ratings, training_metrics
from transformers import AutoTokenizer
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from attune_trainer.loop import Plan, _rows_of_step

EPOCHS, BATCH, ROWS = 2, 4, 16
SETTINGS = {
    "batch_size": BATCH,
    "epochs": EPOCHS,
    "max_length": 128,
    "learning_rate": 1e-3,
    "warmup_steps": 2,
    "warmup_cap": 0.5,
}


def in_order_of_steps(rows: list[dict[str, Any]]) -> Dataset:
    """The training rows as the recipe's steps see them, epoch after epoch."""
    plan = Plan(EPOCHS, BATCH, 1, 1, 100, 0, 1, "fp32")
    train = [row for row in rows if row["split"] == "train"]
    return Dataset.from_list(
        [row for step in range(plan.steps(len(train))) for row in _rows_of_step(train, step, plan)]
    )


def config(folder: Path) -> dict[str, Any]:
    return {
        "output_dir": str(folder),
        "per_device_train_batch_size": BATCH,
        "num_train_epochs": 1,
        "learning_rate": SETTINGS["learning_rate"],
        "lr_scheduler_type": "cosine",
        "warmup_steps": 2,
        "weight_decay": 0.01,
        "max_grad_norm": 1.0,
        "max_length": None,
        "bf16": False,
        "gradient_checkpointing": False,
        "train_sampling_strategy": "sequential",
        "logging_steps": 1,
        "save_strategy": "no",
        "report_to": "none",
        "use_cpu": True,
        "disable_tqdm": True,
        "seed": 1,
    }


def story_tokenizer() -> Any:
    tokenizer = AutoTokenizer.from_pretrained(STORY_MODEL)
    # TRL ends answers with the tokenizer's token; the story model ends them with <s>.
    tokenizer.eos_token = "<s>"
    return tokenizer


def logged(trainer: Any) -> list[dict[str, float]]:
    trainer.train()
    return [entry for entry in trainer.state.log_history if "grad_norm" in entry]


def compare(ours: list[dict[str, float]], theirs: list[dict[str, float]], names: dict[str, str]) -> None:
    assert len(ours) == len(theirs) == 8
    for own, other in zip(ours, theirs, strict=True):
        for name, theirs_name in names.items():
            assert own[name] == pytest.approx(other[theirs_name], abs=1e-4, rel=1e-4), name


@pytest.mark.filterwarnings("ignore")
def test_sft_takes_trls_steps(run_recipe: Callable[..., Any], tmp_path: Path) -> None:
    rows = [row for row in ratings(train=ROWS) if row["rating"] == 5]
    ours = training_metrics(run_recipe("sft", STORY_MODEL, rows, SETTINGS))
    data = in_order_of_steps([{"split": r["split"], "prompt": r["query"], "completion": r["response"]} for r in rows])
    trainer = SFTTrainer(
        model=str(STORY_MODEL),
        args=SFTConfig(**config(tmp_path / "trl")),
        train_dataset=data,
        processing_class=story_tokenizer(),
    )
    names = {"loss": "loss", "gradient_norm": "grad_norm", "learning_rate": "learning_rate"}
    compare(ours, logged(trainer), {**names, "token_accuracy": "mean_token_accuracy"})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("settings", "theirs"),
    [
        ({}, {"loss_type": ["sigmoid"]}),
        ({"length_normalised": True, "beta": 2.0}, {"loss_type": ["sigmoid_norm"], "beta": 2.0}),
        ({"loss": "ipo", "length_normalised": True, "beta": 0.5}, {"loss_type": ["ipo"], "beta": 0.5}),
    ],
    ids=["sigmoid", "sigmoid-by-length", "ipo"],
)
def test_dpo_takes_trls_steps(
    settings: dict[str, Any], theirs: dict[str, Any], run_recipe: Callable[..., Any], tmp_path: Path
) -> None:
    rows = pairs(train=ROWS)
    ours = training_metrics(run_recipe("dpo", STORY_MODEL, rows, {**SETTINGS, **settings}))
    data = in_order_of_steps(
        [{"split": r["split"], "prompt": r["query"], "chosen": r["chosen"], "rejected": r["rejected"]} for r in rows]
    )
    trainer = DPOTrainer(
        model=str(STORY_MODEL),
        args=DPOConfig(**config(tmp_path / "trl"), **theirs),
        train_dataset=data,
        processing_class=story_tokenizer(),
    )
    names = {"loss": "loss", "gradient_norm": "grad_norm", "learning_rate": "learning_rate"}
    if theirs["loss_type"] == ["sigmoid"]:
        names |= {"rewards/chosen": "rewards/chosen", "rewards/margin": "rewards/margins"}
    compare(ours, logged(trainer), {**names, "logprobs/rejected": "logps/rejected"})
