"""Texts of law and agreement: what holds on a day, and all versions. Readable as any site's role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.compliance.agreement_errors import UnknownClauseError
from apps.compliance.models.clauses import ClauseText
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class Clause:
    """A version of a text; ``version`` is what a pledge or an agreement keeps beside ``code``."""

    code: str
    version: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A text on the city's list: the version that holds, and the first one to come, if any."""

    current: ClauseText | None
    coming: ClauseText | None
    latest: ClauseText


def current_clause(code: str, on: dt.date) -> Clause:
    """What ``code`` says on the day ``on``; one statement. ``UnknownClauseError`` if nothing holds then."""
    found = ClauseText.objects.filter(code=code, in_force_from__lte=on).order_by("-version").first()
    if found is None:
        raise UnknownClauseError
    return _clause(found)


def clause_version(code: str, version: int) -> Clause:
    """What a version said; one statement. ``UnknownClauseError``."""
    found = ClauseText.objects.filter(code=code, version=version).first()
    if found is None:
        raise UnknownClauseError
    return _clause(found)


def listed_clauses(today: dt.date) -> list[Listed]:
    """All texts by code; one statement."""
    by_code: dict[str, list[ClauseText]] = {}
    for row in ClauseText.objects.defer("body").order_by("code", "-version"):
        by_code.setdefault(row.code, []).append(row)
    return [_listed(rows, today) for rows in by_code.values()]


def versions_of(code: str) -> Sequence[ClauseText]:
    """All versions, the newest first; one statement. ``UnknownClauseError``."""
    rows = list(ClauseText.objects.filter(code=code).order_by("-version"))
    if not rows:
        raise UnknownClauseError
    return rows


def holding(rows: Sequence[ClauseText], on: dt.date) -> ClauseText | None:
    """Of all versions, the newest first, the one that holds on a day."""
    return next((row for row in rows if row.in_force_from <= on), None)


def authors(rows: Sequence[ClauseText]) -> dict[UUID, str]:
    """Account -> name, of the city's staff who wrote ``rows``; one statement."""
    wanted = {row.made_by for row in rows if row.made_by}
    return dict(StaffAccount.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _listed(rows: Sequence[ClauseText], today: dt.date) -> Listed:
    current = holding(rows, today)
    newer = [row for row in rows if current is None or row.version > current.version]
    return Listed(current, min(newer, key=lambda row: (row.in_force_from, -row.version), default=None), rows[0])


def _clause(row: ClauseText) -> Clause:
    return Clause(row.code, row.version, row.title, row.body)
