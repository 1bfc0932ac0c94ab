"""Plots of the story experiments: reward against √KL, and a weak proxy that was gamed."""

import json
import math
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "attune"
from matplotlib import pyplot  # noqa: E402


def plot(results: Path) -> None:
    """Reads stories-ppo.json, and stories-dpo.json where it is there; writes two SVG files beside them."""
    ppo = json.loads((results / "stories-ppo.json").read_text("utf-8"))
    dpo_path = results / "stories-dpo.json"
    dpo = json.loads(dpo_path.read_text("utf-8")) if dpo_path.exists() else None
    if "weak" in ppo:
        _overoptimisation(ppo["weak"], results / "stories-overoptimisation.svg")
    if "measured" in ppo:
        _frontier(ppo, dpo, results / "stories-frontier.svg")


def _frontier(ppo: dict[str, Any], dpo: dict[str, Any] | None, path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    _line(axes, ppo["measured"]["best_of_n"], "kl", "reward", "best of n (1 to 16)", "s")
    if dpo is not None:
        _line(axes, dpo["curve"], "kl", "reward", "DPO", "^")
    _line(axes, ppo["ppo"]["course"], "held_out_kl", "held_out_reward", "PPO (each evaluation)", "o")
    if "grpo" in ppo:
        _line(axes, ppo["grpo"]["course"], "held_out_kl", "held_out_reward", "GRPO (each evaluation)", "v")
    base, final = ppo["measured"]["base"], ppo["measured"]["ppo"]
    axes.errorbar(math.sqrt(final["kl"]), final["reward"], 1.96 * final["reward_se"], fmt="o", color="black", capsize=3)
    axes.annotate(
        "PPO, kept", (math.sqrt(final["kl"]), final["reward"]), (6, -12), textcoords="offset points", fontsize=8
    )
    axes.axhline(base["reward"] + base["reward_sd"], color="grey", linestyle=":", linewidth=1)
    axes.text(0, base["reward"] + base["reward_sd"], "reference + 1 sd", color="grey", va="bottom", fontsize=8)
    axes.axvline(math.sqrt(10), color="grey", linestyle="--", linewidth=1)
    axes.set_xlabel("√KL from the reference (KL in nats by story)")
    axes.set_ylabel("reward of held-out stories")
    axes.legend()
    _save(figure, path)


def _overoptimisation(weak: dict[str, Any], path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    steps = [point["step"] for point in weak["course"]]
    axes.plot(steps, [point["held_out_reward"] for point in weak["course"]], "o-", label="weak proxy (trained for)")
    axes.plot(steps, [point["held_out_judge"] for point in weak["course"]], "^-", label="held-out judge (the rule)")
    axes.plot(steps, [point["held_out_variety"] for point in weak["course"]], "s-", label="distinct bigrams in a story")
    for alarm in weak["alarms"]:
        axes.axvline(alarm["step"], color="red", linestyle="--", linewidth=1)
        axes.text(alarm["step"], axes.get_ylim()[0], f" {alarm['kind']}", color="red", rotation=90, va="bottom")
    axes.set_xlabel("round")
    axes.set_ylabel("0 to 1")
    axes.legend()
    _save(figure, path)


def _line(axes: Any, points: list[dict[str, float]], kl: str, reward: str, label: str, marker: str) -> None:
    ordered = sorted(points, key=lambda point: point[kl])
    roots = [math.sqrt(max(0.0, point[kl])) for point in ordered]
    axes.plot(roots, [point[reward] for point in ordered], marker=marker, markersize=4, label=label)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
