"""Why there are no embedded servers, in sentences for the person who started the command."""

from __future__ import annotations

from collections import deque
from pathlib import Path


class EmbeddedError(Exception):
    """An embedded server cannot be had. The text says what happened and what to do."""


def tail(log: Path, *, lines: int = 15) -> str:
    """The end of a log file, indented; empty if there is none."""
    if not log.exists():
        return ""
    with log.open(encoding="utf-8", errors="replace") as file:
        return "".join(f"    {line.rstrip()}\n" for line in deque(file, maxlen=lines))
