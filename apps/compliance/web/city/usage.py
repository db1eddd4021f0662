"""Bookings and utilisation of all facilities in a month: table, chart, and the table to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.bookings.models import BookingState
from apps.bookings.queries.usage import usage_of_month
from apps.bookings.rules.figures import Figures
from apps.bookings.rules.usage import FacilityUsage, RoomUsage, total
from apps.bookings.templatetags.bookings import in_language
from apps.compliance.web.city.chrome import page
from apps.compliance.web.city.months import MonthForm, month_asked
from kernel import clock
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import month_after, month_before
from shared.web.guard import needs
from shared.web.sheets import Cell, csv_file

STATES: Final = (BookingState.PERMITTED, BookingState.UNDER_REVIEW, BookingState.REFUSED, BookingState.CANCELLED)
"""In the order of the columns."""


@needs(Right.CITY_SEE)
@require_safe
def usage(request: SiteRequest) -> HttpResponse:
    """The month's figures, per facility and room."""
    today = clock.today()
    form = MonthForm(month_asked(request))
    if not form.is_valid():
        return page(request, "usage.html", status=422, form=form)
    month = form.month_shown()
    found = usage_of_month(month)
    return page(
        request,
        "usage.html",
        form=form,
        month=month,
        before=month_before(month),
        after=month_after(month),
        today=today,
        is_over=month_after(month) <= today,
        states=STATES,
        facilities=found,
        total=total(found),
    )


@needs(Right.CITY_SEE)
@require_safe
def usage_csv(request: SiteRequest) -> HttpResponse:
    """The same figures as a file; nothing about a person is in them."""
    form = MonthForm(month_asked(request))
    if not form.is_valid():
        raise BadRequest(form.errors["month"][0])
    month = form.month_shown()
    return csv_file(f"usage-{month:%Y-%m}.csv", [_headings(), *_lines(f"{month:%Y-%m}", usage_of_month(month))])


def _headings() -> list[Cell]:
    return [
        _("利用月"),
        _("施設"),
        _("室場"),
        _("利用可能コマ数"),
        _("利用コマ数"),
        _("うち主催事業"),
        _("利用率（区分単位）％"),
        _("開館日数"),
        _("利用日数"),
        _("利用率（日単位）％"),
        *(str(state.label) for state in STATES),
        _("利用人数"),
    ]


def _lines(month: str, facilities: list[FacilityUsage]) -> Iterator[list[Cell]]:
    for one in facilities:
        offer = one.rooms[0].offer
        place: list[Cell] = [month, in_language(offer.facility_name, offer.facility_name_en)]
        yield [*place, _("施設計"), *_cells(one.figures)]
        for room in one.rooms:
            yield [*place, in_language(room.offer.name, room.offer.name_en), *_room_cells(room)]
    yield [month, _("全施設"), _("合計"), *_cells(total(facilities))]


def _room_cells(room: RoomUsage) -> list[Cell]:
    """A combination's slots and days count in its parts: empty, not zero."""
    cells = _cells(room.figures)
    return [*[None] * 7, *cells[7:]] if room.is_combination else cells


def _cells(figures: Figures) -> list[Cell]:
    return [
        figures.slots,
        figures.used_slots,
        figures.city_slots,
        figures.slot_rate,
        figures.days,
        figures.used_days,
        figures.day_rate,
        *(figures.states.get(state, 0) for state in STATES),
        figures.headcount,
    ]
