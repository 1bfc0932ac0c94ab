"""SFT and DPO on happy stories: how much reward for how much KL.

    python experiments/stories_dpo.py      # results in docs/training/stories-dpo.json

DPO learns from the preferences that the reward model was trained from, with three settings; SFT from the preferred
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
    NEW_TOKENS,
    RESULTS,
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
KL_LIMIT = 10.0

ABOVE = """# DPO and SFT on happy stories

Made by `trainer/experiments/stories_dpo.py`. The 260-thousand-parameter story model learns from 1,920 noisy preferences
between its own stories (DPO) or from the preferred stories (SFT), one epoch each. A reward model, trained from such
preferences too, scores 240 new stories behind 60 beginnings that no policy learnt from. The rule that preferences were
drawn from counts distinct happy words minus distinct sad ones; no policy saw it. KL is the mean log-ratio of sampled
stories to the story model, in nats by story. ± is one standard error; the gain is in standard deviations of the story
model's rewards, with its 95 % interval.

| policy | reward | gain (sd) | rule | KL | tokens | ended by itself | distinct-2 | processor s |
|---|---:|---:|---:|---:|---:|---:|---:|---:|"""

BELOW = f"""Stories are cut at {NEW_TOKENS} tokens: a policy whose stories end by themselves more often writes fewer.
Preferences behind the 60 beginnings chose each run's checkpoint among four. A first try (learning rate 5e-4, β .5)
moved some 40 nats away within 30 steps and got worse on them; the recipe kept the weights of its best evaluation, which
were the untrained ones.
"""

COMMON: dict[str, Any] = {
    "seed": SEED,
    "threads": 1,
    "batch_size": 16,
    "max_length": 256,
    "checkpoint_every": 10_000,
    "epochs": 1,
    "warmup_steps": 10,
}
POLICIES: dict[str, tuple[str, dict[str, Any]]] = {
    "dpo-gentle": ("dpo", {**COMMON, "learning_rate": 5e-5, "beta": 0.1}),
    "dpo": ("dpo", {**COMMON, "learning_rate": 1e-4, "beta": 0.1}),
    "dpo-tight": ("dpo", {**COMMON, "learning_rate": 1e-4, "beta": 0.3}),
    "sft": ("sft", {**COMMON, "learning_rate": 2e-4}),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=POLICIES, default=list(POLICIES), help="keeps the others' results")
    torch.set_num_threads(1)
    for name in parser.parse_args().only:
        recipe, settings = POLICIES[name]
        trained, taken, report = learnt(name, recipe, compared_once(), settings)
        known = {"policy": name, "settings": settings, **taken, "before": report["before"], "after": report["after"]}
        path = WORK / f"{name}.json"
        path.write_text(json.dumps({**known, **against(base(), measured(name, trained))}), "utf-8")
    found = [WORK / f"{name}.json" for name in POLICIES]
    points = [json.loads(path.read_text("utf-8")) for path in found if path.exists()]
    curve = [point for point in points if point["policy"] != "sft"]
    within = [point for point in curve if point["kl"] <= KL_LIMIT]
    save_results(
        "stories-dpo",
        {
            "base": asdict(base()),
            "curve": curve,
            "best_within_limit": max(within, key=lambda point: point["reward"], default=None),
            "sft": next((point for point in points if point["policy"] == "sft"), None),
        },
    )
    (RESULTS / "stories-dpo.md").write_text(page(asdict(base()), points), "utf-8")
    return 0


def page(base: dict[str, Any], points: list[dict[str, Any]]) -> str:
    """The page that people read."""
    lines = [ABOVE, f"| story model {cells(base, '')} | |"]
    for point in points:
        given = point["settings"]
        name = f"{point['policy']}: lr {given['learning_rate']:g}" + (
            f", β {given['beta']:g}" if "beta" in given else ""
        )
        gain = f"{point['gain_in_sd']:.2f} ({point['gain_low']:.2f}–{point['gain_high']:.2f})"
        lines.append(f"| {name} {cells(point, gain)} | {point['processor_seconds']} |")
    return "\n".join([*lines, "", BELOW])


def cells(one: dict[str, Any], gain: str) -> str:
    """A policy's measurements as cells of the table."""
    shown = [
        f"{one['reward']:.3f} ± {one['reward_se']:.3f}",
        gain,
        f"{one['judge']:.2f} ± {one['judge_se']:.2f}",
        f"{one['kl']:.1f} ± {one['kl_se']:.1f}",
        f"{one['tokens']:.0f}",
        f"{one['finished']:.2f}",
        f"{one['distinct_2']:.3f}",
    ]
    return f"| {' | '.join(shown)}"


def base() -> Measured:
    """What the story model writes; measured once."""
    path = WORK / "base.json"
    if not path.exists():
        path.write_text(json.dumps(asdict(measured("base", STORY_MODEL))), "utf-8")
    return Measured(**json.loads(path.read_text("utf-8")))


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


def measured(name: str, model: Path) -> Measured:
    """What a policy writes behind held-out beginnings."""
    reference, asked = story_model()
    texts = [text for text in prompts()[1] for _ in range(STORIES_PER_PROMPT)]
    found = measure(load_policy(str(model)), reference, scorer(), asked, texts, MEASURE_SEED)
    print(name, json.dumps(asdict(found)), flush=True)
    return found


def against(base: Measured, trained: Measured) -> dict[str, float]:
    """A policy's measurements, and its gain in standard deviations of the reference's rewards."""
    gain = (trained.reward - base.reward) / base.reward_sd
    error = (trained.reward_se**2 + base.reward_se**2) ** 0.5 / base.reward_sd
    interval = {"gain_low": gain - 1.96 * error, "gain_high": gain + 1.96 * error}
    return {**asdict(trained), "gain_in_sd": gain, **interval}


if __name__ == "__main__":
    sys.exit(main())
