"""Reading the audit: at a desk its own, at the city that of all facilities. A fixed number of statements a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from apps.compliance.models.logs import CityAuditEntry
from apps.registrants.models import Registrant
from kernel.spans import day_span
from shared.audit.models import AuditEntry
from shared.staff.models import StaffAccount
from tenants.models import Tenant, Terminal
from tenants.scope import SHARED_SCHEMA

PAGE_SIZE: Final = 50
NAMES: Final = "SELECT id, name FROM shared.city_clerk WHERE id = ANY(%s)"
NUMBERS: Final = "SELECT id, number FROM shared.city_registrant WHERE id = ANY(%s)"
PERSON: Final = "SELECT tenant, id, number FROM shared.city_registrant WHERE number = %s"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are wanted; None or empty for any. ``tenant`` is the city's alone."""

    first: dt.date | None = None
    last: dt.date | None = None
    actor: UUID | None = None
    action: str = ""
    object_type: str = ""
    object_id: str = ""
    person: UUID | None = None
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with the names and numbers that it is read by."""

    entry: Any
    who: str
    place: str
    numbers: tuple[str, ...]
    more: int
    """Persons beyond those whose numbers are shown."""
    terminal: str
    """The name of the registered terminal, or empty."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the audit, the newest first; ``older`` is where the next one begins, or empty."""

    lines: Sequence[Line]
    older: str


MOST_NUMBERS: Final = 3


def desk_log(wanted: LogFilter, *, before: str = "") -> LogPage:
    """A page of the own facility's; four statements."""
    found = list(_before(_filtered(AuditEntry.objects.all(), wanted), before)[: PAGE_SIZE + 1])
    names = dict(StaffAccount.objects.filter(pk__in=_actors(found)).values_list("pk", "name"))
    numbers = dict(Registrant.objects.filter(pk__in=_persons(found)).values_list("pk", "number"))
    return _page(found, names, numbers, {}, terminal_names(found))


def city_log(wanted: LogFilter, *, before: str = "") -> LogPage:
    """A page of all facilities', or with ``SHARED_SCHEMA`` as tenant of the city's own; five statements."""
    if wanted.tenant == SHARED_SCHEMA:
        found = list(_before(_filtered(AuditEntry.objects.all(), wanted), before)[: PAGE_SIZE + 1])
    else:
        rows = _filtered(CityAuditEntry.objects.all(), wanted)
        rows = rows.filter(tenant=wanted.tenant) if wanted.tenant else rows
        found = list(_before(rows, before)[: PAGE_SIZE + 1])
    own = StaffAccount.objects.filter(pk__in=_actors(found)).values_list("pk", "name")
    names = dict(_pairs(NAMES, _actors(found))) | dict(own)
    numbers = dict(_pairs(NUMBERS, _persons(found)))
    places = dict(Tenant.objects.values_list("schema_name", "name"))
    return _page(found, names, numbers, places, terminal_names(found))


def person_at_desk(number: str) -> UUID | None:
    """The registrant with ``number`` at the own facility."""
    return Registrant.objects.filter(number=number).values_list("pk", flat=True).first()


def persons_anywhere(number: str) -> list[tuple[str, UUID, str]]:
    """Tenant, id and number of the registrants with ``number``; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(PERSON, [number])
        return list(cursor.fetchall())


def clerk_names(schema_wide: bool) -> list[tuple[UUID, str]]:
    """The accounts that may be chosen in the filter, by name."""
    if not schema_wide:
        return list(StaffAccount.objects.order_by("name", "login_id").values_list("pk", "name"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM shared.city_clerk ORDER BY name, tenant, login_id LIMIT 1000")
        return list(cursor.fetchall())


def names_of(actors: Collection[UUID], *, at_city: bool) -> dict[UUID, str]:
    """Names of accounts of the own facility, or at the city of anybody."""
    own = dict(StaffAccount.objects.filter(pk__in=actors).values_list("pk", "name"))
    return dict(_pairs(NAMES, set(actors))) | own if at_city else own


def numbers_of(persons: Collection[UUID], *, at_city: bool) -> dict[UUID, str]:
    """Registration numbers by id."""
    if at_city:
        return dict(_pairs(NUMBERS, set(persons)))
    return dict(Registrant.objects.filter(pk__in=persons).values_list("pk", "number"))


def _filtered(rows: QuerySet[Any], wanted: LogFilter) -> QuerySet[Any]:
    exact = {
        "actor_id": wanted.actor,
        "action": wanted.action,
        "object_type": wanted.object_type,
        "object_id": wanted.object_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.first:
        rows = rows.filter(at__gte=day_span(wanted.first).start)
    if wanted.last:
        rows = rows.filter(at__lt=day_span(wanted.last).end)
    if wanted.person:
        shown = Q(persons__contains=[wanted.person]) & ~Q(persons=[])  # as the partial index has it
        before_that = Q(object_type="registrant", object_id=str(wanted.person))
        rows = rows.filter(shown | before_that)
    return rows


def _before(rows: QuerySet[Any], before: str) -> QuerySet[Any]:
    """The newest first, from the place that ``before`` names; from the beginning for one that makes no sense."""
    rows = rows.order_by("-at", "-id")
    seconds, _, number = before.partition("_")
    try:
        moment, last = dt.datetime.fromtimestamp(int(seconds) / 1_000_000, dt.UTC), int(number)
    except (ValueError, OverflowError, OSError):
        return rows
    return rows.filter(Q(at__lt=moment) | Q(at=moment, id__lte=last), at__lte=moment)


def _place_of(entry: Any) -> str:
    return f"{round(entry.at.timestamp() * 1_000_000)}_{entry.pk}"


def _actors(found: Sequence[Any]) -> set[UUID]:
    return {entry.actor_id for entry in found if entry.actor_id}


def _persons(found: Sequence[Any]) -> set[UUID]:
    return {person for entry in found for person in entry.persons[:MOST_NUMBERS]}


def terminal_names(found: Iterable[Any]) -> dict[UUID, str]:
    """The names of the registered terminals that the entries came from: a desk knows its own."""
    seen = {entry.terminal for entry in found if entry.terminal}
    return dict(Terminal.objects.filter(pk__in=seen).order_by().values_list("pk", "name")) if seen else {}


def _page(
    found: list[Any],
    names: dict[UUID, str],
    numbers: dict[UUID, str],
    places: dict[str, str],
    terminals: dict[UUID, str],
) -> LogPage:
    lines = [
        Line(
            entry=entry,
            who=names.get(entry.actor_id, ""),
            place=places.get(getattr(entry, "tenant", ""), ""),
            numbers=tuple(numbers[one] for one in entry.persons[:MOST_NUMBERS] if one in numbers),
            more=max(len(entry.persons) - MOST_NUMBERS, 0),
            terminal=terminals.get(entry.terminal, ""),
        )
        for entry in found[:PAGE_SIZE]
    ]
    return LogPage(lines, _place_of(found[PAGE_SIZE]) if len(found) > PAGE_SIZE else "")


def _pairs(statement: str, ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        return list(cursor.fetchall())
