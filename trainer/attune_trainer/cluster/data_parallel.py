"""Reward models, SFT and DPO in several processes through Ray Train (torch's gloo without a GPU, NCCL with).

Every worker runs the same folder: it is on storage that all of them share. The first one tells and writes
(`attune_trainer.distributed`), and two take the same steps as one.
"""

import json
import signal
from pathlib import Path
from types import FrameType
from typing import Any

from attune_trainer.failures import RunFailure
from attune_trainer.run import STOP_FILE

RECIPES = ("reward", "sft", "dpo")


def run_together(folder: Path, workers: int, gpus: int) -> None:
    """Runs a folder's spec in `workers` processes of a Ray cluster, with `gpus` each; its events tell how it ended.

    SIGTERM ends it at its next step. Raises RunFailure `invalid_spec` for a recipe that works alone, `package_missing`
    without Ray.
    """
    recipe = json.loads((folder / "spec.json").read_text("utf-8")).get("recipe")
    if recipe not in RECIPES:
        raise RunFailure("invalid_spec", f"The recipe {recipe} works in one process; {', '.join(RECIPES)} in several.")
    try:
        import ray
        from ray.train import RunConfig, ScalingConfig
        from ray.train.torch import TorchConfig, TorchTrainer
    except ModuleNotFoundError as error:
        raise RunFailure("package_missing", f"{error}. Install attune-trainer with the extra `ray`.") from error

    stop = folder / STOP_FILE
    stop.unlink(missing_ok=True)

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.touch()

    ray.init(ignore_reinit_error=True, log_to_driver=True)
    signal.signal(signal.SIGTERM, ask_to_stop)
    needs = {"GPU": gpus} if gpus else {"CPU": 1}
    trainer = TorchTrainer(
        _work,
        train_loop_config={"folder": str(folder)},
        scaling_config=ScalingConfig(num_workers=workers, use_gpu=gpus > 0, resources_per_worker=needs),
        torch_config=TorchConfig(backend="nccl" if gpus else "gloo"),
        run_config=RunConfig(name="ray", storage_path=str(folder)),
    )
    try:
        trainer.fit()
    finally:
        stop.unlink(missing_ok=True)


def _work(config: dict[str, Any]) -> None:
    # A worker imports it, which the driver has no need to.
    from attune_trainer.__main__ import run_folder

    run_folder(Path(config["folder"]))
