"""From lines of text to rows of cells. A row that makes no sense is a row all the same: nothing is skipped."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

DELIMITERS: Final = (",", "\t", ";")
MOST_LINES: Final = 50
"""Lines of one cell; where no quotation mark closes within so many, the first of them is a row by itself."""
MOST_TEXT: Final = 1024 * 1024
"""Characters of one row of several lines; likewise."""
csv.field_size_limit(10 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin on ``line`` (from 1, as an editor counts). ``is_broken``: a quotation mark has no pair."""

    line: int
    cells: list[str]
    is_broken: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells)


def rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """The rows of the file, the header too, without blank ones. Each line comes with its line end."""
    source = enumerate(lines, start=1)
    again: deque[tuple[int, str]] = deque()
    while True:
        line, text = again.popleft() if again else next(source, (0, ""))
        if not line:
            return
        row = _plain(line, text, delimiter) or _quoted(line, text, delimiter, source, again)
        if not row.is_blank:
            yield row


def delimiter_of(header: str) -> str:
    """What separates the columns: whichever of comma, tab and semicolon is most often outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def headings(cells: Sequence[str]) -> list[str]:
    """The columns' names, each once: an empty one is 列3, the second 電話 is 電話（2）."""
    found: dict[str, None] = {}
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:100] or f"列{number}"
        others = (f"{name}（{same}）" for same in count(2))
        found[next(one for one in chain([name], others) if one not in found)] = None
    return list(found)


def looks_like_a_title(names: Sequence[str]) -> bool:
    """Whether the ``headings`` are mostly empty: above the columns' names stand a title and a day, as in a list that
    is made to be printed; or they are a word to a spreadsheet (sep=;)."""
    is_word = names[0].lower().startswith("sep=")
    return is_word or sum(name == f"列{number}" for number, name in enumerate(names, start=1)) * 2 > len(names)


def swallows_a_row(cells: Sequence[str], delimiter: str) -> bool:
    """Whether a cell of several lines has as many delimiters as a row: stray quotation marks, one that opens a cell and
    one that closes the same cell of a later row, made one row of them."""
    return any("\n" in cell and cell.count(delimiter) >= len(cells) - 1 for cell in cells)


def surplus_of(cells: Sequence[str], width: int) -> int:
    """How many empty cells too many the row ends with, if those are all that it has too many; else 0."""
    return 0 if any(cell.strip() for cell in cells[width:]) else max(0, len(cells) - width)


def fitted(cells: list[str], width: int, surplus: int) -> list[str] | None:
    """The cells of a row of ``width`` columns; None when the number is wrong.

    ``surplus``: the empty cells with which the file's rows end; they go. One more than the others have does not: a
    comma in an address, say, has moved all behind it by one, and what fell out at the end was empty.
    """
    if len(cells) == width + surplus and not any(cell.strip() for cell in cells[width:]):
        del cells[width:]
    return cells if len(cells) == width else None


def _plain(line: int, text: str, delimiter: str) -> Row | None:
    """The row of a line without quotation marks; None if there are any."""
    bare = text.rstrip("\r\n")
    return None if '"' in bare or "\r" in bare else Row(line, bare.split(delimiter))


def _quoted(
    line: int, text: str, delimiter: str, source: Iterator[tuple[int, str]], again: deque[tuple[int, str]]
) -> Row:
    taken, length = [(line, text)], len(text)
    is_open = text.count('"') % 2
    while is_open and len(taken) < MOST_LINES and length < MOST_TEXT:
        following = again.popleft() if again else next(source, None)
        if following is None:
            break
        taken.append(following)
        length += len(following[1])
        is_open ^= following[1].count('"') % 2
    cells = None if is_open else _parsed("".join(part for _, part in taken), delimiter)
    if cells is not None:
        return Row(line, cells)
    again.extendleft(reversed(taken[1:]))
    return Row(line, text.rstrip("\r\n").split(delimiter), is_broken=True)


def _parsed(text: str, delimiter: str) -> list[str] | None:
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None
