"""`python -m attune_trainer run FOLDER` runs the spec in a folder; `serve FOLDER` answers with a trained policy;
`remote` runs a job for an Attune server elsewhere; `check` says what this machine offers."""

import argparse
import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import torch

from attune_trainer import __version__
from attune_trainer.checkpoints import seed_everything
from attune_trainer.device import device
from attune_trainer.events import EventLog, Heartbeat, last_event
from attune_trainer.failures import DONE, FAILED, STOPPED, Assisted, RunFailure, Stopped, told_as_failure
from attune_trainer.protocol import PROTOCOL, read_spec
from attune_trainer.run import Run

PACKAGES = ("torch", "transformers", "peft", "accelerate", "onnx", "onnxruntime")


def main() -> int:
    parser = argparse.ArgumentParser(prog="attune_trainer", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the spec.json in a folder; goes on from its newest checkpoint")
    run.add_argument("folder", type=Path)
    add_workers(run)
    remote = commands.add_parser("remote", help="run a job of an Attune server, which hears of it over HTTP")
    remote.add_argument("--server", required=True, help="address of the server; the token is in ATTUNE_JOB_TOKEN")
    remote.add_argument("--job", required=True, help="id of the job")
    remote.add_argument("--folder", type=Path, required=True, help="the run's folder; what is there is gone on from")
    add_workers(remote)
    serve = commands.add_parser("serve", help="a policy behind OpenAI's routes, for tests and small machines")
    serve.add_argument("folder", type=Path)
    serve.add_argument("--name", default="policy", help="the model's name in answers")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    commands.add_parser("check", help="versions and devices, as JSON")
    arguments = parser.parse_args()
    if arguments.command == "check":
        print(json.dumps({"trainer": __version__, "protocol": PROTOCOL, "device": str(device()), **versions()}))
        return DONE
    if arguments.command == "serve":
        return serve_folder(arguments.folder.resolve(), arguments.name, arguments.host, arguments.port)
    if arguments.command == "remote":
        # As with the server: only who needs it waits for it.
        from attune_trainer.remote import run_remotely

        return run_remotely(arguments.server, arguments.job, arguments.folder, arguments.workers, arguments.gpus)
    if arguments.workers > 1:
        return run_in_workers(arguments.folder.resolve(), arguments.workers, arguments.gpus)
    return run_folder(arguments.folder.resolve())


def add_workers(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workers", type=int, default=1, help="processes of a Ray cluster that share the run")
    command.add_argument("--gpus", type=int, default=0, help="GPUs of each of them")


def run_in_workers(folder: Path, workers: int, gpus: int) -> int:
    """Runs a folder's spec in several processes of a Ray cluster. Returns the exit code of its end."""
    from attune_trainer.cluster.data_parallel import run_together

    try:
        run_together(folder, workers, gpus)
    except RunFailure as failure:
        return _refuse(folder, failure)
    last = last_event(folder / "events.jsonl")
    return {"done": DONE, "stopped": STOPPED}.get(last["type"], FAILED) if last else FAILED


def serve_folder(folder: Path, name: str, host: str, port: int) -> int:
    """Serves the policy in a folder until it is interrupted; its address is the first line printed."""
    # `check` and `run` do without it.
    from attune_trainer.serving.openai_server import PolicyServer

    try:
        server = PolicyServer(folder, name, host, port)
    except RunFailure as failure:
        print(failure, file=sys.stderr)
        return FAILED
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(server.url, flush=True)
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()
    return DONE


def run_folder(folder: Path) -> int:
    """Runs a folder's spec to its end, which its last event tells: done, failed or stopped. Returns the exit code."""
    try:
        spec = read_spec(folder / "spec.json")
    except RunFailure as failure:
        return _refuse(folder, failure)
    run = Run(folder, spec)
    run.stop_on_signals()
    heartbeat = Heartbeat(run.events)
    heartbeat.start()
    try:
        return _ended(run)
    finally:
        heartbeat.stop()
        run.close()


def versions() -> dict[str, str]:
    """Installed versions of what a run depends on."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _ended(run: Run) -> int:
    # A last word that cannot be said is a failure too: without one a run counts as lost and is begun again.
    try:
        return _worked(run)
    except Exception as error:
        run.use_reserve()
        failure = told_as_failure(error)
        if failure.code == "internal":
            place = traceback.extract_tb(error.__traceback__)[-1]
            run.log(f"{place.filename}:{place.lineno} in {place.name}", level="error")
        run.events.say("failed", code=failure.code, message=str(failure))
        return FAILED


def _worked(run: Run) -> int:
    try:
        _start(run)
        recipe = import_module(f"attune_trainer.recipes.{run.spec['recipe']}")
        run.events.say("done", report=recipe.train(run))
    except Stopped as stopped:
        run.events.say("stopped", step=stopped.step)
        return STOPPED
    except Assisted:
        pass
    return DONE


def _start(run: Run) -> None:
    run.keep_reserve()
    settings = run.spec["hyperparameters"]
    if settings.get("threads"):
        torch.set_num_threads(settings["threads"])
    seed_everything(settings["seed"])
    run.events.say(
        "started",
        protocol=PROTOCOL,
        trainer_version=__version__,
        recipe=run.spec["recipe"],
        device=str(device()),
        process=os.getpid(),
        resumed_from=run.checkpoints.newest_step(),
        versions=versions(),
    )


def _refuse(folder: Path, failure: RunFailure) -> int:
    events = EventLog(folder / "events.jsonl")
    events.say("failed", code=failure.code, message=str(failure))
    events.close()
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
