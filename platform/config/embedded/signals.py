"""Signals that end a command, so that what it started is stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

ENDING: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Inside, SIGTERM and SIGHUP raise ``SystemExit`` where they would have killed the process at once.

    A handler that somebody has set, and a signal that is ignored (``nohup``), stay as they are. Other threads than
    the main one may not set handlers.
    """
    changed = [number for number in ENDING if _is_default(number)]
    for number in changed:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Inside, a second Ctrl-C or SIGTERM does not interrupt the stopping that the first one began."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, *ENDING)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _is_default(number: signal.Signals) -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and signal.getsignal(number) == signal.SIG_DFL


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
