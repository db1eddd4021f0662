"""What became of the demo city's bookings: people who came, days that were counted, months that were sent."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from apps.bookings.models import Booking, CounterSet, Facility
from apps.bookings.queries.counters import newest_deeds
from apps.bookings.queries.day_use import DayAt, day_of_use, days_missing
from apps.bookings.rules.attendance import ABSENT, CAME
from apps.bookings.services.use.counters import set_counters
from apps.bookings.services.use.enter import UseEntry, count_day, enter_uses
from apps.bookings.services.use.months import close_month
from apps.bookings.use_errors import CountersInPastError
from config.demo_city.chance import chance
from config.demo_city.history import as_of
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.staff.models import StaffAccount
from tenants.scope import desk_scope, unit_of_work

CATEGORIES: Final = (("60歳以上", "60 and over"), ("18〜59歳", "18 to 59"), ("18歳未満", "Under 18"))
NOT_YET: Final = dt.timedelta(days=2)
"""The last days wait for the clerk who looks at the demo."""


def tell_use(schema: str) -> None:
    """Enter the uses until the day before yesterday, and close the months that are over but the last."""
    with unit_of_work(desk_scope(schema)):
        first = Booking.objects.order_by("day").values_list("day", flat=True).first()
        clerk = Actor(kind="staff", id=StaffAccount.objects.values_list("pk", flat=True).first())
        if first is None:
            return
        for place in Facility.objects.values_list("pk", flat=True):
            _set_categories(clerk, place, first)
        for day in days_missing(first, clock.today() - NOT_YET + dt.timedelta(days=1)):
            for at in day_of_use(day):
                _tell(clerk, day, at)
        _close_months(clerk, first)


def _set_categories(clerk: Actor, place: UUID, first: dt.date) -> None:
    if CounterSet.objects.filter(facility=place).exists():
        return
    with as_of(dt.datetime.combine(first, dt.time(8), TOKYO)):
        try:
            set_counters(actor=clerk, facility=place, valid_from=first, names=CATEGORIES)
        except CountersInPastError:
            return


def _tell(clerk: Actor, day: dt.date, at: DayAt) -> None:
    if at.is_closed:
        return
    codes = [one.code for one in at.categories]
    entries = [_entry(booking, codes) for booking in at.bookings if getattr(booking, "use_record", None) is None]
    enter_uses(actor=clerk, day=day, entries=entries)
    if at.individuals is None and at.bookings:
        luck = chance(f"individuals {at.facility.pk} {day}")
        counts = {code: luck.randrange(0, 9) for code in codes}
        count_day(actor=clerk, facility=at.facility.pk, day=day, counts=counts)


def _entry(booking: Booking, codes: list[str]) -> UseEntry:
    luck = chance(f"use {booking.pk}")
    if luck.random() < 0.03:
        return UseEntry(booking.pk, ABSENT, {})
    people = max(1, round((booking.headcount or 1) * luck.uniform(0.7, 1.05)))
    older = round(people * luck.uniform(0.3, 0.8)) if len(codes) > 1 else people
    counts = dict.fromkeys(codes, 0) | {codes[0]: older}
    if len(codes) > 1:
        counts[codes[1]] = people - older
    return UseEntry(booking.pk, CAME, counts)


def _close_months(clerk: Actor, first: dt.date) -> None:
    this = clock.today().replace(day=1)
    month = first.replace(day=1)
    while (following := (month + dt.timedelta(days=32)).replace(day=1)) < this:
        known = newest_deeds(month)
        for place in Facility.objects.filter(rooms__isnull=False).distinct().values_list("pk", flat=True):
            if place not in known and not days_missing(month, following, facility=place):
                close_month(actor=clerk, facility=place, month=month)
        month = following
