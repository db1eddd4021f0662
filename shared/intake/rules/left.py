"""What a passage leaves behind: columns that no field is read from, and lines of headings instead of a record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from shared.intake.rules.cells import NOTHING
from shared.intake.rules.target import Field

LINES_TOLD: Final = 5
COLUMN: Final = "row_column_left"


class LeftColumns:
    """Counts in how many rows something stands in each of the columns that are not taken; in few bytes a column."""

    def __init__(self, header: Sequence[str], taken: Collection[int]) -> None:
        self._header = header
        self._found: dict[int, tuple[int, list[int]]] = {
            place: (0, []) for place in range(len(header)) if place not in taken
        }

    def note(self, line: int, cells: Sequence[str]) -> None:
        """Look at a row that has as many cells as the file has columns."""
        for place, (count, lines) in self._found.items():
            if cells[place] and not cells[place].isspace() and cells[place] not in NOTHING:
                if count < LINES_TOLD:
                    lines.append(line)
                self._found[place] = count + 1, lines

    def told(self) -> list[dict[str, Any]]:
        """As remarks: the column's name with its rows and the first lines, in the order of the file."""
        return [
            {"code": COLUMN, "field": "", "params": {"column": self._header[place]}, "count": count, "lines": lines}
            for place, (count, lines) in self._found.items()
            if count
        ]


class Headings:
    """Knows lines that repeat the headings: a second line of them, or those of a file that was put behind another."""

    def __init__(self, header: Sequence[str], fields: Sequence[Field]) -> None:
        self._names = frozenset(header) | {text for one in fields for text in one.headings}

    def has(self, cells: Sequence[str]) -> bool:
        """Whether at least half of what is written in the row, and two cells, are names of columns."""
        if self._names.isdisjoint(cells):
            return False
        named = sum(cell in self._names for cell in cells)
        return named > 1 and 2 * named >= sum(1 for cell in cells if cell.strip())
