"""A first look at a file: encoding, lines, columns. It is read line by line."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

from shared.catalogue.encoding import LONGEST_LINE, SIGNATURES, Trial
from shared.intake.errors import FileError, TooBigError
from shared.intake.recoding import MARKS, PIECE, UTF16, in_utf8
from shared.intake.rules.cells import shape
from shared.intake.rules.records import delimiter_of, headings, rows

LIMIT_BYTES: Final = 100 * 1024 * 1024
"""A file of 500,000 bookings has about 60 MB."""
MOST_COLUMNS: Final = 1000
"""As many as one form may ask about, with room for the texts that stand for choices."""
TOLERATED: Final = 10
"""One in so many lines may be undecodable or hold NUL: those are bad rows, more make a bad file."""
SAMPLES: Final = 3
CP932_GAPS: Final = str.maketrans(dict.fromkeys("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3\0", "\ufffd"))
ESCAPE: Final = b"\x1b$"
"""Begins Japanese in ISO-2022-JP, which is ASCII to all others."""
BOM: Final = "\ufeff"
END_OF_FILE: Final = "\x1a"
"""Ctrl+Z, with which old programs end a file."""
UNREAD: Final = "\ufffd".encode()
NUL: Final = str.maketrans({"\0": "\ufffd"})


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the file turned out to be."""

    digest: str
    size: int
    lines: int
    encoding: str
    delimiter: str
    header: list[str]
    shapes: list[list[str]]


def inspect(stream: IO[bytes]) -> Inspected:
    """Look at the whole file from its beginning. ``FileError`` for one that cannot be taken in."""
    size = stream.seek(0, io.SEEK_END)
    if size > LIMIT_BYTES:
        raise TooBigError(megabytes=LIMIT_BYTES // 1024**2)
    stream.seek(0)
    encoding = _marked(stream.read(4))
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    encoding, count = _looked_through(stream, encoding)
    if count == 1 and b"\r" in next(_lines(stream, encoding)).rstrip(b"\r\n"):
        raise FileError("line_ends")
    delimiter, header, shapes = _columns(stream, encoding)
    return Inspected(digest.hexdigest(), size, count, encoding, delimiter, header, shapes)


def decoded(lines: Iterator[bytes], encoding: str) -> Iterator[str]:
    """The lines, of a file in UTF-16 those of ``in_utf8``, as text.

    What cannot be read is U+FFFD, and so is NUL: no row is lost, and none passes unseen. Where files were put one
    behind the other, any line may begin with the mark of UTF-8, and be in UTF-8 in a file that is not.
    """
    gaps = CP932_GAPS if encoding == "cp932" else NUL
    is_cp932 = encoding == "cp932"
    for line in lines:
        codec = "cp932" if is_cp932 and not _is_utf8(line) else "utf-8"
        text = line.decode(codec, "replace").translate(gaps).lstrip(BOM)
        yield text if text.endswith("\n") else text.rstrip(END_OF_FILE)


def _is_utf8(line: bytes) -> bool:
    """Whether the line is Japanese in UTF-8: in CP932 it would be nonsense, and nothing would tell of it."""
    if line.isascii():
        return False
    try:
        return max(line.decode("utf-8")) > "\u2000"
    except UnicodeDecodeError:
        return False


def _lines(stream: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The lines of the file from its beginning."""
    stream.seek(0)
    source = in_utf8(stream, encoding)
    while line := source.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise FileError("line_too_long")
        yield line


def _marked(start: bytes) -> str:
    """UTF-16, if the first bytes say so, or nothing. ``FileError`` if they are those of no text."""
    if start.startswith(MARKS):
        return UTF16
    for signature, problem in SIGNATURES.items():
        if start.startswith(signature):
            raise FileError(problem)
    return ""


def _looked_through(stream: IO[bytes], marked: str) -> tuple[str, int]:
    """The encoding and the number of lines."""
    count, nuls, unread, escapes = 0, 0, 0, 0
    trials = () if marked else (Trial("utf-8-sig"), Trial("cp932"))
    for line in _lines(stream, marked):
        count += 1
        nuls += b"\0" in line
        escapes += ESCAPE in line
        for trial in trials:
            trial.read(line, 0)
        if marked:
            unread += UNREAD in line
    best = min(trials, key=lambda trial: trial.failed, default=None)
    _refuse(count, nuls, max(escapes, best.failed if best else unread))
    return best.name if best else marked, count


def _refuse(lines: int, nuls: int, undecodable: int) -> None:
    if not lines:
        raise FileError("empty")
    if nuls * TOLERATED > lines:
        raise FileError("not_text")
    if undecodable * TOLERATED > lines:
        raise FileError("no_encoding", lines=undecodable)


def _columns(stream: IO[bytes], encoding: str) -> tuple[str, list[str], list[list[str]]]:
    first = next((line for line in decoded(_lines(stream, encoding), encoding) if line.strip()), "")
    delimiter = delimiter_of(first)
    found = list(islice(rows(decoded(_lines(stream, encoding), encoding), delimiter), 1 + SAMPLES))
    if not found:
        raise FileError("empty")
    header = headings(found[0].cells)
    if len(header) < 2:
        raise FileError("no_header" if any(len(row.cells) > 1 for row in found[1:]) else "one_column")
    if len(header) > MOST_COLUMNS:
        raise FileError("too_many_columns", columns=MOST_COLUMNS)
    if len(found) < 2:
        raise FileError("no_rows")
    samples = [row.cells for row in found[1:]]
    shapes = [[shape(row[place]) for row in samples if place < len(row)] for place in range(len(header))]
    return delimiter, header, shapes
