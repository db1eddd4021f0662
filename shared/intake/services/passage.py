"""One passage through a file: each row read, sorted, and, in a run, written. The same code checks and takes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from shared.intake.errors import StoppedError
from shared.intake.inspecting import decoded
from shared.intake.models import Job, JobState
from shared.intake.rules.cells import bare_cell
from shared.intake.rules.left import Headings, LeftColumns
from shared.intake.rules.mapping import ColumnMap, from_json
from shared.intake.rules.records import Row, fitted, rows, surplus_of, swallows_a_row
from shared.intake.rules.seen import Seen
from shared.intake.rules.tally import Tally
from shared.intake.rules.target import Context, Problem, Reading, Target, Writer
from shared.intake.services.bad_rows import Bad, BadRows, Good
from shared.intake.side import Side
from shared.intake.storage import lines_of
from shared.intake.targets import fields_of, targets

BATCH: Final = 1000
"""Rows that are in memory at a time."""
BATCH_TEXT: Final = 4 * 1024 * 1024
"""Characters of rows after which no more are taken into memory."""
CELL_TEXT: Final = 16
"""As many characters a cell takes at least, however short it is."""


class Passage:
    """Goes through the file of ``job``, in the transaction of its unit of work."""

    def __init__(self, job: Job, side: Side, *, writes: bool) -> None:
        self.job, self.side, self.writes = job, side, writes
        self.state = JobState.RUNNING if writes else JobState.CHECKING
        self.target: Target = targets()[job.kind]
        self.mapping: ColumnMap = from_json(job.mapping)
        self.places = self.mapping.places(job.header)
        fields = fields_of(job.kind)
        self.meanings = self.mapping.meanings(fields)
        self.headings = Headings(job.header, fields)
        codes = {one.code for one in fields}
        self.left = LeftColumns(job.header, {place for code, place in self.places.items() if code in codes})
        given = frozenset({*self.places, *self.mapping.constants})
        self.context = Context(job.source, "staff", job.asked_by, self.meanings, given, job.pk)
        self.writer: Writer[Any] = self.target.writer(self.context)
        self.bad_rows = BadRows(job, writes=writes)
        self.seen = Seen(job.lines)
        self.surplus: int | None = None
        self.tally = Tally()

    def go(self) -> Tally:
        """Read all rows; write what can be taken in, if this is a run. Bad rows are kept in both cases.

        ``StoppedError`` as soon as somebody has stopped it.
        """
        self.bad_rows.forget_found()
        for batch in _batches(self._rows()):
            self._pass(batch)
            self._tell()
        if self.writes:
            self.writer.end()
        self._tell(at_last=True)
        self.tally.left = self.left.told()
        return self.tally

    def _tell(self, *, at_last: bool = False) -> None:
        if not self.side.tell(self.job.pk, self.state, self.tally.counts["rows"], at_last=at_last):
            raise StoppedError

    def _rows(self) -> Iterator[Row]:
        found = rows(decoded(lines_of(self.job), self.job.encoding), self.job.delimiter)
        next(found, None)  # the header
        return found

    def _pass(self, batch: list[Row]) -> None:
        bad: list[Bad] = []
        good: dict[int, tuple[Row, Reading[Any]]] = {}
        for row in batch:
            reading = self._read(row)
            if reading.problems:
                bad.append(self._bad(row, reading.problems, reading.key))
            else:
                good[row.line] = row, reading
        found = self.writer.sort([(line, reading.record) for line, (_, reading) in good.items()])
        for line, problem in found.refused:
            row, reading = good.pop(line)
            bad.append(self._bad(row, [problem], reading.key))
        if self.writes:
            self.writer.write(found)
            self.tally.counts["settled"] += self.bad_rows.settle(
                [Good(row.cells, self.context.key(reading.key)) for row, reading in good.values()]
            )
        for line, problem in found.warnings:
            self.tally.warn(line, problem)
        self.tally.counts.update(
            rows=len(batch),
            new=len(found.new),
            changed=len(found.changed),
            unchanged=found.unchanged,
            kept=found.kept,
            refused=len(bad),
            known=self.bad_rows.keep(bad),
        )

    def _read(self, row: Row) -> Reading[Any]:
        if problem := self._unreadable(row):
            return Reading("", None, (problem,))
        self.left.note(row.line, row.cells)
        reading: Reading[Any] = self.writer.read(self._values(row.cells))
        for problem in reading.warnings:
            self.tally.warn(row.line, problem)
        for code, text in reading.texts.items():
            self.tally.note(code, text, is_known=text in self.meanings.get(code, {}))
        if not reading.problems and (first := self.seen.first_line(reading.key, row.line)):
            return Reading("", None, (Problem("row_twice", params={"line": first}),))
        return reading

    def _unreadable(self, row: Row) -> Problem | None:
        width = len(self.job.header)
        if row.is_broken:
            return Problem("row_broken")
        if self.surplus is None:
            self.surplus = surplus_of(row.cells, width)
        if fitted(row.cells, width, self.surplus) is None:
            return Problem("row_columns", params={"expected": width, "found": len(row.cells)})
        whole = "".join(row.cells)
        if "\ufffd" in whole:
            return Problem("row_undecodable")
        if "\n" in whole and swallows_a_row(row.cells, self.job.delimiter):
            return Problem("row_broken")
        return Problem("row_headings") if self.headings.has(row.cells) else None

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        """Field -> cell; where that is empty, the constant."""
        values = {code: bare_cell(cells[place]) for code, place in self.places.items() if place < len(cells)}
        for code, constant in self.mapping.constants.items():
            if not values.get(code, "").strip():
                values[code] = constant
        return values

    def _bad(self, row: Row, problems: Sequence[Problem], key: str) -> Bad:
        return Bad(row.line, row.cells, self._values(row.cells), problems, self.context.key(key) if key else "")


def _batches(found: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    text = 0
    for row in found:
        batch.append(row)
        text += sum(map(len, row.cells)) + CELL_TEXT * len(row.cells)
        if len(batch) == BATCH or text > BATCH_TEXT:
            yield batch
            batch, text = [], 0
    if batch:
        yield batch
