"""SFT and DPO on happy stories: how much reward for how much KL.

    python experiments/stories_dpo.py      # results in docs/training/stories-dpo.json

DPO learns from the preferences that the reward model was trained from, once for each β; SFT from the preferred
stories. Both start from the story model; the reward model judges stories behind beginnings that nobody learnt from.
"""

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from stories_setup import (
    SEED,
    STORY_MODEL,
    WORK,
    Measured,
    measure,
    preferences_path,
    prompts,
    run_recipe,
    save_results,
    scorer,
    story_model,
)

from attune_trainer.policy import load_policy

STORIES_PER_PROMPT = 4
MEASURE_SEED = 100
BETAS = (0.5, 0.1, 0.03)
KL_LIMIT = 10.0

COMMON: dict[str, Any] = {"seed": SEED, "threads": 1, "batch_size": 16, "max_length": 256, "checkpoint_every": 10_000}
DPO = {**COMMON, "epochs": 1, "learning_rate": 5e-4, "warmup_steps": 10}
SFT = {**COMMON, "epochs": 1, "learning_rate": 5e-4, "warmup_steps": 10, "patience": 0}


def main() -> int:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    torch.set_num_threads(1)
    data = compared_once()
    base = measured(STORY_MODEL)
    curve = []
    for beta in BETAS:
        trained, taken, report = learnt(f"dpo-{beta:g}", "dpo", data, {**DPO, "beta": beta})
        known = {"beta": beta, **taken, "pair_accuracy": report["pair_accuracy"]}
        curve.append({**known, **against(base, measured(trained))})
    trained, taken, report = learnt("sft", "sft", data, SFT)
    perplexity = {when: report[when]["perplexity"] for when in ("before", "after")}
    sft = {**taken, "perplexity": perplexity, **against(base, measured(trained))}
    within = [point for point in curve if point["kl"] <= KL_LIMIT]
    save_results(
        "stories-dpo",
        {
            "settings": {"dpo": DPO, "sft": SFT},
            "base": asdict(base),
            "curve": curve,
            "best_within_limit": max(within, key=lambda point: point["reward"], default=None),
            "sft": sft,
        },
    )
    return 0


def compared_once() -> Path:
    """Half of the preferences, each story against the next one only; of the held-out ones an eighth."""
    path = WORK / "compared-once.jsonl"
    rows = [json.loads(row) for row in preferences_path().read_text("utf-8").rstrip("\n").split("\n")]
    kept = [row for at, row in enumerate(rows) if at % 16 < (8 if row["split"] == "train" else 2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
    return path


def learnt(name: str, recipe: str, data: Path, settings: dict[str, Any]) -> tuple[Path, dict[str, int], dict[str, Any]]:
    """The folder of the policy that a recipe made, the time that it took by the clock and of processors, its report."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    before = time.process_time()
    report, seconds = run_recipe(folder, recipe, STORY_MODEL, data, settings)
    taken = {"seconds": round(seconds), "processor_seconds": round(time.process_time() - before)}
    print(name, taken, json.dumps(report["after"]), flush=True)
    return folder / "artifacts" / "model", taken, report


def measured(model: Path) -> Measured:
    """What a policy writes behind held-out beginnings."""
    reference, asked = story_model()
    texts = [text for text in prompts()[1] for _ in range(STORIES_PER_PROMPT)]
    found = measure(load_policy(str(model)), reference, scorer(), asked, texts, MEASURE_SEED)
    print(json.dumps(asdict(found)), flush=True)
    return found


def against(base: Measured, trained: Measured) -> dict[str, float]:
    """A policy's measurements, and its gain in standard deviations of the reference's rewards."""
    gain = (trained.reward - base.reward) / base.reward_sd
    error = (trained.reward_se**2 + base.reward_se**2) ** 0.5 / base.reward_sd
    interval = {"gain_low": gain - 1.96 * error, "gain_high": gain + 1.96 * error}
    return {**asdict(trained), "gain_in_sd": gain, **interval}


if __name__ == "__main__":
    sys.exit(main())
