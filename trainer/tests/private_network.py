"""Programs that listen on every interface, Ray above all, run in a network namespace of their own."""

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# With processes of its own as well: what Ray leaves behind ends with the namespace.
NAMESPACE = ("--map-root-user", "--net", "--pid", "--fork", "--mount-proc", "--kill-child")
INSIDE = ("unshare", *NAMESPACE, "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


@cache
def ray_missing() -> str:
    """Why tests with Ray must be skipped; empty when they need not."""
    if find_spec("ray") is None:
        return "ray is not installed (the package's extra `ray`)"
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return "unshare and ip, which keep Ray's open ports in a network of their own, are not there"
    tried = subprocess.run([*INSIDE, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this machine lets nobody make a network namespace"


def python_inside(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python with these arguments where nothing but itself can be reached."""
    command = [*INSIDE, sys.executable, *arguments]
    # A busy machine takes longer to start Ray's agents than Ray waits for them.
    ray = {"RAY_AUTH_MODE": "disabled", "RAY_agent_register_timeout_ms": "300000"}
    environment = {**os.environ, **ray, "PYTHONPATH": str(cwd)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
