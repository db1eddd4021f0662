"""Equipment (附属設備): what there is, how many from a day on, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.bookings.errors import DayPastError, SettingExistsError, SpanUpsideDownError, UnknownSettingError
from apps.bookings.gear_errors import EquipmentReservedError
from apps.bookings.models import Equipment, EquipmentRoom, EquipmentStock, EquipmentUse, Room
from apps.bookings.queries.equipment import alive_uses
from apps.bookings.services.lending import stock_told
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of equipment as it is entered. Without ``rooms`` it is lent in every room of the facility."""

    facility: UUID
    name: str
    name_en: str = ""
    unit: str = "台"
    place: str = ""
    is_counted: bool = True
    is_public: bool = True
    minutes_before: int = 0
    minutes_after: int = 0
    deadline_days: int | None = None
    deadline_at: dt.time = dt.time(23, 59)
    rooms: tuple[UUID, ...] = ()

    def columns(self) -> dict[str, object]:
        """All but facility and rooms."""
        kept = ("name", "name_en", "unit", "place", "is_counted", "is_public", "minutes_before", "minutes_after")
        return {name: getattr(self, name) for name in (*kept, "deadline_days", "deadline_at")}


def add_equipment(*, actor: Actor, kind: Kind, since: dt.date, quantity: int) -> Equipment:
    """Enter a kind of equipment and how many there are from ``since`` on.

    ``SettingExistsError`` for a name twice, ``UnknownSettingError`` for a room of another facility.
    """
    with transaction.atomic():
        _check_name(kind, but=None)
        row = Equipment.objects.create(facility_id=kind.facility, valid_from=since, **kind.columns())
        _set_rooms(row, kind.rooms)
        EquipmentStock.objects.create(equipment=row, valid_from=since, quantity=quantity)
        record(actor, Action.CREATE, object_type="equipment", object_id=row.pk, quantity=quantity)
    return row


def change_equipment(*, actor: Actor, equipment: UUID, kind: Kind, until: dt.date | None = None) -> None:
    """Change what is said of an item; ``until`` is its last day, before which no booking has it.

    Its facility stays. Raises the errors of ``add_equipment``, ``SpanUpsideDownError``, ``EquipmentReservedError``,
    and ``NoStockError`` where it becomes counted and more are reserved than there are.
    """
    with stock_told(), transaction.atomic():
        row = Equipment.objects.select_for_update().filter(pk=equipment, facility=kind.facility).first()
        if row is None:
            raise UnknownSettingError(field="equipment")
        _check_name(kind, but=equipment)
        if until is not None and until < row.valid_from:
            raise SpanUpsideDownError(field="until")
        _check_end(row, until)
        Equipment.objects.filter(pk=equipment).update(**kind.columns(), valid_until=until)
        _set_rooms(row, kind.rooms)
        if kind.is_counted and not row.is_counted:
            _look_again(equipment)
        record(actor, Action.CHANGE, object_type="equipment", object_id=equipment, public=kind.is_public)


def set_stock(*, actor: Actor, equipment: UUID, since: dt.date, quantity: int) -> None:
    """Let there be ``quantity`` from ``since`` on, today at the earliest.

    ``NoStockError`` where more are already reserved, ``DayPastError``, ``UnknownSettingError``.
    """
    if since < clock.today():
        raise DayPastError(field="since")
    with stock_told("quantity"), transaction.atomic():
        row = Equipment.objects.filter(pk=equipment).first()
        if row is None:
            raise UnknownSettingError(field="equipment")
        EquipmentStock.objects.update_or_create(equipment=row, valid_from=since, defaults={"quantity": quantity})
        record(
            actor,
            Action.CHANGE,
            object_type="equipment",
            object_id=equipment,
            since=since.isoformat(),
            quantity=quantity,
        )


def _check_name(kind: Kind, *, but: UUID | None) -> None:
    same = Equipment.objects.filter(facility=kind.facility, name=kind.name).values_list("pk", flat=True)
    if any(pk != but for pk in same):
        raise SettingExistsError(field="name")


def _check_end(row: Equipment, until: dt.date | None) -> None:
    if until is None:
        return
    after = alive_uses().filter(equipment=row, booking__day__gt=until).count()
    if after:
        raise EquipmentReservedError(field="until", count=after)


def _set_rooms(row: Equipment, rooms: Collection[UUID]) -> None:
    if Room.objects.filter(pk__in=rooms, facility=row.facility_id).count() != len(rooms):
        raise UnknownSettingError(field="rooms")
    EquipmentRoom.objects.filter(equipment=row).delete()
    EquipmentRoom.objects.bulk_create(EquipmentRoom(equipment=row, room_id=room) for room in rooms)


def _look_again(equipment: UUID) -> None:
    """Let the database's guard look at what is reserved."""
    for use in EquipmentUse.objects.filter(equipment=equipment).order_by("pk"):
        EquipmentUse.objects.filter(pk=use.pk).update(quantity=use.quantity)
