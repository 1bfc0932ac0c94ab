"""PPO and GRPO on happy stories: how much reward for how much KL; and a weak proxy that is gamed.

    python experiments/stories_ppo.py           # all of it; results in docs/training/stories-ppo.json, plots beside it
    python experiments/stories_ppo.py --parts   # the plots again, from the results

Needs `stories_setup.py` (reward model and measuring) and, for its curve, `stories_dpo.py`.
"""

import argparse
import itertools
import json
import math
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import torch
from stories_plot import plot
from stories_setup import (
    HAPPY,
    NEW_TOKENS,
    RESULTS,
    SAD,
    SEED,
    STORY_MODEL,
    WORK,
    measure,
    preferences_path,
    prompts,
    reward_model_path,
    run_recipe,
    save_results,
    scorer,
    story_model,
    words_of,
    write_stories,
)

from attune_trainer.generation import Sampling, left_padded, write_answers
from attune_trainer.policy import load_policy

STORIES_PER_PROMPT = 4
MEASURE_SEED = 100
SECONDS = ("writing", "scoring", "learning")

COMMON: dict[str, Any] = {
    "seed": SEED,
    "threads": 1,
    "max_new_tokens": NEW_TOKENS,
    "rollouts": 64,
    "minibatch_size": 32,
    "inner_epochs": 1,
    "warmup_steps": 5,
    "checkpoint_every": 1000,
    # Stories may go on as long as they like: nothing here should make them shorter.
    "unfinished_penalty": 0,
    "sample_every": 1000,
    # The reward comes with the last of some 190 tokens: with 0.95 the first ones would hardly see it.
    "lambda": 1,
    "critic_learning_rate": 1e-3,
}
PPO = {
    **COMMON,
    "rounds": 32,
    "evaluate_every": 4,
    "learning_rate": 2e-4,
    "kl_reward_weight": 0.2,
    "kl_target": 6,
    "kl_horizon": 400,
    "kl_limit": 30,
}
GRPO = {**PPO, "rounds": 16, "advantages": "group", "group_size": 8}
# The weak proxy runs free: no KL penalty, a higher learning rate, and alarms that are told but end nothing.
WEAK = {
    **COMMON,
    "rounds": 40,
    "evaluate_every": 4,
    "learning_rate": 5e-4,
    "kl_reward_weight": 0,
    "kl_limit": 1e6,
    "stop_on_alarm": False,
}


def happy_words(story: str) -> float:
    """The weak proxy: happy words counted as often as they stand there; 40 of them are a 1."""
    found = sum(word in HAPPY for word in story.lower().replace(".", " ").replace(",", " ").split())
    return min(1.0, found / 40)


def rule(story: str) -> float:
    """The rule behind the preferences, squeezed into 0 to 1: distinct happy words minus distinct sad ones."""
    words = words_of(story)
    return 1 / (1 + math.exp(-(len(words & HAPPY) - len(words & SAD)) / 6))


@contextmanager
def served(reward: Callable[[str], float]) -> Iterator[dict[str, str]]:
    """A reward behind `POST /v1/score`, as a run's RewardSource."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            responses = json.loads(self.rfile.read(int(self.headers["content-length"])))["responses"]
            scores = [{"reward": reward(text), "logit": 0.0} for text in responses]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"model": reward.__name__, "scores": scores}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {"kind": "http", "url": f"http://127.0.0.1:{server.server_port}"}
    finally:
        server.shutdown()
        server.server_close()


def run(name: str, settings: dict[str, Any]) -> dict[str, Any]:
    """One run of the recipe: report, time, held-out course, profile."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    report, seconds = run_recipe(folder, "ppo", STORY_MODEL, preferences_path(), settings)
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    metrics = [event for event in events if event["type"] == "metrics"]
    rounds = [event["values"] for event in metrics if "policy_loss" in event["values"]]
    return {
        # Without places that only this machine has.
        "settings": {name: value for name, value in settings.items() if "reward" not in name or "weight" in name},
        "seconds": round(seconds),
        "cpu_seconds": round(cpu_seconds(events)),
        "report": {name: value for name, value in report.items() if name != "base_model"},
        "course": [
            {"step": event["step"], **event["values"]} for event in metrics if "held_out_reward" in event["values"]
        ],
        "alarms": [
            {name: event[name] for name in ("step", "kind", "message", "evidence")}
            for event in events
            if event["type"] == "alarm"
        ],
        "profile": profile(rounds),
    }


def cpu_seconds(events: list[dict[str, Any]]) -> float:
    """What a run itself computed, from its signs of life: the machine may have been shared."""
    beats = [event for event in events if event["type"] == "resources"]
    times = [datetime.fromisoformat(event["at"]) for event in [events[0], *beats]]
    gaps = [(late - early).total_seconds() for early, late in itertools.pairwise(times)]
    return sum(beat["cpu_share"] * gap for beat, gap in zip(beats, gaps, strict=True))


def profile(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Where a round's time goes, and tokens learnt from per second; all rounds together."""
    spent = {part: sum(values[f"seconds_{part}"] for values in rounds) for part in SECONDS}
    total = sum(spent.values())
    tokens = sum(values["length"] for values in rounds) * COMMON["rollouts"]
    return {
        "tokens_per_second": tokens / total,
        "tokens_written_per_second": tokens / spent["writing"],
        **{f"share_{part}": seconds / total for part, seconds in spent.items()},
    }


@torch.no_grad()
def writing_speed() -> dict[str, Any]:
    """Tokens per second of our loop and of `transformers.generate` on the same 64 beginnings, by turns."""
    model, asked = story_model()
    begun = [asked.prompt(text) for text in prompts()[0][:64]]
    generator = torch.Generator().manual_seed(SEED)
    tokens, mask = left_padded(begun)

    def own() -> int:
        draws = torch.rand(len(begun), NEW_TOKENS, generator=generator)
        written = write_answers(model, begun, asked.stops, Sampling(NEW_TOKENS), draws, len(begun))
        return sum(len(answer.tokens) for answer in written)

    def transformers() -> int:
        padding = asked.tokenizer.pad_token_id
        written = model.generate(
            input_ids=tokens,
            attention_mask=mask,
            do_sample=True,
            top_k=0,
            max_new_tokens=NEW_TOKENS,
            eos_token_id=asked.stops,
            pad_token_id=padding,
        )[:, tokens.shape[1] :]
        ends = torch.isin(written, torch.tensor(asked.stops)).long().cumsum(-1)
        return int(((ends == 0) | ((ends == 1) & torch.isin(written, torch.tensor(asked.stops)))).sum())

    found: dict[str, list[float]] = {"own": [], "transformers": []}
    for _ in range(5):
        for name, write in (("own", own), ("transformers", transformers)):
            started = time.perf_counter()
            count = write()
            found[name].append(count / (time.perf_counter() - started))
    return {**found, "ratio_of_medians": statistics.median(found["own"]) / statistics.median(found["transformers"])}


def best_of_n(base_reward: list[list[float]]) -> list[dict[str, float]]:
    """Expected best of n stories of the base model by order statistics, at KL log n − (n − 1)/n (Stiennon et al. 2020).

    One list of rewards for each beginning; exact over all choices of n of them.
    """
    curve = []
    for n in (1, 2, 4, 8, 16):
        means = [expected_best(sorted(rewards), n) for rewards in base_reward]
        curve.append({"n": n, "kl": math.log(n) - (n - 1) / n, "reward": sum(means) / len(means)})
    return curve


def expected_best(ordered: list[float], n: int) -> float:
    """Mean of the largest of n values drawn without replacement from an ordered list."""
    total = math.comb(len(ordered), n)
    return sum(value * math.comb(place, n - 1) for place, value in enumerate(ordered)) / total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    torch.set_num_threads(1)
    path = RESULTS / "stories-ppo.json"
    for part in parser.parse_args().parts:
        found = PARTS[part]()
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
        save_results("stories-ppo", {**known, part: found})
    plot(RESULTS)
    return 0


def learnt() -> dict[str, Any]:
    """PPO against the trained reward model; the rule behind the preferences judges and is never learnt from."""
    with served(rule) as judge:
        return run("ppo", {**PPO, "reward": trained_reward(), "held_out_reward": judge})


def grouped() -> dict[str, Any]:
    """The same without a critic: eight answers to each beginning, compared with each other."""
    with served(rule) as judge:
        return run("grpo", {**GRPO, "reward": trained_reward(), "held_out_reward": judge})


def gamed() -> dict[str, Any]:
    """PPO against the weak proxy, with the same judge."""
    with served(happy_words) as weak, served(rule) as judge:
        return run("ppo-weak", {**WEAK, "reward": weak, "held_out_reward": judge})


def compared() -> dict[str, Any]:
    """Base model and learnt policy behind held-out beginnings, and best-of-n of the base model."""
    base, asked = story_model()
    texts = [text for text in prompts()[1] for _ in range(STORIES_PER_PROMPT)]
    policies = {"base": base, "ppo": load_policy(str(WORK / "ppo" / "artifacts" / "model"))}
    before, after = (measure(policy, base, scorer(), asked, texts, MEASURE_SEED) for policy in policies.values())
    gain = (after.reward - before.reward) / before.reward_sd
    error = math.hypot(after.reward_se, before.reward_se) / before.reward_sd
    return {
        "base": asdict(before),
        "ppo": asdict(after),
        "gain_in_sd": gain,
        "gain_low": gain - 1.96 * error,
        "gain_high": gain + 1.96 * error,
        "best_of_n": best_of_n(base_rewards()),
    }


def trained_reward() -> dict[str, str]:
    return {"kind": "local", "model": str(reward_model_path())}


def base_rewards() -> list[list[float]]:
    """Rewards of 32 of the base model's stories behind each of 20 held-out beginnings."""
    base, asked = story_model()
    texts = [text for text in prompts()[1][:20] for _ in range(32)]
    stories = write_stories(base, asked, texts, seed=MEASURE_SEED + 1)
    written = [asked.text(story.answer, story.prompt) for story in stories]
    rewards = scorer().score([("", text, story) for text, story in zip(texts, written, strict=True)]).tolist()
    return [rewards[at : at + 32] for at in range(0, len(rewards), 32)]


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "weak": gamed,
    "ppo": learnt,
    "grpo": grouped,
    "measured": compared,
    "writing": writing_speed,
}

if __name__ == "__main__":
    sys.exit(main())
