"""Server processes by their pid file: never by name alone, and never one that only happens to have the number."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil


def running(pid_file: Path, *, program: str, folder: Path) -> psutil.Process | None:
    """The process whose number is in ``pid_file``, if it is ``program`` at work in ``folder``."""
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="utf-8").split()[0]))
        is_ours = process.name() == program and Path(process.cwd()) == folder.resolve()
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return process if is_ours else None


def end(process: psutil.Process, *, politely: signal.Signals, firmly: signal.Signals, patience: float) -> None:
    """End ``process``, waiting ``patience`` seconds for each of the two signals to work."""
    for number in (politely, firmly):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if _is_gone(process):
                return
            time.sleep(0.01)


def _is_gone(process: psutil.Process) -> bool:
    """Ended, or a zombie: in a container the first process may take its time to bury others' children."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
