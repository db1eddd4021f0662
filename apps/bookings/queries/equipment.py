"""What equipment can be lent for a span, and how many pieces are left, across the rooms of the facility."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from apps.bookings.models import Equipment, EquipmentRoom, EquipmentStock, EquipmentUse, Occupation
from apps.bookings.rules.stock import Lent, Stock, left
from kernel import clock

WIDEST: Final = dt.timedelta(minutes=240)
"""No margin before or after is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when something is to be lent. ``room`` None: in any room of the facility."""

    facility: UUID
    room: UUID | None
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Lendable:
    """An item, and how many pieces are left; None where nobody counts them."""

    kind: Equipment
    left: int | None


@dataclass(frozen=True, slots=True)
class Reserved:
    """What a booking has of an item."""

    kind: Equipment
    quantity: int


def lendable(place: Place, *, but: UUID | None = None, public: bool = False) -> list[Lendable]:
    """The items that are lent there and then, with what is left without what the booking ``but`` has; one statement.

    ``public``: only those that citizens choose themselves (公開).
    """
    there = Q(valid_until=None) | Q(valid_until__gte=place.day)
    rows = Equipment.objects.filter(there, facility=place.facility, valid_from__lte=place.day)
    if place.room is not None:
        named = EquipmentRoom.objects.filter(equipment=OuterRef("pk"))
        rows = rows.filter(~Exists(named) | Exists(named.filter(room=place.room)))
    if public:
        rows = rows.filter(is_public=True)
    counted = rows.annotate(stocked=_stocked(), out=_out(place, but))
    return [Lendable(row, _left(row, place)) for row in counted]


def reserved(booking: UUID) -> list[Reserved]:
    """What a booking has, in the order of the house; one statement."""
    uses = EquipmentUse.objects.filter(booking=booking).select_related("equipment")
    ordered = uses.order_by("equipment__position", "equipment__name")
    return [Reserved(one.equipment, one.quantity) for one in ordered]


def alive_uses() -> QuerySet[EquipmentUse]:
    """What is reserved: of bookings that still occupy their room. In no order: a citizen sees no other's booking."""
    alive = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), booking=OuterRef("booking"))
    return EquipmentUse.objects.filter(Exists(alive)).order_by()


def _stocked() -> ArraySubquery:
    rows = EquipmentStock.objects.filter(equipment=OuterRef("pk")).order_by()
    return ArraySubquery(rows.values(row=JSONObject(since="valid_from", quantity="quantity")))


def _out(place: Place, but: UUID | None) -> ArraySubquery:
    """What is out in the span."""
    wide = DateTimeTZRange(place.starts_at - WIDEST, place.ends_at + WIDEST)
    rows = alive_uses().filter(equipment=OuterRef("pk"), during__overlap=wide)
    if but is not None:
        rows = rows.exclude(booking=but)
    told = JSONObject(quantity="quantity", starts="during__startswith", ends="during__endswith")
    return ArraySubquery(rows.values(row=told))


def _left(row: Any, place: Place) -> int | None:
    if not row.is_counted:
        return None
    before, after = (dt.timedelta(minutes=minutes) for minutes in (row.minutes_before, row.minutes_after))
    stocks = [Stock(dt.date.fromisoformat(one["since"]), one["quantity"]) for one in row.stocked]
    return left(stocks, list(_lent(row.out)), place.starts_at - before, place.ends_at + after)


def _lent(rows: Iterable[Any]) -> Iterable[Lent]:
    for one in rows:
        starts, ends = (dt.datetime.fromisoformat(one[name]) for name in ("starts", "ends"))
        yield Lent(one["quantity"], starts, ends)
