"""OpenRLHF's launcher from a run's spec: its own argument parser takes it, and its reward function asks `/v1/score`."""

import argparse
import ast
import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import write_run
from score_server import score_server
from story_rows import STORY_MODEL, ratings

from attune_trainer.cluster.openrlhf import Cluster, write_launcher
from attune_trainer.failures import RunFailure


def openrlhf_source() -> Path | None:
    """OpenRLHF's package, installed (`pip install --no-deps openrlhf` does) or in a folder that is named."""
    if (named := os.environ.get("OPENRLHF_SOURCE")) is not None:
        return Path(named) / "openrlhf"
    found = importlib.util.find_spec("openrlhf")
    return Path(found.origin).parent if found is not None and found.origin else None


SOURCE = openrlhf_source()


def launcher_of(folder: Path, reward: dict[str, Any], **hyperparameters: Any) -> Path:
    write_run(folder, "ppo", STORY_MODEL, ratings(train=6), {"reward": reward, **hyperparameters})
    return write_launcher(folder, Cluster(nodes=2, gpus_per_node=4, tensor_parallel=2))


def training_words(launcher: Path) -> list[str]:
    """What the launcher hands to Ray, as a shell understands it, with `ray` standing for an echo."""
    stand_in = launcher.parent / "bin"
    stand_in.mkdir()
    (stand_in / "ray").write_text('#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word"; done\n', "utf-8")
    (stand_in / "ray").chmod(0o755)
    env = {"PATH": f"{stand_in}:{os.environ['PATH']}", "ATTUNE_RUN_KEY_ATTUNE": "atn_secret"}
    told = subprocess.run([str(launcher)], env=env, capture_output=True, text=True, check=True).stdout
    words = told.split("\0")[:-1]
    assert '{"env_vars": {"ATTUNE_RUN_KEY_ATTUNE": "atn_secret"}}' in words
    return words[words.index("--") + 1 :]


def parsed_by_openrlhf(words: list[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the body of OpenRLHF's entry point, its parser and its checks, up to where it would train."""
    assert SOURCE is not None
    tree = ast.parse((SOURCE / "cli" / "train_ppo_ray.py").read_text("utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.If))
    taken: list[Any] = []
    scope = {"argparse": argparse, "os": os, "datetime": __import__("datetime").datetime, "train": taken.append}
    # Its own packages want a GPU as soon as they are imported; this one module does not.
    config = SOURCE / "utils" / "config.py"
    spec = importlib.util.spec_from_file_location("openrlhf.utils.config", config)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("openrlhf", "openrlhf.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "openrlhf.utils.config", module)
    monkeypatch.setattr(sys, "argv", words)
    exec(compile(ast.Module(body, []), "train_ppo_ray.py", "exec"), scope)
    return taken[0]


HTTP = {"kind": "http", "url": "https://attune.example"}
VARIANTS: list[dict[str, Any]] = [
    {"critic_learning_rate": 3e-6, "rounds": 10, "warmup_steps": 4, "warmup_cap": 0.5},
    {"advantages": "group", "group_size": 8, "entropy_weight": 0.01},
    {"lora": {"rank": 8, "alpha": 16, "targets": ["q_proj", "v_proj"]}, "kl_controller": "fixed"},
]


@pytest.mark.skipif(SOURCE is None, reason="OpenRLHF's source is not there (pip install --no-deps openrlhf)")
@pytest.mark.parametrize("hyperparameters", VARIANTS)
def test_its_own_parser_takes_the_launcher(
    tmp_path: Path, hyperparameters: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = training_words(launcher_of(tmp_path, HTTP, **hyperparameters))
    assert words[:3] == ["python3", "-m", "openrlhf.cli.train_ppo_ray"]
    got = parsed_by_openrlhf(words[2:], monkeypatch)
    assert got.actor.model_name_or_path == str(STORY_MODEL)
    assert got.reward.remote_url == [str(tmp_path / "openrlhf" / "reward_func.py")]
    assert (got.actor.num_nodes, got.actor.num_gpus_per_node, got.vllm.num_engines) == (2, 4, 4)
    assert (got.actor.adam.lr, got.actor.eps_clip, got.critic.value_clip) == (1e-6, 0.2, 0.2)
    assert (got.rollout.batch_size * got.rollout.n_samples_per_prompt, got.train.batch_size) == (64, 16)
    if "critic_learning_rate" in hyperparameters:
        # 10 rounds of 4 passes over 4 minibatches are 160 steps.
        assert (got.critic.adam.lr, got.actor.lr_warmup_ratio) == (3e-6, 4 / 160)
        assert (got.algo.kl.init_coef, got.algo.kl.target) == (0.05, 6.0)
    elif "group_size" in hyperparameters:
        assert (got.algo.advantage.estimator, got.rollout.n_samples_per_prompt) == ("group_norm", 8)
        assert (got.algo.kl.use_loss, got.algo.kl.init_coef, got.actor.entropy_coef) == (True, 0.04, 0.01)
    else:
        assert (got.ds.lora.rank, got.ds.lora.target_modules, got.algo.kl.target) == (8, ["q_proj", "v_proj"], None)


def test_its_reward_function_asks_for_the_answer_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with score_server(lambda query, response: len(response) / 100) as server:
        launcher = launcher_of(tmp_path, {"kind": "http", "url": server.url, "reward_model": "polite"})
        monkeypatch.setenv("ATTUNE_RUN_KEY_ATTUNE", "atn_secret")
        spec = importlib.util.spec_from_file_location("reward_func", launcher.parent / "reward_func.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        prompt = "<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n"
        given = module.reward_func([f"{prompt}Because.<|im_end|>\n"], [prompt], ["Why?"])
        assert server.requests == [{"query": "Why?", "responses": ["Because."], "model": "polite"}]
        assert given["rewards"].tolist() == given["scores"].tolist() == pytest.approx([0.08])
        assert server.keys == ["Bearer atn_secret"]


def test_a_reward_in_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFailure, match="http"):
        launcher_of(tmp_path, {"kind": "local", "model": "/somewhere"})


def test_what_is_done_otherwise_is_said(tmp_path: Path) -> None:
    text = launcher_of(tmp_path, HTTP, top_k=50, critic="shared").read_text("utf-8")
    head = shlex.split(text.split("set -eu")[0].replace("#", "").replace("'", ""))
    assert {"top_k", "`shared`"} <= set(head)
