"""What equipment there is, and how many pieces are left for a span, across the rooms of the facility."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Q

from apps.bookings.models import Equipment, EquipmentStock, EquipmentUse, Occupation
from apps.bookings.rules.stock import Lent, Stock, peak, stock_on
from kernel import clock
from kernel.clock import TOKYO


def margins(kind: Equipment, during: DateTimeTZRange) -> DateTimeTZRange:
    """The span for which a piece is out: the booking's with the time before and after."""
    return DateTimeTZRange(
        during.lower - dt.timedelta(minutes=kind.minutes_before),
        during.upper + dt.timedelta(minutes=kind.minutes_after),
    )


def left_of(kind: Equipment, during: DateTimeTZRange, *, but: UUID | None = None) -> int | None:
    """How many are left for the span, without what the booking ``but`` has; None where nobody counts them.

    Two statements.
    """
    if not kind.is_counted:
        return None
    lent = [Lent(row.quantity, row.during.lower, row.during.upper) for row in _out([kind], during, but)]
    stocks = [Stock(row.valid_from, row.quantity) for row in EquipmentStock.objects.filter(equipment=kind)]
    return _least(stocks, during) - peak(lent, during.lower, during.upper)


def equipment_left(facility: UUID, during: DateTimeTZRange) -> list[tuple[Equipment, int | None]]:
    """All equipment of a facility that is there then, and how many pieces are left; three statements."""
    day = during.lower.astimezone(TOKYO).date()
    there = Q(valid_until=None) | Q(valid_until__gte=day)
    kinds = list(Equipment.objects.filter(there, facility=facility, valid_from__lte=day))
    lent, stocks = defaultdict(list), defaultdict(list)
    for use in _out(kinds, during, None):
        lent[use.equipment_id].append(Lent(use.quantity, use.during.lower, use.during.upper))
    for row in EquipmentStock.objects.filter(equipment__in=kinds):
        stocks[row.equipment_id].append(Stock(row.valid_from, row.quantity))
    return [(kind, _left(kind, lent[kind.pk], stocks[kind.pk], during)) for kind in kinds]


def _left(kind: Equipment, lent: list[Lent], stocks: list[Stock], during: DateTimeTZRange) -> int | None:
    if not kind.is_counted:
        return None
    wanted = margins(kind, during)
    return _least(stocks, wanted) - peak(lent, wanted.lower, wanted.upper)


def _least(stocks: list[Stock], during: DateTimeTZRange) -> int:
    """The fewest that there are on any day of the span."""
    first, last = (moment.astimezone(TOKYO).date() for moment in (during.lower, during.upper))
    days = {first, last, *(one.since for one in stocks if first <= one.since <= last)}
    return min(stock_on(stocks, day) for day in days)


def _out(kinds: list[Equipment], during: DateTimeTZRange, but: UUID | None) -> list[EquipmentUse]:
    """What is out in the span: of bookings that still occupy their room."""
    alive = Occupation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), booking=OuterRef("booking"))
    rows = EquipmentUse.objects.filter(Exists(alive), equipment__in=kinds)
    return list(rows.exclude(booking=but)) if but else list(rows)
