"""年間カレンダー: what each day of a fiscal year is by the closing rules, by mark and word."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bookings.models import Facility
from apps.bookings.queries.closings import closings_of, of_room
from apps.bookings.rules.year import YearDay, fiscal_year_of, year_of
from kernel import clock
from kernel.businessdays import holiday_name
from shared.frame.calendar import DayCell, weeks
from shared.frame.marks import Mark
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs

MARKS = {
    "open": Mark.OPEN_DAY,
    "exception": Mark.OPENED,
    "closure": Mark.CLOSED,
    "maintenance": Mark.MAINTENANCE,
    "works": Mark.WORKS,
}


@needs(Right.FACILITY_SETTINGS)
@require_safe
def year(request: SiteRequest) -> HttpResponse:
    """A fiscal year of a facility, or of one of its rooms."""
    facilities = list(Facility.objects.prefetch_related("rooms"))
    if not facilities:
        raise Http404
    facility = next((one for one in facilities if str(one.pk) == request.GET.get("facility")), facilities[0])
    room = next((one for one in facility.rooms.all() if str(one.pk) == request.GET.get("room")), None)
    shown = _year_from(request.GET.get("year", ""))
    months = year_of(of_room(closings_of(facility.pk), room.pk if room else None), shown)
    context = {
        "facilities": facilities,
        "facility": facility,
        "room": room,
        "year": shown,
        "months": [(f"month-{days[0].day:%m}", days[0].day, weeks(map(_cell, days)), _words(days)) for days in months],
        "closed": sum(one.kind in {"closure", "maintenance", "works"} for days in months for one in days),
    }
    return render(request, "bookings/staff/settings/year.html", context)


def _year_from(text: str) -> int:
    this = fiscal_year_of(clock.today())
    if not re.fullmatch(r"[0-9]{4}", text):
        return this
    return int(text) if abs(int(text) - this) <= 10 else this


def _cell(one: YearDay) -> DayCell:
    return DayCell(one.day, MARKS[one.kind], holiday=holiday_name(one.day) or "", is_today=one.day == clock.today())


def _words(days: list[YearDay]) -> dict[str, str]:
    """The rules' words of the month, each with its days."""
    found: dict[str, list[str]] = {}
    for one in days:
        if one.label:
            found.setdefault(one.label, []).append(str(one.day.day))
    return {label: "・".join(numbers) for label, numbers in found.items()}
