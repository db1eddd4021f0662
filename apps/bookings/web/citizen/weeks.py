"""A room's week (days × slots), and its next free times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.bookings.queries.availability import vacancies
from apps.bookings.queries.next_free import FARTHEST, next_free
from apps.bookings.rules.availability import DayMark, Mark, SlotMark
from apps.bookings.rules.listing import Offer
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.citizen.chrome import marked_in, page
from apps.bookings.web.citizen.rooms import public_offer, room_step, trail_of, who_sees
from apps.bookings.web.citizen.search_form import TimesForm
from kernel import clock
from kernel.businessdays import holiday_name
from shared.frame.calendar import SATURDAY, SUNDAY
from shared.frame.templatetags.frame import day_of_week
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.guard import needs

WEEK: Final = dt.timedelta(days=7)
NEXT_TIMES: Final = 20
CHOOSABLE: Final = frozenset({Mark.FREE, Mark.FULL})


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot of a day: its mark ("" where the day has no such slot) and where it leads."""

    day: dt.date
    starts: dt.time
    ends: dt.time
    mark: str = ""
    url: str = ""


@needs(Right.OPEN)
@require_safe
def week(request: SiteRequest, tenant: str, room: UUID, day: str) -> HttpResponse:
    """Seven days from ``day`` on, side by side; one below the other on a phone."""
    offer = public_offer(room, tenant)
    first = day_from(day, default=clock.today())
    days = [first + dt.timedelta(days=number) for number in range(WEEK.days)]
    [found] = vacancies([offer], days, who_sees(request, offer, first)).rooms
    return page(
        request,
        "week.html",
        trail=[*trail_of(offer), room_step(offer, first), (_("1週間の空き状況"), "")],
        offer=offer,
        first=first,
        last=days[-1],
        before=first - WEEK,
        after=first + WEEK,
        days=[_day(offer, one) for one in found.days],
        rows=_rows(offer, found.days),
        marked=marked_in(request),
    )


@needs(Right.OPEN)
@require_safe
@never_cache
def next_times(request: SiteRequest, tenant: str, room: UUID) -> HttpResponse:
    """次に空いている日時: for the weekdays, the part of the day and the length asked for."""
    offer = public_offer(room, tenant)
    form = TimesForm(request.GET)
    today = clock.today()
    found = []
    if form.is_valid():
        who = {offer.room: who_sees(request, offer, today)}
        weekdays = form.cleaned_data["weekdays"]
        found = next_free([offer], times=form.times(), weekdays=weekdays, who=who, at_most=NEXT_TIMES)[offer.room]
    return page(
        request,
        "next.html",
        status=422 if form.errors else 200,
        trail=[*trail_of(offer), room_step(offer, today), (_("次に空いている日時"), "")],
        offer=offer,
        form=form,
        found=found,
        today=today,
        last=today + FARTHEST,
        marked=marked_in(request),
    )


def _day(offer: Offer, one: DayMark) -> dict[str, Any]:
    told = {
        "is-sunday": one.day.weekday() == SUNDAY,
        "is-saturday": one.day.weekday() == SATURDAY,
        "is-holiday": holiday_name(one.day) is not None,
    }
    return {
        "day": one.day,
        "short": f"{one.day.month}/{one.day.day} {day_of_week(one.day)}",
        "css": " ".join(name for name, is_so in told.items() if is_so),
        "holiday": holiday_name(one.day) or "",
        "mark": one.mark.value,
        "closed_for": one.closed_for,
        "url": reverse("citizen:day", args=[offer.tenant, offer.room, f"{one.day:%Y-%m-%d}"]),
        "cells": [_cell(offer, one, slot) for slot in one.slots],
    }


def _rows(offer: Offer, days: Sequence[DayMark]) -> list[dict[str, Any]]:
    """One row for all slots of the same hours, in the order of the day."""
    names: dict[tuple[dt.time, dt.time], str] = {}
    for one in (slot.slot for day in days for slot in day.slots):
        names.setdefault((one.starts, one.ends), in_language(one.label, one.label_en))
    return [
        {"name": name, "starts": starts, "ends": ends, "cells": [_at(offer, day, starts, ends) for day in days]}
        for (starts, ends), name in sorted(names.items())
    ]


def _at(offer: Offer, day: DayMark, starts: dt.time, ends: dt.time) -> Cell:
    """The slot of these hours; on a closed day the day's own mark."""
    found = next((one for one in day.slots if (one.slot.starts, one.slot.ends) == (starts, ends)), None)
    if found is None:
        return Cell(day.day, starts, ends, "" if day.slots else day.mark.value)
    return _cell(offer, day, found)


def _cell(offer: Offer, day: DayMark, one: SlotMark) -> Cell:
    url = reverse("citizen:day", args=[offer.tenant, offer.room, f"{day.day:%Y-%m-%d}"])
    chosen = f"?slots={one.slot.number}" if one.mark is Mark.FREE else ""
    leads = url + chosen if one.mark in CHOOSABLE else ""
    return Cell(day.day, one.slot.starts, one.slot.ends, one.mark.value, leads)
