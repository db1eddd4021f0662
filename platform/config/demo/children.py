"""Processes that the demo starts: their logs, their end, and what is left of them after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import psutil

from config.demo.errors import DemoError
from config.embedded.errors import tail
from config.embedded.signals import undisturbed

PATIENCE: Final = 15.0
"""Seconds that a process has to finish what it is doing when it is told to stop."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running process and the file that its words go to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """``DemoError`` with the end of the log if the process has ended."""
        status = self.process.poll()
        if status is not None:
            raise DemoError(f"{self.name} ended with status {status}. The end of {self.log}:\n{tail(self.log)}")

    def stop(self) -> None:
        """Tell the process to stop, and end what it has started and not stopped by then."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def finish(
    name: str,
    command: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path,
    log: Path,
    show: Callable[[str], None] = lambda line: None,
) -> str:
    """Run ``command`` to its end; its standard output. ``show`` gets each line of its standard error at once.

    ``DemoError`` with the end of the log if it fails.
    """
    with log.open("a", encoding="utf-8") as words, TemporaryFile("w+", encoding="utf-8") as output:
        with _speaking(command, environ=environ, folder=folder, output=output) as process:
            for line in process.stderr or ():
                words.write(line)
                show(line.rstrip())
        output.seek(0)
        said = output.read()
        words.write(said)
    if process.returncode:
        raise DemoError(f"{name} failed with status {process.returncode}. The end of {log}:\n{tail(log)}")
    return said


@contextmanager
def _speaking(
    command: Sequence[str], *, environ: Mapping[str, str], folder: Path, output: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    """A command whose standard error can be read as it comes; it ends with the block, early if by an exception."""
    with subprocess.Popen(  # noqa: S603  # our own commands, no shell
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


@contextmanager
def running(
    name: str, command: Sequence[str], *, environ: Mapping[str, str], folder: Path, var: Path
) -> Iterator[Child]:
    """Have ``command`` run during the block, in a session of its own, so that Ctrl-C reaches only us.

    Its pid is kept in ``var/run``: a demo that was killed outright leaves processes to the next one.
    """
    pid_file, log = var / "run" / name, var / "log" / f"{name}.log"
    end_leftover(pid_file)
    with log.open("ab") as words:
        process = subprocess.Popen(  # noqa: S603  # our own commands, no shell
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(name, process, log)
    try:
        pid_file.write_text(f"{process.pid} {psutil.Process(process.pid).create_time()}", encoding="utf-8")
        yield child
    finally:
        with undisturbed():
            child.stop()
            pid_file.unlink(missing_ok=True)


def end_leftover(pid_file: Path) -> None:
    """End the process that ``pid_file`` tells of, if it still runs and is the same one."""
    if not pid_file.exists():
        return
    pid, begin = pid_file.read_text(encoding="utf-8").split()
    with suppress(psutil.Error, ProcessLookupError):
        process = psutil.Process(int(pid))
        if process.create_time() == float(begin):
            process.terminate()
            _, alive = psutil.wait_procs([process], timeout=PATIENCE)
            if alive:
                os.killpg(process.pid, signal.SIGKILL)
    pid_file.unlink()


def watch(children: Sequence[Child]) -> None:
    """Wait until one of ``children`` ends, and say so as ``DemoError``."""
    while True:
        for child in children:
            child.check()
        time.sleep(0.5)
