"""In what encoding a file is written: UTF-8 with or without BOM, or CP932, each strictly; read by lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Final

from shared.catalogue.rules.problems import FileRefusedError, Problem

LIMIT_BYTES: Final = 200 * 1024 * 1024
LONGEST_LINE: Final = 1024 * 1024
TOLD: Final = 1000
"""Undecodable lines that are told one by one."""
SIGNATURES: Final = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0": "excel",
    b"%PDF": "not_text",
    b"\xff\xfe": "utf16",
    b"\xfe\xff": "utf16",
}
"""First bytes of files that are often renamed to CSV -> code of the problem."""
CP932_GAPS: Final = frozenset("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3")
"""What Python's codec makes of the single bytes that CP932 leaves undefined."""


@dataclass(slots=True)
class Trial:
    """How a file reads in one encoding: how many lines do not, and the first of them with the byte at fault."""

    name: str
    failed: int = 0
    told: list[Problem] = field(default_factory=list)

    def read(self, line: bytes, number: int) -> None:
        """Try one line, from its first byte to its line end."""
        try:
            fits = self.name == "utf-8-sig" or CP932_GAPS.isdisjoint(line.decode("cp932"))
            line.decode(self.name)
            at = 0
        except UnicodeDecodeError as error:
            fits, at = False, error.start
        if not fits:
            self.failed += 1
            if len(self.told) < TOLD:
                params = {"byte": f"0x{line[at]:02X}" if line else "", "position": at + 1}
                self.told.append(Problem("undecodable", number, params=params))


def find_encoding(path: Path) -> str:
    """``utf-8-sig`` or ``cp932``. Raises ``FileRefusedError`` for a file that cannot be read as text.

    A file that reads as both (pure ASCII) is UTF-8. One that reads as neither is told in the encoding of which
    fewer lines fail.
    """
    trials = (Trial("utf-8-sig"), Trial("cp932"))
    with opened(path) as stream:
        for number, line in enumerate(_lines(stream), start=1):
            for trial in trials:
                trial.read(line, number)
    best = min(trials, key=lambda trial: trial.failed)
    if best.failed:
        raise FileRefusedError(Problem("no_encoding", params={"lines": best.failed}), *best.told)
    return best.name


def opened(path: Path) -> BufferedReader:
    """The file for reading. Raises ``FileRefusedError`` when there is none, or none that may be read."""
    if not path.exists():
        raise FileRefusedError(Problem("no_file"))
    if not path.is_file():
        raise FileRefusedError(Problem("no_plain_file"))
    try:
        return path.open("rb")
    except OSError:
        raise FileRefusedError(Problem("unreadable")) from None


def _lines(stream: BufferedReader) -> Iterator[bytes]:
    _refuse_signature(stream.peek(4))
    read = 0
    while line := stream.readline(LONGEST_LINE + 1):
        read += len(line)
        if read > LIMIT_BYTES:
            raise FileRefusedError(Problem("too_big", params={"megabytes": LIMIT_BYTES // 1024**2}))
        if len(line) > LONGEST_LINE:
            raise FileRefusedError(Problem("line_too_long"))
        if b"\0" in line:
            raise FileRefusedError(Problem("not_text"))
        yield line
    if not read:
        raise FileRefusedError(Problem("empty_file"))


def _refuse_signature(start: bytes) -> None:
    for signature, problem in SIGNATURES.items():
        if start.startswith(signature):
            raise FileRefusedError(Problem(problem))
