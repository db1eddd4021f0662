"""Reading a catalogue file: its layout, then entry by entry. Nothing is kept, so that a big file stays on disk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.catalogue.encoding import find_encoding
from shared.catalogue.rules.layout import Layout, read_layout
from shared.catalogue.rules.problems import FileRefusedError, Problem
from shared.catalogue.rules.rows import Entry, read_row


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file that can be read as text and has the columns. ``city_code``: the only municipality wanted, or empty."""

    path: Path
    encoding: str
    layout: Layout
    city_code: str = ""

    def entries(self) -> Iterator[Entry | Problem]:
        """Each row's entry, or each problem of it, in order of lines; a facility that stands twice is a problem."""
        seen: dict[tuple[str, str], int] = {}
        for line, row in self._rows():
            found = [row] if isinstance(row, Problem) else read_row(self.layout, row, line, city_code=self.city_code)
            yield from [self._unless_twin(found, seen, line)] if isinstance(found, Entry) else found

    def _rows(self) -> Iterator[tuple[int, list[str] | Problem]]:
        rows = csv_rows(self.path, self.encoding)
        next(rows)  # the header
        return rows

    def _unless_twin(self, entry: Entry, seen: dict[tuple[str, str], int], line: int) -> Entry | Problem:
        first = seen.setdefault(entry.key, line)
        if first == line:
            return entry
        heading = self.layout.heading("number")
        return Problem("number_twice", line, heading, {"number": entry.number, "line": first})


def open_catalogue(path: Path, *, city_code: str = "") -> CatalogueFile:
    """The file ``path``, checked as far as its header. Raises ``FileRefusedError``."""
    encoding = find_encoding(path)
    line, header = next(csv_rows(path, encoding), (0, None))
    if header is None:
        raise FileRefusedError(Problem("empty_file"))
    if isinstance(header, Problem):
        raise FileRefusedError(header)
    layout = read_layout(header, code_given=bool(city_code), line=line)
    return CatalogueFile(path, encoding, layout, city_code)


def csv_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """Rows that are not blank, with the line on which each begins, or what is wrong with its quotation marks."""
    with path.open(encoding=encoding, newline=None) as stream:
        reader = csv.reader(stream, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield line, Problem("broken_quotes", line)
                continue
            if any(cell.strip() for cell in row):
                yield line, row
