"""Speed and memory beside TRL: steps a second and peak memory of reward, SFT and DPO on the same batches.

Each measurement is a process of its own with one thread, Attune's and TRL's in turn, so that whatever else the machine
does meets both. Time is the processor's, which a busy machine hardly changes, and not the clock's. Attune runs through
its public door, with its events and checks; TRL with its progress bar off and a log line every ten steps. Both: fp32,
AdamW, no gradient checkpointing, reference log-probabilities asked beforehand.

    python experiments/speed.py [--rounds 2]  # writes docs/training/speed.json and speed.md
    python experiments/speed.py --print         # prints JSON, writes nothing: `attune bench training`
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from stories_setup import RESULTS, STORY_MODEL, preferences_path, run_recipe
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from attune_trainer.events import EventLog

MODELS = {
    "stories": "story model: 0.26 M parameters, vocabulary 512",
    "wide": "random Llama: 4.5 M parameters, vocabulary 32,000",
}
# Reward models have no vocabulary at their end.
COMPARED = (("stories", "reward"), ("stories", "sft"), ("stories", "dpo"), ("wide", "sft"), ("wide", "dpo"))
STEPS = {"stories": 30, "wide": 8}
BATCH, MAX_LENGTH, THREADS = 8, 256, 1
# Left out of the pace: what is set up on the first steps.
FIRST = 3


def model_folder(name: str, place: Path) -> Path:
    """The story model, or a wider one with random weights and its tokenizer."""
    if name == "stories":
        return STORY_MODEL
    folder = place / "wide"
    if not folder.exists():
        torch.manual_seed(0)
        config = AutoConfig.from_pretrained(STORY_MODEL)
        shape = {"hidden_size": 128, "intermediate_size": 344, "num_hidden_layers": 2, "head_dim": 16}
        for field, value in {**shape, "vocab_size": 32_000}.items():
            setattr(config, field, value)
        AutoModelForCausalLM.from_config(config).save_pretrained(folder)
        AutoTokenizer.from_pretrained(STORY_MODEL).save_pretrained(folder)
    return folder


def rows(steps: int) -> list[dict[str, Any]]:
    """One pair for each beginning, so that a batch of questions is a batch of pairs; one pair held out."""
    lines = preferences_path().read_text("utf-8").rstrip("\n").split("\n")
    by_query = {row["query"]: row for row in reversed([json.loads(line) for line in lines])}
    train = [row for row in by_query.values() if row["split"] == "train"][: BATCH * steps]
    return [*train, next(row for row in by_query.values() if row["split"] == "validation")]


def ours(recipe: str, model: Path, steps: int, place: Path) -> list[float]:
    """Processor time at the end of each step, in seconds."""
    data = place / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows(steps)), "utf-8")
    settings: dict[str, Any] = {"batch_size": BATCH, "epochs": 1, "max_length": MAX_LENGTH, "checkpoint_every": 10_000}
    if recipe == "reward":
        settings |= {"architecture": "decoder", "onnx": "none"}
    ends: list[float] = []
    told = EventLog.metrics

    def timed(events: EventLog, step: int, values: dict[str, float]) -> None:
        told(events, step, values)
        if "loss" in values:
            ends.append(time.process_time())

    EventLog.metrics = timed
    run_recipe(place / "run", recipe, model, data, {**settings, "threads": THREADS})
    return ends


def trls(recipe: str, model: Path, steps: int, place: Path) -> list[float]:
    """Processor time at the end of each step, in seconds."""
    from datasets import Dataset
    from transformers import TrainerCallback
    from trl import DPOConfig, DPOTrainer, RewardConfig, RewardTrainer, SFTConfig, SFTTrainer

    ends: list[float] = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_: Any, **__: Any) -> None:
            ends.append(time.process_time())

    columns: Callable[[dict[str, Any]], dict[str, Any]]
    if recipe == "sft":
        columns = lambda row: {"prompt": row["query"], "completion": row["chosen"]}  # noqa: E731
    elif recipe == "dpo":
        columns = lambda row: {"prompt": row["query"], "chosen": row["chosen"], "rejected": row["rejected"]}  # noqa: E731
    else:
        columns = lambda row: {side: row["query"] + row[side] for side in ("chosen", "rejected")}  # noqa: E731
    data = Dataset.from_list([columns(row) for row in rows(steps) if row["split"] == "train"])
    trainer, config, more = {
        "reward": (RewardTrainer, RewardConfig, {}),
        "sft": (SFTTrainer, SFTConfig, {}),
        "dpo": (DPOTrainer, DPOConfig, {"precompute_ref_log_probs": True}),
    }[recipe]
    options = config(
        output_dir=str(place / "trl"),
        per_device_train_batch_size=BATCH,
        num_train_epochs=1,
        max_length=MAX_LENGTH,
        bf16=False,
        gradient_checkpointing=False,
        use_cpu=True,
        logging_steps=10,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        **more,
    )
    tokenizer = AutoTokenizer.from_pretrained(model)
    tokenizer.eos_token = "<s>"
    trainer(model=str(model), args=options, train_dataset=data, processing_class=tokenizer, callbacks=[Clock()]).train()
    return ends


def measured_here(who: str, recipe: str, model: str, place: Path) -> dict[str, float]:
    """Runs one side in this process. Steps a second, and peak memory in bytes."""
    torch.set_num_threads(THREADS)
    with tempfile.TemporaryDirectory() as folder:
        ends = {"attune": ours, "trl": trls}[who](recipe, model_folder(model, place), STEPS[model], Path(folder))
    if len(ends) != STEPS[model]:
        raise RuntimeError(f"{who} took {len(ends)} steps of {STEPS[model]}")
    pace = (len(ends) - FIRST) / (ends[-1] - ends[FIRST - 1])
    return {"steps_per_second": pace, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


def measured(who: str, recipe: str, model: str, place: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", who, recipe, model, str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.rstrip().split("\n")[-1])


def compared(recipe: str, model: str, rounds: int, place: Path) -> dict[str, Any]:
    """Both sides in turn; the first changes from round to round."""
    found: dict[str, list[dict[str, float]]] = {"attune": [], "trl": []}
    for at in range(rounds):
        for who in ("attune", "trl") if at % 2 == 0 else ("trl", "attune"):
            found[who].append(measured(who, recipe, model, place))
            print(recipe, model, who, found[who][-1], flush=True)
    pairs = list(zip(found["attune"], found["trl"], strict=True))
    ratios = [own["steps_per_second"] / other["steps_per_second"] for own, other in pairs]
    memory = [own["peak_bytes"] / other["peak_bytes"] for own, other in pairs]
    return {
        "recipe": recipe,
        "model": model,
        "rounds": rounds,
        **{
            f"{who}_{name}": statistics.median(one[name] for one in ones)
            for who, ones in found.items()
            for name in ones[0]
        },
        "speed_ratio": statistics.median(ratios),
        "speed_ratio_range": [min(ratios), max(ratios)],
        "memory_ratio": statistics.median(memory),
        "memory_ratio_range": [min(memory), max(memory)],
    }


def table(results: list[dict[str, Any]]) -> str:
    """The page that people read."""
    lines = [
        "# Speed beside TRL",
        "",
        f"Made by `trainer/experiments/speed.py`: batches of {BATCH}, at most {MAX_LENGTH} tokens, fp32,",
        f"{THREADS} thread, TRL 1.16; {STEPS['stories']} steps ({STEPS['wide']} of the wide model), of which the first",
        f"{FIRST} are left out. Every measurement is a process of its own, both sides in turn. Time is that of the",
        f"processor: the machine did other work too. A ratio is the median of {results[0]['rounds']} rounds, with the",
        "smallest and the largest: above 1 Attune is faster; below 1 it takes less memory.",
        "",
        "| recipe | model | Attune steps/s | TRL steps/s | ratio | Attune peak MB | TRL peak MB | ratio |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for one in results:
        speed, memory = one["speed_ratio_range"], one["memory_ratio_range"]
        lines.append(
            f"| {one['recipe']} | {MODELS[one['model']]} "
            f"| {one['attune_steps_per_second']:.2f} | {one['trl_steps_per_second']:.2f} "
            f"| {one['speed_ratio']:.2f} ({speed[0]:.2f}–{speed[1]:.2f}) "
            f"| {one['attune_peak_bytes'] / 1e6:.0f} | {one['trl_peak_bytes'] / 1e6:.0f} "
            f"| {one['memory_ratio']:.2f} ({memory[0]:.2f}–{memory[1]:.2f}) |"
        )
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS), help="leaves the others' results")
    parser.add_argument("--print", action="store_true", help="print the results as JSON and write nothing")
    parser.add_argument("--one", nargs=4, metavar=("WHO", "RECIPE", "MODEL", "PLACE"), help="one measurement, as JSON")
    arguments = parser.parse_args()
    if arguments.one:
        who, recipe, model, place = arguments.one
        print(json.dumps(measured_here(who, recipe, model, Path(place))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for model in MODELS:
            model_folder(model, place)
        results = [
            compared(recipe, model, arguments.rounds, place) for model, recipe in COMPARED if model in arguments.models
        ]
    if arguments.print:
        print(json.dumps(results))
        return 0
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / "speed.json"
    earlier = json.loads(path.read_text("utf-8")) if path.exists() else []
    results = [one for one in earlier if one["model"] not in arguments.models] + results
    path.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    (RESULTS / "speed.md").write_text(table(results), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
