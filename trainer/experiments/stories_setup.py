"""Happy stories: the task on which SFT, DPO and PPO are shown to learn.

The story model (260,032 parameters) writes stories behind forty beginnings' worth of heroes and places. A rule judges
how happy a story is: distinct happy words minus distinct sad ones, so that repeating a word gains nothing. Preferences
between two stories of one beginning are drawn from that rule with noise (Bradley & Terry 1952), as people's would be.
A reward model is trained from them by the recipe `reward`; policies see that reward model, never the rule.

    python experiments/stories_setup.py        # prompts, preferences, reward model; kept in .attune/experiments
"""

import argparse
import itertools
import json
import math
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy
import torch

from attune_trainer.__main__ import run_folder
from attune_trainer.answer_logprobs import answer_logprobs
from attune_trainer.data.completions import Completion, PromptFormat, collate
from attune_trainer.generation import Sampling, write_answers
from attune_trainer.policy import Policy, load_policy, load_tokenizer
from attune_trainer.protocol import PROTOCOL
from attune_trainer.reward_model import RewardScorer, load_reward_model

ROOT = Path(__file__).parents[2]
STORY_MODEL = ROOT / "trainer" / "tests" / "fixtures" / "stories260K-hf"
WORK = ROOT / ".attune" / "experiments" / "stories"
RESULTS = ROOT / "docs" / "training"

NEW_TOKENS = 192
STORIES_PER_PROMPT = 8
SEED = 1

HEROES = ("cat", "dog", "bird", "frog", "boy", "girl", "bear", "fish", "mouse", "cow", "bunny", "duck")
NAMES = ("Lily", "Tom", "Mia", "Ben", "Sue")
KINDS = ("little", "big", "old", "red", "funny")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters, each once."""
    return frozenset(re.findall(r"[a-z]+", text.lower()))


HAPPY = words_of(
    """happy happily happiness glad smile smiled smiling laugh laughed laughing fun love loved loves joy joyful hug
    hugged kind nice friend friends friendly play played playing beautiful pretty proud excited best safe thank thanked
    good great yummy sweet warm helped share shared sang danced cheer cheered wonderful amazing"""
)
SAD = words_of(
    """sad sadly cry cried crying tears hurt scared afraid angry mad bad lost alone lonely broke broken fell hate
    mean fight fought sick died dead pain worried sorry upset cold dark hungry tired scary monster yelled shouted
    frowned stuck trouble ugly"""
)


@dataclass(frozen=True)
class Measured:
    """Stories of a policy behind held-out beginnings."""

    stories: int
    reward: float
    reward_sd: float
    reward_se: float
    judge: float
    judge_se: float
    # Mean Σ log π − log π_ref over a story's tokens, in nats: an unbiased estimate of KL(π ‖ π_ref).
    kl: float
    kl_se: float
    tokens: float
    finished: float
    # Distinct pairs of neighbouring words among all of a story's, averaged over stories.
    distinct_2: float


def prompts() -> tuple[list[str], list[str]]:
    """Beginnings to learn from (240) and held out (60)."""
    texts = [
        f"Once upon a time, there was a {kind} {hero} named {name}."
        for kind, hero, name in itertools.product(KINDS, HEROES, NAMES)
    ]
    random.Random(SEED).shuffle(texts)
    return texts[:240], texts[240:300]


def happiness(story: str) -> int:
    """Distinct happy words minus distinct sad words."""
    words = words_of(story)
    return len(words & HAPPY) - len(words & SAD)


def write_stories(policy: Policy, asked: PromptFormat, texts: Sequence[str], seed: int) -> list[Completion]:
    """One sampled story (temperature 1) behind each beginning."""
    begun = [asked.prompt(text) for text in texts]
    draws = torch.rand(len(begun), NEW_TOKENS, generator=torch.Generator().manual_seed(seed))
    written = write_answers(policy.eval(), begun, asked.stops, Sampling(NEW_TOKENS), draws, batch_size=120)
    return [Completion(prompt, story.tokens) for prompt, story in zip(begun, written, strict=True)]


def measure(
    policy: Policy, reference: Policy, scorer: RewardScorer, asked: PromptFormat, texts: Sequence[str], seed: int
) -> Measured:
    """Writes a story behind each text with the policy and measures them."""
    stories = write_stories(policy, asked, texts, seed)
    return measured(stories, _log_ratios(policy, reference, stories), scorer, asked, texts)


def measured(
    stories: Sequence[Completion],
    log_ratios: Sequence[float],
    scorer: RewardScorer,
    asked: PromptFormat,
    texts: Sequence[str],
) -> Measured:
    """Stories that were written already, with their log-ratios to the reference."""
    written = [asked.text(story.answer, story.prompt) for story in stories]
    rewards = scorer.score([("", text, story) for text, story in zip(texts, written, strict=True)]).tolist()
    judged = [happiness(story) for story in written]
    finished = [story.answer[-1] in asked.stops for story in stories]
    return Measured(
        stories=len(stories),
        reward=float(numpy.mean(rewards)),
        reward_sd=float(numpy.std(rewards, ddof=1)),
        reward_se=_standard_error(rewards),
        judge=float(numpy.mean(judged)),
        judge_se=_standard_error(judged),
        kl=float(numpy.mean(log_ratios)),
        kl_se=_standard_error(log_ratios),
        tokens=float(numpy.mean([len(story.answer) for story in stories])),
        finished=float(numpy.mean(finished)),
        distinct_2=float(numpy.mean([_distinct_2(story) for story in written])),
    )


def story_model() -> tuple[Policy, PromptFormat]:
    """The policy that everything starts from, and how it is asked."""
    policy = load_policy(str(STORY_MODEL))
    return policy, PromptFormat(load_tokenizer(str(STORY_MODEL)), policy.generation_config)


def run_recipe(
    folder: Path, recipe: str, base_model: Path, data: Path, hyperparameters: dict[str, Any]
) -> tuple[dict[str, Any], float]:
    """Runs a recipe in a fresh folder. Returns its report and the seconds that it took."""
    folder.mkdir(parents=True, exist_ok=False)
    spec = {
        "protocol": PROTOCOL,
        "run_id": folder.name,
        "recipe": recipe,
        "base_model": str(base_model),
        "data": {"name": "stories", "path": str(data)},
        "hyperparameters": hyperparameters,
    }
    (folder / "spec.json").write_text(json.dumps(spec), "utf-8")
    started = time.monotonic()
    run_folder(folder)
    last = json.loads((folder / "events.jsonl").read_text("utf-8").rstrip("\n").split("\n")[-1])
    if last["type"] != "done":
        raise RuntimeError(f"{folder.name}: {last}")
    return last["report"], time.monotonic() - started


def preferences_path() -> Path:
    """Pairs of the base model's stories, as a data set; made where absent."""
    path = WORK / "preferences.jsonl"
    if not path.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        policy, asked = story_model()
        chance = random.Random(SEED)
        rows = []
        for split, texts in zip(("train", "validation"), prompts(), strict=True):
            repeated = [text for text in texts for _ in range(STORIES_PER_PROMPT)]
            stories = write_stories(policy, asked, repeated, seed=SEED if split == "train" else SEED + 1)
            written = [asked.text(story.answer, story.prompt) for story in stories]
            for at in range(0, len(written), STORIES_PER_PROMPT):
                rows += _compared(split, repeated[at], written[at : at + STORIES_PER_PROMPT], chance)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def reward_model_path() -> Path:
    """The reward model's folder, trained from the preferences; made where absent."""
    run = WORK / "reward"
    if not (run / "artifacts" / "report.json").exists():
        report, seconds = run_recipe(run, "reward", STORY_MODEL, preferences_path(), REWARD_SETTINGS)
        report["base_model"] = STORY_MODEL.relative_to(ROOT).as_posix()
        summary = {"seconds": round(seconds), "settings": REWARD_SETTINGS, "report": report}
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / "stories-reward.json").write_text(json.dumps(summary, indent=2) + "\n", "utf-8")
    return run / "artifacts" / "model"


REWARD_SETTINGS = {
    "architecture": "decoder",
    "learning_rate": 1e-3,
    "epochs": 3,
    # Questions, of eight stories each.
    "batch_size": 4,
    "max_length": 256,
    "centring": 0.01,
    "patience": 0,
    "onnx": "none",
    "seed": SEED,
}


def scorer() -> RewardScorer:
    """The trained reward model, ready to score."""
    return load_reward_model(str(reward_model_path()))


def save_results(name: str, results: dict[str, Any]) -> None:
    """Writes an experiment's numbers to docs/training."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")


@torch.no_grad()
def _log_ratios(policy: Policy, reference: Policy, stories: Sequence[Completion]) -> list[float]:
    ratios: list[float] = []
    for at in range(0, len(stories), 32):
        batch = collate(stories[at : at + 32], 2)
        ratios += (answer_logprobs(policy, batch).sums() - answer_logprobs(reference, batch).sums()).tolist()
    return ratios


def _compared(split: str, prompt: str, stories: list[str], chance: random.Random) -> list[dict[str, Any]]:
    """Each story against the next one of the same beginning, and the one behind that; the happier wins more often."""
    rows = []
    for step, (place, story) in itertools.product((1, 2), enumerate(stories)):
        other = stories[(place + step) % len(stories)]
        first = chance.random() < 1 / (1 + math.exp(happiness(other) - happiness(story)))
        chosen, rejected = (story, other) if first else (other, story)
        row = {"type": "pair", "split": split, "query": prompt, "chosen": chosen, "rejected": rejected}
        rows.append({**row, "strength": 1.0})
    return rows


def _distinct_2(story: str) -> float:
    words = re.findall(r"[a-z]+", story.lower())
    neighbours = list(itertools.pairwise(words))
    return len(set(neighbours)) / max(1, len(neighbours))


def _standard_error(values: Sequence[float]) -> float:
    return float(numpy.std(values, ddof=1) / math.sqrt(len(values)))


def main() -> int:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    torch.set_num_threads(2)
    policy, asked = story_model()
    _, held_out = prompts()
    base = measure(policy, policy, scorer(), asked, [text for text in held_out for _ in range(4)], seed=100)
    print(json.dumps(asdict(base), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
