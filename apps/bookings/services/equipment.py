"""Equipment: what there is, how many from a day on, and reserving some with a booking (附属設備)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.bookings.errors import (
    DayPastError,
    NoStockError,
    SettingExistsError,
    UnknownBookingError,
    UnknownSettingError,
)
from apps.bookings.models import Booking, Equipment, EquipmentStock, EquipmentUse
from apps.bookings.queries.equipment import left_of, margins
from apps.bookings.rules.stock import check_stock
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

GUARD: Final = "no_more_equipment_than_there_is"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of equipment as it is entered."""

    facility: UUID
    name: str
    name_en: str = ""
    unit: str = "台"
    place: str = ""
    minutes_before: int = 0
    minutes_after: int = 0


def add_equipment(*, actor: Actor, kind: Kind, since: dt.date, quantity: int) -> Equipment:
    """Enter a kind of equipment and how many there are from ``since`` on. ``SettingExistsError`` for a name twice."""
    with transaction.atomic():
        if Equipment.objects.filter(facility=kind.facility, name=kind.name).exists():
            raise SettingExistsError(field="name")
        row = Equipment.objects.create(
            facility_id=kind.facility,
            name=kind.name,
            name_en=kind.name_en,
            unit=kind.unit,
            place=kind.place,
            minutes_before=kind.minutes_before,
            minutes_after=kind.minutes_after,
            valid_from=since,
        )
        EquipmentStock.objects.create(equipment=row, valid_from=since, quantity=quantity)
        record(actor, Action.CREATE, object_type="equipment", object_id=row.pk, quantity=quantity)
    return row


def set_stock(*, actor: Actor, equipment: UUID, since: dt.date, quantity: int) -> None:
    """Let there be ``quantity`` from ``since`` on, today at the earliest.

    ``NoStockError`` where more are already reserved, ``DayPastError``, ``UnknownSettingError``.
    """
    if since < clock.today():
        raise DayPastError(field="since")
    with _told(""), transaction.atomic():
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


def reserve_equipment(*, actor: Actor, booking: UUID, equipment: UUID, quantity: int) -> EquipmentUse:
    """Reserve pieces for the span of a booking, its margins included; again for the same booking, change how many.

    Locks the equipment, so that of two at once the second sees the first. ``UnknownBookingError``,
    ``UnknownSettingError``, ``NothingWantedError``, ``NoStockError``.
    """
    with transaction.atomic():
        found = Booking.objects.select_related("room").filter(pk=booking).first()
        if found is None:
            raise UnknownBookingError
        kind = Equipment.objects.select_for_update().filter(pk=equipment, facility=found.room.facility_id).first()
        if kind is None or not _is_there(kind, found.day):
            raise UnknownSettingError(field="equipment")
        during = margins(kind, found.during)
        left = left_of(kind, during, but=booking)
        check_stock(quantity, quantity if left is None else left, kind.name)
        with _told(kind.name):
            row, _made = EquipmentUse.objects.update_or_create(
                booking=found, equipment=kind, defaults={"during": during, "quantity": quantity}
            )
        record(
            actor,
            Action.CHANGE,
            object_type="booking",
            object_id=booking,
            persons=[found.registrant_id],
            act="equipment",
            quantity=quantity,
        )
    return row


@transaction.atomic
def release_equipment(*, actor: Actor, booking: UUID, equipment: UUID) -> None:
    """Give back what a booking has reserved. ``UnknownSettingError``."""
    if not EquipmentUse.objects.filter(booking=booking, equipment=equipment).delete()[0]:
        raise UnknownSettingError(field="equipment")
    record(actor, Action.CHANGE, object_type="booking", object_id=booking, act="equipment", quantity=0)


def _is_there(kind: Equipment, day: dt.date) -> bool:
    return kind.valid_from <= day and (kind.valid_until is None or day <= kind.valid_until)


class _told:  # noqa: N801  # reads as a verb where it is used
    """Answers the database's guard like any shortage."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        diagnosis = getattr(getattr(error, "__cause__", None), "diag", None)
        if isinstance(error, IntegrityError) and diagnosis is not None and diagnosis.constraint_name == GUARD:
            raise NoStockError(field="quantity", name=self.name, left=0) from None
