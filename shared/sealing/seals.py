"""Sealing, and asking how the seals stand. As the city's role; the functions do it as the owner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from kernel import clock
from tenants.models import Tenant
from tenants.scope import SHARED_SCHEMA

MOST_ROWS: Final = 4096
"""Of a block: so many are hashed in a transaction, and compared one by one when the block is not as it was."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a schema is sealed: blocks, entries, the last time, and what waits since when."""

    blocks: int
    sealed: int
    sealed_at: dt.datetime | None
    waiting: int
    waiting_since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of some blocks found: entries looked at, and the first fault, with block and row."""

    rows: int
    block: int | None
    fault: str
    row: int | None


def places() -> list[str]:
    """All schemas that have an audit, closed tenants' too."""
    return [SHARED_SCHEMA, *Tenant.objects.order_by("schema_name").values_list("schema_name", flat=True)]


def seal(place: str, *, most: int = MOST_ROWS) -> int:
    """Seal what is written in ``place`` and whose transactions are over; how many entries. Each block by itself."""
    total = 0
    while rows := int(_row("SELECT shared.audit_seal(%s, %s, %s)", [place, clock.now(), most])[0]):
        total += rows
        if rows < most:
            break
    return total


def state_of(place: str) -> State:
    """How far ``place`` is sealed; one statement."""
    return State(*_row("SELECT * FROM shared.audit_state(%s)", [place]))


def check(place: str, first: int, last: int) -> Checked:
    """Compare the blocks ``first`` to ``last`` with what is there now; one statement."""
    rows, block, fault, row = _row("SELECT * FROM shared.audit_check(%s, %s, %s)", [place, first, last])
    return Checked(rows, block, fault or "", row)


def root_of(place: str, block: int) -> bytes | None:
    """The chain's value at ``block``; None if there is no such block."""
    found = _row("SELECT shared.audit_root(%s, %s)", [place, block])[0]
    return None if found is None else bytes(found)


def _row(statement: str, values: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] = cursor.fetchone()
    return found
