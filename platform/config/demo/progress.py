"""Progress of the start: which step of how many, what it is doing, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Progress:
    """Numbers the steps of a start that has ``total`` of them."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        """Say ``title`` at the beginning of the block and the seconds at its end; yields what shows a line between."""
        self._done += 1
        number = f"[{self._done}/{self._total}]"
        print(f"{number} {title} ...", flush=True)
        begin = time.monotonic()

        def show(line: str) -> None:
            print(f"{' ' * len(number)} {line}", flush=True)

        try:
            yield show
        except BaseException:
            show("stopped")
            raise
        show(f"done in {time.monotonic() - begin:.1f} s")
