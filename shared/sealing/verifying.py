"""Checking the audit of a schema against its seals, the city's day seals, and a printed list of them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from kernel import clock
from shared.sealing import seals
from shared.sealing.models import AuditArchive, DaySeal, Verification

BLOCKS_AT_ONCE: Final = 16
"""In one statement: progress is shown after each, and whoever interrupts goes on from there."""
Tell = Callable[[int, int, int], None]
"""Is told the last block checked, the last block of all, and the entries so far."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of the list of day seals that the city printed or saved."""

    tenant: str
    day: dt.date
    root: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out. ``fault`` is empty, or ``changed``, ``removed``, ``inserted``, ``order`` (an entry);
    ``seal_changed``, ``seal_removed`` (a block); ``day_seal``, ``printed`` (a day)."""

    place: str
    first: int
    last: int
    rows: int
    fault: str = ""
    block: int | None = None
    row: int | None = None
    day: dt.date | None = None
    waiting: int = 0


def blocks_between(place: str, first: dt.date | None, last: dt.date | None) -> tuple[int, int]:
    """The numbers of the first and last block sealed on the days from ``first`` to ``last``, both in it."""
    begin, end = archived_until(place) + 1, seals.state_of(place).blocks
    if first is not None:
        before = DaySeal.objects.filter(tenant=place, day__lt=first).order_by("-day").first()
        begin = max(begin, before.block + 1 if before else 1)
    if last is not None:
        until = DaySeal.objects.filter(tenant=place, day__lte=last).order_by("-day").first()
        closed = DaySeal.objects.filter(tenant=place, day__gte=last).exists()
        end = (until.block if until else 0) if closed else end
    return begin, end


def archived_until(place: str) -> int:
    """The last block whose entries are in a file; the chain in the table goes on from its seal."""
    last = AuditArchive.objects.filter(tenant=place, removed_at__isnull=False).order_by("-last_block").first()
    return last.last_block if last else 0


def verify(
    place: str, *, first: int, last: int, printed: Iterable[Printed] = (), tell: Tell = lambda *_: None
) -> Verdict:
    """Compare the blocks ``first`` to ``last``, then the days; the first fault ends it. Keeps what came out."""
    verdict = _blocks(place, first, last, tell)
    if not verdict.fault:
        verdict = _days(verdict, [one for one in printed if one.tenant == place])
    _keep(verdict)
    return verdict


def read_printed(lines: IO[str]) -> list[Printed]:
    """The saved list of day seals: CSV with ``tenant``, ``day`` and ``root``. ``ValueError`` for another file."""
    reader = csv.DictReader(lines)
    if not {"tenant", "day", "root"} <= set(reader.fieldnames or []):
        raise ValueError("tenant, day, root")
    return [Printed(row["tenant"], dt.date.fromisoformat(row["day"]), row["root"].strip().lower()) for row in reader]


def _blocks(place: str, first: int, last: int, tell: Tell) -> Verdict:
    rows = 0
    for begin in range(first, last + 1, BLOCKS_AT_ONCE):
        end = min(begin + BLOCKS_AT_ONCE - 1, last)
        found = seals.check(place, begin, end)
        rows += found.rows
        if found.fault:
            return Verdict(place, first, last, rows, found.fault, found.block, found.row)
        tell(end, last, rows)
    return Verdict(place, first, last, rows, waiting=seals.state_of(place).waiting)


def _days(verdict: Verdict, printed: list[Printed]) -> Verdict:
    """The city's copy against the chain, then the list on paper against the city's copy and the chain."""
    kept = {one.day: one for one in DaySeal.objects.filter(tenant=verdict.place).order_by("day")}
    moved = AuditArchive.objects.filter(tenant=verdict.place, removed_at__isnull=False)
    chains = {one.last_block: bytes(one.chain) for one in moved}
    for day, one in kept.items():
        root = chains.get(one.block) or _root(verdict.place, one.block)
        if bytes(one.root) != root:
            return _at(verdict, "day_seal", day, one.block)
    for line in sorted(printed, key=lambda one: one.day):
        copy = kept.get(line.day)
        if copy is None or bytes(copy.root).hex() != line.root:
            return _at(verdict, "printed", line.day, copy.block if copy else None)
    return verdict


def _at(verdict: Verdict, fault: str, day: dt.date, block: int | None) -> Verdict:
    return Verdict(verdict.place, verdict.first, verdict.last, verdict.rows, fault, block, None, day, verdict.waiting)


def _root(place: str, block: int) -> bytes | None:
    return seals.root_of(place, block) if block else b""


def _keep(verdict: Verdict) -> None:
    Verification.objects.create(
        at=clock.now(),
        tenant=verdict.place,
        first_block=verdict.first,
        last_block=verdict.last,
        rows=verdict.rows,
        fault=verdict.fault,
        fault_block=verdict.block,
        fault_row=verdict.row,
    )


def day_seal_lines() -> Iterator[list[str]]:
    """The saved list, with its heading: for ``read_printed``."""
    yield ["tenant", "day", "block", "rows", "root"]
    for one in DaySeal.objects.order_by("tenant", "day").iterator(2000):
        yield [one.tenant, one.day.isoformat(), str(one.block), str(one.rows), bytes(one.root).hex()]
