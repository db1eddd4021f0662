"""Waiting with an end: what hangs fails its own test with a sentence, and never holds the others up."""

from __future__ import annotations

import subprocess
import time
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any, Final

PATIENCE: Final = 60.0
"""Seconds; far more than anything takes on a loaded machine."""


def ended(process: subprocess.Popen[Any], *, within: float = PATIENCE) -> int:
    """The status with which ``process`` ends; one that does not is killed, and the test fails."""
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)
        raise AssertionError(f"the process {process.args!r} did not end within {within:g} seconds") from None


def joined(*threads: Thread, within: float = PATIENCE) -> None:
    """Wait for all ``threads``; the test fails if one goes on. Begin them as daemons, or it holds the whole run."""
    deadline = time.monotonic() + within
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    hanging = [thread.name for thread in threads if thread.is_alive()]
    assert not hanging, f"{', '.join(hanging)} did not end within {within:g} seconds"


class Gate(Barrier):
    """A barrier that opens for all together, or fails for all if one does not come."""

    def __init__(self, parties: int, *, within: float = PATIENCE) -> None:
        super().__init__(parties, timeout=within)
        self.within = within

    def wait(self, timeout: float | None = None) -> int:
        """Go on when all have come; the number of the one who came."""
        try:
            return super().wait(timeout)
        except BrokenBarrierError:
            raise AssertionError(f"not all {self.parties} came within {self.within:g} seconds") from None
