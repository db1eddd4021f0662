"""A facility's months and years (月報・年報): pages with last year beside, and the tables to save."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.bookings.queries.day_use import days_missing
from apps.bookings.queries.reports import MonthReport, figures_of, month_reports
from apps.bookings.rules.figures import Figures, added
from apps.bookings.rules.reports import change, months_of_year
from apps.bookings.web.staff.report_tables import every_category, headings, lines
from kernel import clock
from kernel.wareki import fiscal_year, format_fiscal_year
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import later_month, month_after, month_before, month_from
from shared.web.guard import needs
from shared.web.sheets import Cell, table_file

EARLIEST, LATEST = 1990, 2200


@needs(Right.BOOKINGS_SEE)
@require_safe
def month(request: SiteRequest) -> HttpResponse:
    """月報: each facility and room, with the same month a year before; where it is closed, as it was sent."""
    asked = _month(request)
    before = asked.replace(year=asked.year - 1)
    reports = month_reports(request.place.schema, [before, asked])
    context: dict[str, Any] = {
        "month": asked,
        "before": month_before(asked),
        "after": later_month(asked, last=clock.today()),
        "today": clock.today(),
        "is_over": month_after(asked) <= clock.today(),
        "reports": [
            (one, old, changed(one.usage.figures, old.usage.figures))
            for one, old in zip(reports[asked], reports[before], strict=True)
        ],
        "missing": sum(days_missing(asked, min(month_after(asked), clock.today() + dt.timedelta(days=1))).values()),
        "categories": every_category(),
        "total": added(figures_of(reports[asked])),
    }
    return render(request, "bookings/staff/month.html", context)


@needs(Right.BOOKINGS_SEE)
@require_safe
def month_file(request: SiteRequest) -> HttpResponse:
    """The month as a file; figures only."""
    asked = _month(request)
    reports = month_reports(request.place.schema, [asked])[asked]
    categories = every_category()
    rows = [headings(_("利用月"), categories), *lines(asked, reports, categories)]
    return table_file_of(request, f"month-{asked:%Y-%m}", rows)


@needs(Right.BOOKINGS_SEE)
@require_safe
def year(request: SiteRequest) -> HttpResponse:
    """年報: the twelve months of a 年度, all facilities together, with the year before."""
    asked = _year(request)
    months = months_of_year(asked)
    old_months = months_of_year(asked - 1)
    reports = month_reports(request.place.schema, [*old_months, *months])
    sums = {one: added(figures_of(of_month)) for one, of_month in reports.items()}
    now, then = added([sums[one] for one in months]), added([sums[one] for one in old_months])
    context = {
        "year": asked,
        "after": asked + 1 if asked < fiscal_year(clock.today()) else None,
        "name": format_fiscal_year(asked),
        "months": [
            (one, sums[one], sums[old], _individuals(reports[one])) for one, old in zip(months, old_months, strict=True)
        ],
        "total": now,
        "before": then,
        "changed": changed(now, then),
        "most": max([sums[one].people for one in (*months, *old_months)], default=0),
        "categories": every_category(),
        "today": clock.today(),
    }
    return render(request, "bookings/staff/year.html", context)


@needs(Right.BOOKINGS_SEE)
@require_safe
def year_file(request: SiteRequest) -> HttpResponse:
    """The twelve months as a file; figures only."""
    asked = _year(request)
    reports = month_reports(request.place.schema, months_of_year(asked))
    categories = every_category()
    rows = [headings(_("利用月"), categories)]
    for one, of_month in reports.items():
        rows += lines(one, of_month, categories)
    return table_file_of(request, f"year-{asked}", rows)


def table_file_of(request: SiteRequest, name: str, rows: list[list[Cell]]) -> HttpResponse:
    """``rows`` in the format that the address asks for."""
    note = _("この文字コードで表せない文字を〓に置き換えました。")
    return table_file(name, rows, form=request.GET.get("format", ""), lacking_note=note)


def changed(now: Figures, before: Figures) -> dict[str, int | None]:
    """前年比 of the figures that pages compare, in percent."""
    return {
        "used_slots": change(now.used_slots, before.used_slots),
        "came": change(now.came, before.came),
        "people": change(now.people, before.people),
    }


def _individuals(reports: list[MonthReport]) -> int:
    return sum(one.individuals.people + one.individuals.visits for one in reports)


def _month(request: SiteRequest) -> dt.date:
    return month_from(request.GET.get("month", ""), default=clock.today().replace(day=1))


def _year(request: SiteRequest) -> int:
    text = request.GET.get("year", "")
    if not text:
        return fiscal_year(clock.today())
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= LATEST):
        raise BadRequest(_("年度は 2026 の形で指定してください。"))
    return int(text)
