"""One passage through a file: each row read, sorted, and, in a run, written. The same code checks and takes in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.intake.bulk import insert_rows
from shared.intake.inspecting import decoded
from shared.intake.models import Job, RejectedRow, RowState
from shared.intake.rules.cells import plain
from shared.intake.rules.mapping import ColumnMap, from_json
from shared.intake.rules.records import Row, fitted, rows
from shared.intake.rules.seen import Seen
from shared.intake.rules.target import Context, Problem, Reading, Target, Writer
from shared.intake.side import Side
from shared.intake.storage import lines_of
from shared.intake.targets import fields_of, targets

BATCH: Final = 1000
"""Rows that are in memory at a time."""
LINES_TOLD: Final = 20
TEXTS_TOLD: Final = 60
REJECTED: Final = ("job", "kind", "source", "line", "digest", "cells", "values", "problems", "state", "reason")


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken in."""

    line: int
    cells: list[str]
    values: Mapping[str, str]
    problems: Sequence[Problem]


@dataclass(slots=True)
class Tally:
    """What came of the rows."""

    counts: Counter[str] = field(default_factory=Counter)
    warnings: dict[tuple[str, str], tuple[int, list[int]]] = field(default_factory=dict)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)

    def warn(self, line: int, problem: Problem) -> None:
        """Count a remark, and remember the first lines."""
        count, lines = self.warnings.get((problem.code, problem.field), (0, []))
        if len(lines) < LINES_TOLD:
            lines.append(line)
        self.warnings[problem.code, problem.field] = count + 1, lines

    def miss(self, code: str, text: str) -> None:
        """Count a text that no choice is known for."""
        texts = self.unknown.setdefault(code, Counter())
        if text in texts or len(texts) < TEXTS_TOLD:
            texts[text] += 1

    def told(self) -> list[dict[str, Any]]:
        """The remarks, the most frequent first."""
        found = [
            {"code": code, "field": name, "count": count, "lines": lines}
            for (code, name), (count, lines) in self.warnings.items()
        ]
        return sorted(found, key=lambda one: -int(str(one["count"])))


class Passage:
    """Goes through the file of ``job``, in the transaction of its unit of work."""

    def __init__(self, job: Job, side: Side, *, writes: bool) -> None:
        self.job, self.side, self.writes = job, side, writes
        self.target: Target = targets()[job.kind]
        self.mapping: ColumnMap = from_json(job.mapping)
        self.places = self.mapping.places(job.header)
        meanings = self.mapping.meanings(fields_of(job.kind))
        context = Context(job.source, "staff", job.asked_by, meanings)
        self.writer: Writer[Any] = self.target.writer(context)
        self.seen = Seen(job.lines)
        self.tally = Tally()

    def go(self) -> Tally:
        """Read all rows; write what can be taken in, if this is a run. Bad rows are kept in both cases."""
        RejectedRow.objects.filter(job=self.job, state=RowState.FOUND).delete()
        for batch in _batches(self._rows()):
            self._pass(batch)
            self.side.tell(self.job.pk, self.tally.counts["rows"])
        if self.writes:
            self.writer.end()
        self.side.tell(self.job.pk, self.tally.counts["rows"], at_last=True)
        return self.tally

    def _rows(self) -> Iterator[Row]:
        found = rows(decoded(lines_of(self.job), self.job.encoding), self.job.delimiter)
        next(found, None)  # the header
        return found

    def _pass(self, batch: list[Row]) -> None:
        bad: list[Bad] = []
        good: dict[int, tuple[Row, Any]] = {}
        for row in batch:
            problems, record = self._read(row)
            if problems:
                bad.append(self._bad(row, problems))
            else:
                good[row.line] = row, record
        found = self.writer.sort([(line, record) for line, (_, record) in good.items()])
        bad += [self._bad(good[line][0], [problem]) for line, problem in found.refused]
        if self.writes:
            self.writer.write(found)
        for line, problem in found.warnings:
            self.tally.warn(line, problem)
        self.tally.counts.update(
            rows=len(batch),
            new=len(found.new),
            changed=len(found.changed),
            unchanged=found.unchanged,
            kept=found.kept,
            refused=len(bad),
        )
        self._keep(bad)

    def _read(self, row: Row) -> tuple[Sequence[Problem], Any]:
        if row.is_broken:
            return [Problem("row_broken")], None
        width = len(self.job.header)
        if (cells := fitted(row.cells, width)) is None:
            return [Problem("row_columns", params={"expected": width, "found": len(row.cells)})], None
        if any("\ufffd" in cell for cell in cells):
            return [Problem("row_undecodable")], None
        reading: Reading[Any] = self.writer.read(self._values(cells))
        for problem in reading.warnings:
            self.tally.warn(row.line, problem)
        if not reading.problems and (first := self.seen.first_line(reading.key, row.line)):
            return [Problem("row_twice", params={"line": first})], None
        return reading.problems, reading.record

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        values = {code: cells[place] for code, place in self.places.items() if place < len(cells)}
        return {**self.mapping.constants, **values}

    def _bad(self, row: Row, problems: Sequence[Problem]) -> Bad:
        values = self._values(row.cells)
        for problem in problems:
            if problem.code == "row_choice":
                self.tally.miss(problem.field, plain(values.get(problem.field, ""))[:60])
        return Bad(row.line, row.cells, values, problems)

    def _keep(self, bad: list[Bad]) -> None:
        known = set(self._known(bad)) if self.writes else set()
        fresh = {digest_of(one.cells): one for one in bad}
        self.tally.counts["known"] += len(bad) - len(fresh) + len(known & fresh.keys())
        insert_rows(
            RejectedRow, REJECTED, [self._row(one, digest) for digest, one in fresh.items() if digest not in known]
        )

    def _known(self, bad: Iterable[Bad]) -> list[str]:
        """Of the rows those that are on the list, or were worked off, already."""
        listed = RejectedRow.objects.filter(kind=self.job.kind, source=self.job.source).exclude(state=RowState.FOUND)
        return list(listed.filter(digest__in=[digest_of(one.cells) for one in bad]).values_list("digest", flat=True))

    def _row(self, one: Bad, digest: str) -> tuple[Any, ...]:
        state = RowState.OPEN if self.writes else RowState.FOUND
        problems = [problem.as_json() for problem in one.problems]
        job = self.job
        return (job.pk, job.kind, job.source, one.line, digest, one.cells, one.values, problems, state.value, "")


def digest_of(cells: Sequence[str]) -> str:
    """By which a bad row is known again."""
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()


def _batches(found: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in found:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
