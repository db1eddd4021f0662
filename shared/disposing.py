"""Calling the database's functions that list and carry out disposals: as a facility, or as the city for its own."""

# ruff: noqa: S608  # statements are made of constants in code

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from kernel import clock
from tenants.scope import SHARED_SCHEMA

MOST: Final = 500
"""Records in one transaction of a disposal."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of a kind are kept for how long, are over, or over and held."""

    tenant: str
    kind: str
    months: int
    due: int
    held: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What one batch did, and what waits."""

    done: int
    dropped: int
    waiting: int


def counts(day: dt.date) -> list[Count]:
    """Every kind of the facility of the unit of work; one statement."""
    return [Count(*row) for row in _rows("SELECT * FROM shared.disposal_counts(%s)", [day])]


def city_counts(day: dt.date) -> list[Count]:
    """Every kind of all facilities and of the city itself; one statement, as the city."""
    return [Count(*row) for row in _rows("SELECT * FROM shared.city_disposal_counts(%s)", [day])]


def make_list(disposal: UUID, tenant: str) -> int:
    """Freeze the list; how many records are on it, those that are held apart."""
    [(listed,)] = _rows(f"SELECT shared.{_of(tenant)}disposal_list(%s, %s)", [disposal, clock.now()])
    return int(listed)


def run_batch(disposal: UUID, tenant: str, most: int = MOST) -> Progress:
    """Carry out up to ``most`` records of a confirmed disposal. Inside the transaction that audits it."""
    statement = f"SELECT done, dropped, waiting FROM shared.{_of(tenant)}disposal_run(%s, %s, %s)"
    [row] = _rows(statement, [disposal, most, clock.now()])
    return Progress(*row)


def _of(tenant: str) -> str:
    return "city_" if tenant == SHARED_SCHEMA else ""


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
