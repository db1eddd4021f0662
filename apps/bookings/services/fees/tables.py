"""Entering the fee tables (料金表の登録): a new one from a day on, never over one that has been in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.bookings.errors import TableInForceError, UnknownFeeTableError
from apps.bookings.models import Equipment as Item
from apps.bookings.models import FeeTable, FeeTableKind, Room
from apps.bookings.queries.fees import newest_on, table_of
from apps.bookings.rules.fees import checks
from apps.bookings.rules.fees.codec import Table, as_content
from apps.bookings.rules.fees.tables import Equipment, Tariff
from apps.bookings.rules.fees.use import UsedSlot
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together

GUARDS: Final = ("what_has_been_in_force_stays", "what has been in force stays", "one_table_a_first_day")
"""How the database says that a table stands already."""


@dataclass(frozen=True, slots=True)
class NewTable:
    """A table that is to hold from ``valid_from`` on; ``room`` for a tariff, ``note`` what it rests on."""

    facility: UUID
    kind: FeeTableKind
    table: Table
    valid_from: dt.date
    room: UUID | None = None
    note: str = ""


def check(kind: FeeTableKind, table: Table, slots: tuple[UsedSlot, ...] = ()) -> None:
    """Raise ``BadTableError`` for a table that cannot be; ``slots`` are the room's, for a tariff."""
    if isinstance(table, Tariff):
        checks.check_tariff(table, slots)
    elif isinstance(table, Equipment):
        checks.check_equipment(table)
    elif kind == FeeTableKind.SURCHARGES:
        checks.check_surcharges(table)  # type: ignore[arg-type]  # the kind says which rows these are
    elif kind == FeeTableKind.CLIMATE:
        checks.check_climate(table)  # type: ignore[arg-type]
    elif kind == FeeTableKind.REDUCTIONS:
        checks.check_reductions(table)  # type: ignore[arg-type]


def enter_tables(*, actor: Actor, tables: list[NewTable]) -> None:
    """Enter tables that were checked, all or none. ``TableInForceError`` where one holds already from that day."""
    with in_force_told(), transaction.atomic():
        rows = [
            FeeTable(
                facility_id=one.facility,
                room_id=one.room,
                kind=one.kind,
                valid_from=one.valid_from,
                content=as_content(one.table),
                note=one.note.strip(),
                entered_at=clock.now(),
                entered_by=actor.id,
            )
            for one in tables
        ]
        entries = [
            entry(
                actor,
                Action.CREATE,
                object_type="fee_table",
                object_id=row.pk,
                kind=row.kind,
                valid_from=row.valid_from.isoformat(),
            )
            for row in rows
        ]
        insert_together(*rows, *entries)


def take_back_table(*, actor: Actor, table: UUID) -> None:
    """Delete a table that does not hold yet. ``UnknownFeeTableError``; ``TableInForceError`` when a fee rests on it."""
    with in_force_told(), transaction.atomic():
        found = FeeTable.objects.filter(pk=table).first()
        if found is None:
            raise UnknownFeeTableError
        insert_together(entry(actor, Action.DELETE, object_type="fee_table", object_id=table, kind=found.kind))
        found.delete()


def copy_tables(*, actor: Actor, source: UUID, target: UUID, valid_from: dt.date) -> int:
    """Enter all tables that hold at one facility on ``valid_from`` for another, and tell how many these were.

    A tariff goes to the target's room of the same name; where there is none it is left out. Raises
    ``TableInForceError`` when one of them holds there already from that day.
    """
    rooms = dict(Room.objects.filter(facility=target).values_list("name", "pk"))
    with transaction.atomic():
        found = list(_copied(source, target, valid_from, rooms))
        if found:
            enter_tables(actor=actor, tables=found)
    return len(found)


def _copied(source: UUID, target: UUID, valid_from: dt.date, rooms: dict[str, UUID]) -> Iterator[NewTable]:
    for row in newest_on(valid_from).filter(facility=source).select_related("room"):
        room = rooms.get(row.room.name) if row.room else None
        if row.room is None or room is not None:
            table = table_of(row)
            if isinstance(table, Equipment):
                table = _of_target(table, target, valid_from)
            yield NewTable(target, FeeTableKind(row.kind), table, valid_from, room, row.note)


def _of_target(table: Equipment, target: UUID, since: dt.date) -> Equipment:
    """The prices of the target's items of the same names; what it lacks is added, not public and none in stock."""
    codes = dict(Item.objects.filter(facility=target).values_list("name", "code"))
    for one in table.items:
        if one.label not in codes:
            added = Item.objects.create(facility_id=target, name=one.label, is_public=False, valid_from=since)
            codes[one.label] = added.code
    return replace(table, items=tuple(replace(one, code=codes[one.label]) for one in table.items))


@contextmanager
def in_force_told() -> Iterator[None]:
    """Tell what the database's guard and the unique first day refuse as ``TableInForceError``."""
    try:
        yield
    except IntegrityError as error:
        if not any(name in str(error) for name in GUARDS):
            raise
        raise TableInForceError(field="valid_from") from None
