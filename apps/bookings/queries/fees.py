"""Reading the fee tables of a day, the fees of a booking, and reductions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from apps.bookings.models import FeeSheet, FeeTable, FeeTableKind, ReductionRequest, ReductionState
from apps.bookings.rules.authority import FeeRegime
from apps.bookings.rules.fees.codec import Table, from_content, table_from, tables_of
from apps.bookings.rules.fees.lines import Column, Line, Step, column_sum
from apps.bookings.rules.fees.tables import TableKind, Tables
from apps.bookings.rules.states import ALLOWED
from tenants.models import OperatorAssignment
from tenants.scope import scoped_connection


@dataclass(frozen=True, slots=True)
class InForce:
    """The tables that hold for a room on a day, and which versions they are."""

    ids: tuple[UUID, ...]
    tables: Tables


@dataclass(frozen=True, slots=True)
class Fee:
    """A stored fee of a booking with its lines."""

    sheet: FeeSheet
    lines: tuple[Line, ...]

    def columns(self) -> list[tuple[Column, int]]:
        """① to ⑦."""
        return [(column, column_sum(self.lines, column)) for column in Column]


def tables_on(facility: UUID, room: UUID, day: dt.date) -> InForce | None:
    """What holds for ``room`` on ``day``; None where no tariff does. One statement."""
    found = newest_on(day).filter(Q(room=room) | Q(room=None), facility=facility)
    rows = list(found.values_list("id", "kind", Cast("content", TextField())))
    ids, kinds, texts = zip(*rows, strict=True) if rows else ((), (), ())
    return in_force_of(ids, kinds, texts)


def in_force_of(ids: Iterable[UUID], kinds: Iterable[str], contents: Iterable[str]) -> InForce | None:
    """The tables of a statement that read the newest of each kind; None without a tariff."""
    read = ((TableKind(kind), text) for kind, text in zip(kinds, contents, strict=True))
    tables = tables_of({kind: table_from(kind, text) for kind, text in read})
    return None if tables is None else InForce(tuple(ids), tables)


def tables_by(ids: Collection[UUID]) -> InForce:
    """The tables that a stored fee was computed by; one statement. ValueError where they have no tariff."""
    rows = list(FeeTable.objects.filter(pk__in=ids).values_list("id", "kind", Cast("content", TextField())))
    found = in_force_of(*zip(*rows, strict=True)) if rows else None
    if found is None:
        raise ValueError("a fee rests on a tariff")
    return found


@dataclass(frozen=True, slots=True)
class TablesInTime:
    """All tables of a facility and some of its rooms that begin until a day."""

    rows: tuple[tuple[UUID, str, UUID | None, dt.date, str], ...]
    """Id, kind, room, first day and content, the oldest first."""

    def on(self, room: UUID, day: dt.date) -> InForce | None:
        """What holds for ``room`` on ``day``, as ``tables_on`` reads it."""
        held = {
            kind: (id_, text) for id_, kind, its, begins, text in self.rows if its in {room, None} and begins <= day
        }
        ids, texts = zip(*held.values(), strict=True) if held else ((), ())
        return in_force_of(ids, held, texts)


def tables_until(facility: UUID, rooms: Collection[UUID], day: dt.date) -> TablesInTime:
    """The tables of which some holds on a day until ``day``; one statement."""
    found = FeeTable.objects.filter(Q(room__in=rooms) | Q(room=None), facility=facility, valid_from__lte=day)
    text = Cast("content", TextField())
    rows = found.order_by("valid_from").values_list("id", "kind", "room_id", "valid_from", text)
    return TablesInTime(tuple(rows))


def newest_on(day: dt.date) -> QuerySet[FeeTable]:
    """Of every facility, kind and room the table that holds on ``day``."""
    begun = FeeTable.objects.filter(valid_from__lte=day).order_by("facility_id", "kind", "room_id", "-valid_from")
    return begun.distinct("facility_id", "kind", "room_id")


def table_on(facility: UUID, kind: FeeTableKind, day: dt.date, room: UUID | None = None) -> Table | None:
    """One table as it holds on ``day``, or None."""
    found = (
        FeeTable.objects.filter(facility=facility, kind=kind, room=room, valid_from__lte=day)
        .order_by("-valid_from")
        .first()
    )
    return None if found is None else table_of(found)


def table_of(row: FeeTable) -> Table:
    """The table that a row holds."""
    return from_content(TableKind(row.kind), row.content)


def fees_of(booking: UUID) -> list[Fee]:
    """All fees that were computed of a booking, the newest first; two statements."""
    sheets = FeeSheet.objects.filter(booking=booking).prefetch_related("lines").order_by("-number")
    return [Fee(sheet, tuple(line_from(line) for line in sheet.lines.all())) for sheet in sheets]


def fee_of(booking: UUID) -> Fee | None:
    """The fee of a booking that holds; two statements."""
    sheets = FeeSheet.objects.filter(booking=booking).prefetch_related("lines").order_by("-number")[:1]
    return next((Fee(sheet, tuple(line_from(line) for line in sheet.lines.all())) for sheet in sheets), None)


def line_from(row: Any) -> Line:
    """The rule's line of a stored one."""
    return Line(Step(row.step), Column(row.column), row.key, row.amount, row.article, row.label, row.detail)


def fee_word(day: dt.date) -> str:
    """使用料 or 利用料金, by the regime of who operates on ``day``; one statement."""
    schema = scoped_connection().scope.schema
    found = OperatorAssignment.objects.filter(tenant__schema_name=schema, during__contains=day)
    regime = found.values_list("fee_regime", flat=True).first()
    return "利用料金" if regime == FeeRegime.MANAGER_INCOME else "使用料"


def reduction_of(booking: UUID) -> ReductionRequest | None:
    """The newest reduction asked for of a booking's fee."""
    columns = ("id", "booking_id", "ground", "ground_label", "article", "asked_at", "state", "decided_at", "reason")
    return ReductionRequest.objects.filter(booking=booking).only(*columns).order_by("-asked_at").first()


def granted_code(booking: UUID) -> str:
    """The ground of the reduction that was granted, or empty."""
    found = ReductionRequest.objects.filter(booking=booking, state=ReductionState.GRANTED)
    return found.values_list("ground", flat=True).first() or ""


def waiting_reductions() -> QuerySet[ReductionRequest]:
    """Reductions that wait for a decision, the oldest first, with booking, room and registrant.

    Those of a booking that was refused or given up wait for nothing.
    """
    found = ReductionRequest.objects.filter(state=ReductionState.ASKED, booking__state__in=ALLOWED["charge"])
    return found.select_related("booking__room", "booking__registrant").order_by("asked_at", "id")


def versions(facility: UUID) -> Iterable[FeeTable]:
    """All tables of a facility with their rooms, the newest of each first."""
    found = FeeTable.objects.filter(facility=facility).select_related("room")
    return found.order_by("kind", "room__position", "room__name", "-valid_from")
