"""What ends a run, told so that a person knows what to do about it."""

import errno

import torch

# Exit codes of a run's process.
DONE, FAILED, STOPPED = 0, 1, 3
# No space, a quota, or the largest file that the process may write.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class RunFailure(Exception):
    """A failure with a code of the protocol (`RunFailureCode`) and a sentence for people."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Stopped(Exception):
    """The run was told to stop; its last checkpoint holds what there was."""

    def __init__(self, step: int):
        super().__init__(f"stopped at step {step}")
        self.step = step


class Assisted(Exception):
    """This process has helped with the steps of a run; the rest is the leading one's."""


def told_as_failure(error: BaseException) -> RunFailure:
    """The failure that an error of Python, torch or the machine amounts to."""
    if isinstance(error, RunFailure):
        return error
    if isinstance(error, OSError) and error.errno in FULL:
        return _disk_full()
    if isinstance(error, MemoryError | torch.OutOfMemoryError) or _names(error, "not enough memory"):
        return RunFailure(
            "out_of_memory",
            "The memory ran out. Use a smaller batch_size (and a larger accumulation), a smaller max_length, "
            "an adapter (lora) or a smaller base model.",
        )
    # torch tells a full disk in words only.
    if _names(error, "no space left") or _names(error, "file write failed"):
        return _disk_full()
    if isinstance(error, ModuleNotFoundError):
        return RunFailure("package_missing", f"{error}. Run `./attune trainer install` again.")
    return RunFailure("internal", f"{type(error).__name__}: {error}")


def _disk_full() -> RunFailure:
    return RunFailure("disk_full", "The disk is full. Make room and resume the job: it goes on from its checkpoint.")


def _names(error: BaseException, words: str) -> bool:
    return isinstance(error, RuntimeError) and words in str(error).lower()
