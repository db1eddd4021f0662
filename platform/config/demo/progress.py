"""Progress of the start: which step of how many, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Numbers the steps of a start that has ``total`` of them."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Say ``title`` at the beginning of the block and the seconds at its end."""
        self._done += 1
        print(f"[{self._done}/{self._total}] {title} ...", end="", flush=True)
        begin = time.monotonic()
        try:
            yield
        except BaseException:
            print(" stopped", flush=True)
            raise
        print(f" {time.monotonic() - begin:.1f} s", flush=True)
