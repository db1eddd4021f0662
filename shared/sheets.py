"""Tables as files for spreadsheet programs: no cell that runs, and no character that is lost unsaid."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

BOM: Final = "\ufeff"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program takes for the beginning of a formula, in either width."""
GETA: Final = "〓"
"""Stands for a character that the encoding lacks (ゲタ)."""

Cell = str | int | Decimal | None


def harmless(cell: Cell) -> Cell:
    """The cell; a text that would be run as a formula begins with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(FORMULA) else cell


def sheet(rows: Iterable[Sequence[Cell]]) -> str:
    """``rows`` as the text of a CSV file, harmless."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def in_utf8(text: str) -> bytes:
    """UTF-8 with the mark that spreadsheet programs look for."""
    return (BOM + text).encode()


def in_cp932(text: str) -> tuple[bytes, str]:
    """Shift_JIS as Windows writes it, and the characters that it lacks, each once, printed as 〓."""
    lacking = "".join(sorted({char for char in set(text) if not _in_cp932(char)}))
    marked = text.translate({ord(char): GETA for char in lacking})
    return marked.encode("cp932"), lacking


def _in_cp932(char: str) -> bool:
    try:
        char.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
