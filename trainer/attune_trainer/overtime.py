"""An end for runs that were told to stop and do not: a library loads or computes and does not listen."""

import os
import signal
import threading
from collections.abc import Callable

# A little less than what the server waits before it kills.
GRACE_SECONDS = 4.0


class Overtime:
    """Gives a run up that has not ended GRACE_SECONDS after a signal. Made and closed in the main thread.

    Python runs a signal's handler when the main thread gets back to it, which a call into native code can put off for
    minutes; the number of the signal arrives in a pipe at once.
    """

    def __init__(self, give_up: Callable[[], None]):
        self._give_up = give_up
        self._ended = threading.Event()
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._before = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._thread = threading.Thread(target=self._wait, name="overtime", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """The run has ended by itself."""
        self._ended.set()
        signal.set_wakeup_fd(self._before)
        os.write(self._write, b"\0")
        self._thread.join()
        os.close(self._read)
        os.close(self._write)

    def _wait(self) -> None:
        os.read(self._read, 1)
        if not self._ended.wait(GRACE_SECONDS):
            self._give_up()
