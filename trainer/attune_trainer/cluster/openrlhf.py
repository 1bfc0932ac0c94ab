"""PPO on GPU clusters through OpenRLHF (Hu et al. 2024, arXiv:2405.11143): its launcher, from a run's own spec.

    python -m attune_trainer.cluster.openrlhf FOLDER --gpus 8

leaves in the run's folder `openrlhf/`: `prompts.jsonl`, `reward_func.py`, which asks Attune's `/v1/score`, and
`launch.sh`. Written for OpenRLHF 0.11.0. What the spec says and OpenRLHF does otherwise, or not at all, stands at the
launcher's top.
"""

import argparse
import json
import math
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from attune_trainer.data.rows import Part, read_rows
from attune_trainer.failures import RunFailure
from attune_trainer.protocol import read_spec
from attune_trainer.settings import PpoSettings, read_settings

VERSION = "0.11.0"
ADDRESS = "http://127.0.0.1:8265"


@dataclass(frozen=True)
class Cluster:
    """Where it is to run: GPUs of each node, which actor, critic, reference and vLLM share."""

    nodes: int = 1
    gpus_per_node: int = 8
    tensor_parallel: int = 1
    address: str = ADDRESS

    @property
    def gpus(self) -> int:
        return self.nodes * self.gpus_per_node


def write_launcher(folder: Path, cluster: Cluster) -> Path:
    """Leaves the launcher of the folder's spec. Returns its path. Raises RunFailure `invalid_spec`, `invalid_data`."""
    spec = read_spec(folder / "spec.json")
    if spec["recipe"] != "ppo":
        raise RunFailure("invalid_spec", f"OpenRLHF is for the recipe ppo, and this is {spec['recipe']}.")
    settings = read_settings(PpoSettings, spec["hyperparameters"])
    if settings.reward["kind"] != "http":
        raise RunFailure("invalid_spec", "hyperparameters.reward: OpenRLHF needs one of the kind `http`.")
    place = folder / "openrlhf"
    place.mkdir(exist_ok=True)
    prompts = prompts_of(read_rows(folder / spec["data"]["path"], spec["data"]["sha256"]).train)
    (place / "prompts.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in prompts), "utf-8"
    )
    (place / "reward_func.py").write_text(reward_function(settings), "utf-8")
    arguments = {
        **models(spec["base_model"], settings),
        **learning(settings, len(prompts), cluster),
        **machines(cluster),
        **files(place, settings),
    }
    launcher = place / "launch.sh"
    launcher.write_text(script(arguments, settings, spec["revision"], cluster), "utf-8")
    launcher.chmod(0o755)
    return launcher


Arguments = dict[str, str | int | float | bool | list[str]]


def prompts_of(part: Part) -> list[dict[str, str]]:
    """Each question once: `input` is what the policy reads, `label` what the reward is asked with."""
    asked = dict.fromkeys((row.query, row.context) for row in [*part.ratings, *part.pairs])
    texts = [f"{context}\n\n{query}" if context else query for query, context in asked]
    return [{"input": text, "label": text} for text in texts]


def models(base_model: str, settings: PpoSettings) -> Arguments:
    """The policy, and its adapter where it gets one; the critic begins as the policy."""
    adapter: Arguments = {}
    if settings.lora is not None:
        adapter = {
            "ds.lora.rank": settings.lora.rank,
            "ds.lora.alpha": round(settings.lora.alpha),
            "ds.lora.dropout": settings.lora.dropout,
            "ds.lora.target_modules": settings.lora.targets or ["all-linear"],
        }
    return {"actor.model_name_or_path": base_model, "ds.param_dtype": "bf16", **adapter}


def learning(settings: PpoSettings, prompts: int, cluster: Cluster) -> Arguments:
    """Rounds, rates and the loss."""
    group = settings.group_size if settings.advantages == "group" else 1
    asked = settings.rollouts // group
    steps = settings.rounds * settings.inner_epochs * math.ceil(settings.rollouts / settings.minibatch_size)
    warmup = min(settings.warmup_steps / steps, settings.warmup_cap)
    schedule: Arguments = {}
    for who, rate in (("actor", settings.learning_rate), ("critic", settings.critic_learning_rate)):
        schedule |= {
            f"{who}.adam.lr": settings.learning_rate if rate is None else rate,
            f"{who}.adam.betas": ["0.9", "0.999"],
            f"{who}.adam.weight_decay": settings.weight_decay,
            f"{who}.lr_warmup_ratio": warmup,
            f"{who}.min_lr_ratio": 0.0,
            f"{who}.max_norm": settings.max_grad_norm,
        }
    return {
        **schedule,
        "train.seed": settings.seed,
        "train.batch_size": settings.minibatch_size,
        "train.micro_batch_size": max(1, settings.minibatch_size // (settings.accumulation * cluster.gpus)),
        "train.max_epochs": settings.inner_epochs,
        "train.num_episodes": math.ceil(settings.rounds * asked / max(prompts, asked)),
        "data.max_samples": max(prompts, 1),
        "data.max_len": settings.max_prompt_length + settings.max_new_tokens,
        "rollout.batch_size": asked,
        "rollout.n_samples_per_prompt": group,
        "rollout.micro_batch_size": max(1, min(settings.batch_size, settings.rollouts) // cluster.gpus),
        "rollout.max_new_tokens": settings.max_new_tokens,
        "rollout.temperature": settings.temperature,
        "rollout.top_p": settings.top_p,
        "actor.eps_clip": settings.clip_ratio,
        "critic.value_clip": settings.clip_value,
        "algo.advantage.estimator": "group_norm" if group > 1 else "gae",
        "algo.advantage.gamma": settings.gamma,
        "algo.advantage.lambd": settings.lambda_,
        "reward.normalize_enable": settings.normalise_rewards,
        **_entropy(settings),
        **_kl(settings),
    }


def machines(cluster: Cluster) -> Arguments:
    """Every model on every GPU, by turns."""
    each: Arguments = {}
    for who in ("actor", "critic", "ref"):
        each |= {f"{who}.num_nodes": cluster.nodes, f"{who}.num_gpus_per_node": cluster.gpus_per_node}
    return {
        **each,
        "train.colocate_all": True,
        "vllm.num_engines": max(1, cluster.gpus // cluster.tensor_parallel),
        "vllm.tensor_parallel_size": cluster.tensor_parallel,
        "vllm.enable_sleep": True,
        "vllm.gpu_memory_utilization": 0.5,
        "ds.zero_stage": 3,
        "ds.enable_sleep": True,
        "actor.gradient_checkpointing_enable": True,
    }


def files(place: Path, settings: PpoSettings) -> Arguments:
    """What it reads and where it writes. The prompts are on storage that every node has."""
    return {
        "data.prompt_dataset": str(place / "prompts.jsonl"),
        "data.input_key": "input",
        "data.label_key": "label",
        "data.apply_chat_template": True,
        "reward.remote_url": str(place / "reward_func.py"),
        "ckpt.path": str(place / "checkpoints"),
        "ckpt.output_dir": str(place / "model"),
        "ckpt.save_steps": settings.checkpoint_every,
        "ckpt.load_enable": True,
        "ckpt.save_hf": True,
    }


def differences(settings: PpoSettings, revision: str | None) -> list[str]:
    """What the spec asks for and OpenRLHF does otherwise or not at all."""
    found = [
        "whitening and reward scaling follow OpenRLHF's own statistics; the critic's loss has no weight of its own",
        "no alarm for reward hacking, no held-out judge, no kl_limit: watch KL and lengths yourself",
    ]
    asked = {
        f"top_k {settings.top_k}": settings.top_k > 0,
        "critic `shared` (it gets one of its own)": settings.advantages == "gae" and settings.critic == "shared",
        f"unfinished_penalty {settings.unfinished_penalty}": settings.unfinished_penalty < 0,
        "kl_controller `linear` (the weight stays as it begins)": settings.kl_controller == "linear",
        "kl_reward_weight beside kl_loss_weight (only the latter is kept)": settings.kl_penalty == "reward"
        and settings.loss_kl_weight > 0
        and settings.kl_reward_weight > 0,
        "precision fp32 (it computes in bf16)": settings.precision == "fp32",
        f"revision {revision}: download it and name the folder": revision is not None,
    }
    return found + [f"not kept: {what}" for what, applies in asked.items() if applies]


def command(arguments: Arguments) -> list[str]:
    """The words of OpenRLHF's command line."""
    words = ["python3", "-m", "openrlhf.cli.train_ppo_ray"]
    for name, value in arguments.items():
        if value is True:
            words.append(f"--{name}")
        elif isinstance(value, list):
            words += [f"--{name}", *value]
        elif value is not False:
            words += [f"--{name}", str(value)]
    return words


def script(arguments: Arguments, settings: PpoSettings, revision: str | None, cluster: Cluster) -> str:
    """The launcher, for a shell."""
    notes = "".join(f"# - {note}\n" for note in differences(settings, revision))
    words = command(arguments)
    lines = [" ".join(map(shlex.quote, words[:3]))]
    for word in words[3:]:
        if word.startswith("--"):
            lines.append(shlex.quote(word))
        else:
            lines[-1] += f" {shlex.quote(word)}"
    key = settings.reward["key_variable"]
    training = " \\\n  ".join(lines)
    return f"""#!/bin/sh
# PPO by OpenRLHF {VERSION}, made by attune_trainer.cluster.openrlhf. It differs from the recipe `ppo`:
{notes}set -eu
: "${{{key}:?the key of the Attune server that scores}}"
exec ray job submit --address {shlex.quote(cluster.address)} \\
  --runtime-env-json "{{\\"env_vars\\": {{\\"{key}\\": \\"${key}\\"}}}}" \\
  -- {training}
"""


REWARD_FUNCTION = '''"""Rewards of an Attune server for OpenRLHF. Made by attune_trainer.cluster.openrlhf."""

import json
import os
import re
import time
import urllib.error
import urllib.request

import torch

URL = {url!r}
MODEL = {model!r}
KEY = os.environ.get({key!r}, "")
WAITS = (1, 2, 4, 8, 16, 32)
# Special tokens that an answer ends with; they are no part of it.
ENDING = re.compile(r"(\\s*(<\\|[\\w-]+\\|>|</s>|<eos>|<end_of_turn>))+\\s*$")


def reward_func(queries, prompts, labels, **_):
    """`queries` are prompts with their answers; `labels` the questions as Attune knows them."""
    rewards = [
        score(label, ENDING.sub("", query.removeprefix(prompt)))
        for query, prompt, label in zip(queries, prompts, labels, strict=True)
    ]
    rewards = torch.tensor(rewards, dtype=torch.float32)
    return {{"rewards": rewards, "scores": rewards, "extra_logs": {{"attune_reward": rewards}}}}


def score(question, answer):
    body = {{"query": question, "responses": [answer], **({{"model": MODEL}} if MODEL else {{}})}}
    headers = {{"content-type": "application/json", "authorization": f"Bearer {{KEY}}"}}
    for wait in (*WAITS, None):
        try:
            request = urllib.request.Request(URL, json.dumps(body).encode(), headers)
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)["scores"][0]["reward"]
        except urllib.error.HTTPError as error:
            if wait is None or error.code not in (408, 429, 500, 502, 503, 504):
                raise
        except OSError:
            if wait is None:
                raise
        time.sleep(wait)
'''


def reward_function(settings: PpoSettings) -> str:
    """The file that OpenRLHF asks for rewards."""
    source = settings.reward
    url = f"{source['url'].rstrip('/')}/v1/score"
    return REWARD_FUNCTION.format(url=url, model=source["reward_model"], key=source["key_variable"])


def _entropy(settings: PpoSettings) -> Arguments:
    return {"actor.entropy_coef": settings.entropy_weight} if settings.entropy_weight > 0 else {}


def _kl(settings: PpoSettings) -> Arguments:
    in_loss = settings.loss_kl_weight
    adaptive = settings.kl_controller == "adaptive"
    target: Arguments = {"algo.kl.target": settings.kl_target, "algo.kl.horizon": round(settings.kl_horizon)}
    moved = target if adaptive else {}
    if settings.kl_penalty == "loss" or in_loss > 0:
        fixed = settings.kl_penalty == "reward"
        coefficient: Arguments = {"algo.kl.init_coef": in_loss, **({} if fixed else moved)}
        return {"algo.kl.use_loss": True, "algo.kl.estimator": "k3", **coefficient}
    return {"algo.kl.init_coef": settings.kl_reward_weight, **moved}


def main() -> int:
    parser = argparse.ArgumentParser(description="OpenRLHF's launcher from the spec of a run")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--gpus", type=int, default=8, help="GPUs of each node")
    parser.add_argument("--tensor-parallel", type=int, default=1, help="GPUs that share one vLLM engine")
    parser.add_argument("--address", default=ADDRESS, help="the Ray cluster's dashboard")
    arguments = parser.parse_args()
    cluster = Cluster(arguments.nodes, arguments.gpus, arguments.tensor_parallel, arguments.address)
    try:
        print(write_launcher(arguments.folder.resolve(), cluster))
    except RunFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
