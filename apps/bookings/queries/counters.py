"""The headcount categories (人数の区分) of a day, and whether a month is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from apps.bookings.models import CounterSet, MonthDeed
from apps.bookings.rules.attendance import WHOLE, Category

CLOSED: Final = MonthDeed.Deed.CLOSE


def categories_on(day: dt.date) -> dict[UUID, tuple[Category, ...]]:
    """Facility -> its categories on ``day``; a facility that never set any is not in it. Two statements."""
    found: dict[UUID, tuple[Category, ...]] = {}
    for one in CounterSet.objects.filter(valid_from__lte=day).prefetch_related("counters"):
        found[one.facility_id] = categories_of(one)
    return found


def categories_of(row: CounterSet) -> tuple[Category, ...]:
    """The categories of a set, in their order."""
    return tuple(Category(one.code, one.name, one.name_en) for one in row.counters.all())


def undivided() -> tuple[Category, ...]:
    """The one category of a facility without any."""
    return (Category(WHOLE, _("利用人数"), "Persons"),)


def newest_deeds(month: dt.date) -> dict[UUID, MonthDeed]:
    """Facility -> what was last done with its ``month``; one statement."""
    rows = MonthDeed.objects.filter(month=month).order_by("facility_id", "-number").distinct("facility_id")
    return {one.facility_id: one for one in rows}


def closed_among(month: dt.date) -> set[UUID]:
    """The facilities whose ``month`` is closed; one statement."""
    return {facility for facility, deed in newest_deeds(month).items() if deed.deed == CLOSED}


def sets_of(facility: UUID) -> Sequence[CounterSet]:
    """All sets of a facility, the newest first; two statements."""
    return list(CounterSet.objects.filter(facility=facility).order_by("-valid_from").prefetch_related("counters"))
