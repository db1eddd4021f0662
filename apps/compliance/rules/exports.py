"""An export of persons' data (持出し): what has to be said, how far it has come, when it is refused. Handbook 8.4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.compliance.errors import (
    ExportFieldsError,
    ExportMarginError,
    ExportNobodyError,
    ExportSensitiveError,
    ExportSpanError,
)
from apps.compliance.rules.purpose import Purpose, state
from kernel.wareki import fiscal_year

MOST_MARGIN: Final = 100
SENSITIVE: Final = frozenset({"birth_date", "emergency_contacts"})
"""Fields that need a reason of their own: the birth date, and the data of third persons."""


class Decision(StrEnum):
    """What the city decided; written by the city alone."""

    NONE = ""
    APPROVED = "approved"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of the request at the facility; written by the facility alone."""

    NONE = ""
    WITHDRAWN = "withdrawn"
    MAKING = "making"
    MADE = "made"
    DIFFERS = "differs"
    FAILED = "failed"
    FETCHED = "fetched"


class Stage(StrEnum):
    """How far a request has come (申請の状態)."""

    ASKED = "asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    MAKING = "making"
    MADE = "made"
    FETCHED = "fetched"
    LAPSED = "lapsed"
    DIFFERS = "differs"
    FAILED = "failed"


OPEN: Final = frozenset({Stage.ASKED, Stage.APPROVED, Stage.MAKING, Stage.MADE})
"""What may still be withdrawn."""
TO_MAKE: Final = (Outcome.NONE, Outcome.MAKING)
"""Outcomes of an approved request that a worker has to do, or had begun when it died."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a facility asks for; ``states`` and ``kind`` empty are all."""

    purpose: Purpose
    fields: tuple[str, ...]
    kind: str = ""
    states: tuple[str, ...] = ()
    until_from: dt.date | None = None
    until_to: dt.date | None = None
    sensitive_reason: str = ""
    encoding: str = "utf8"


def check_fields(fields: Collection[str], known: Collection[str], reason: str) -> str:
    """The tidied reason. At least one known field; ``ExportFieldsError``, ``ExportSensitiveError``, and those of a
    stated reason."""
    if not fields or not set(fields) <= set(known):
        raise ExportFieldsError(field="fields")
    if not SENSITIVE & set(fields):
        return ""
    if not reason.strip():
        raise ExportSensitiveError(field="sensitive_reason")
    return state("sensitive", reason, field="sensitive_reason").note


def check_span(first: dt.date | None, last: dt.date | None) -> None:
    """``ExportSpanError`` where the last day lies before the first."""
    if first and last and last < first:
        raise ExportSpanError(field="until_to")


def check_count(found: int) -> None:
    """``ExportNobodyError`` for a request that fits nobody."""
    if found == 0:
        raise ExportNobodyError(field="states")


def check_margin(margin: int) -> None:
    """``ExportMarginError`` for a margin below none or beyond what is still the same export."""
    if not 0 <= margin <= MOST_MARGIN:
        raise ExportMarginError(field="margin", most=MOST_MARGIN)


def differs(approved: int, found: int, margin: int) -> bool:
    """Whether the number of people has changed by more than was agreed."""
    return abs(found - approved) > margin


def stage_of(decision: str, outcome: str, *, fetch_by: dt.datetime | None, now: dt.datetime) -> Stage:
    """The state that the city's and the facility's columns make together."""
    if outcome == Outcome.MADE and fetch_by is not None and fetch_by <= now:
        return Stage.LAPSED
    if outcome != Outcome.NONE:
        return Stage(outcome)
    return Stage(decision) if decision else Stage.ASKED


def same_person(login: str, name: str, other_login: str, other_name: str) -> bool:
    """Whether two staff IDs are one person's, as far as can be told: the same ID, or the same name."""
    return login == other_login or _bare(name) == _bare(other_name)


def _bare(name: str) -> str:
    return "".join(name.split())


def management_number(year: int, serial: int) -> str:
    """管理番号 of an approved export, e.g. ``MD2026-0001``; gapless in its fiscal year, and safe in a file's name."""
    return f"MD{year}-{serial:04}"


def year_of(day: dt.date) -> int:
    """The fiscal year that counts the number."""
    return fiscal_year(day)
