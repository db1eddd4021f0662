"""Entering who came on a day (実績入力): the whole day on one page, by keyboard alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.bookings.queries.availability import days_of_month
from apps.bookings.queries.day_use import DayAt, day_of_use, days_missing
from apps.bookings.services.use.enter import UseEntry, count_day, enter_uses
from apps.bookings.web.staff.use_forms import DayCountForm, DayForm, UseForm
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import day_from, later_day
from shared.web.guard import needs


@dataclass(frozen=True, slots=True)
class Place:
    """A facility's part of the page."""

    at: DayAt
    uses: tuple[UseForm, ...]
    individuals: DayCountForm


@needs(Right.BOOKINGS_SEE, to_change=Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def day_use(request: SiteRequest) -> HttpResponse:
    """The day's bookings with who came; ``POST`` enters those that differ, all or none."""
    return _enter(request) if request.method == "POST" else _look(request)


def _look(request: SiteRequest) -> HttpResponse:
    """The day that is asked for, else today."""
    form = DayForm(request.GET if "day" in request.GET else {"day": clock.today()})
    day: dt.date | None = form.cleaned_data["day"] if form.is_valid() else None
    return _page(request, day or clock.today(), form=form, status=200 if form.is_valid() else 422)


def _enter(request: SiteRequest) -> HttpResponse:
    """What was typed, if all of it is right; else the page with everything that is wrong."""
    day = day_from(request.POST.get("day", ""), default=clock.today())
    places = _places(request, day, bound="uses")
    forms = [one for place in places for one in place.uses]
    if not all(one.is_valid() for one in forms):
        return _page(request, day, places=places, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        number = enter_uses(actor=actor_of(request), day=day, entries=_entries(forms))
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, day, places=places, problem=problem.text, status=problem.status)
    messages.success(request, _entered(number))
    return _back(day)


def _entries(forms: Sequence[UseForm]) -> list[UseEntry]:
    """Of the valid forms, those that say something new."""
    return [entry for one in forms if (entry := one.entry()) is not None]


def _entered(number: int) -> str:
    """What was done, in words."""
    told = ngettext("%(number)d件の実績を保存しました。", "%(number)d件の実績を保存しました。", number)
    return told % {"number": number} if number else _("変更はありませんでした。")


@needs(Right.BOOKINGS_SEE, to_change=Right.BOOKINGS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def individuals(request: SiteRequest, facility: UUID) -> HttpResponse:
    """``POST`` keeps the number of individuals of a day at a facility; reading is on the page of the day."""
    if request.method != "POST":
        return redirect("desk:use")
    day = day_from(request.POST.get("day", ""), default=clock.today())
    places = _places(request, day, bound="individuals")
    place = next((one for one in places if one.at.facility.pk == facility), None)
    if place is None:
        return _page(request, day, status=HTTPStatus.NOT_FOUND, problem=_("お探しの施設はありません。"))
    form = place.individuals
    if not form.is_valid():
        return _page(request, day, places=places, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        count_day(
            actor=actor_of(request), facility=facility, day=day, counts=form.typed(), seen_version=form.sent_version
        )
    except DomainError as error:
        problem = problem_of(error)
        return _page(request, day, places=places, problem=problem.text, status=problem.status)
    messages.success(request, _("個人利用の人数を保存しました。"))
    return _back(day)


def _places(request: SiteRequest, day: dt.date, *, bound: str = "") -> tuple[Place, ...]:
    announced = "announced" in request.GET
    uses, people = (request.POST if bound == name else None for name in ("uses", "individuals"))
    return tuple(
        Place(
            at,
            tuple(UseForm(uses, booking=one, categories=at.categories, announced=announced) for one in at.bookings),
            DayCountForm(people, at=at),
        )
        for at in day_of_use(day)
    )


def _page(
    request: SiteRequest,
    day: dt.date,
    *,
    form: DayForm | None = None,
    places: tuple[Place, ...] | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = places if places is not None else _places(request, day)
    bookings = [one.booking for place in shown for one in place.uses]
    record(
        actor_of(request),
        Action.VIEW,
        object_type="day_use",
        object_id=day,
        persons=[one.registrant_id for one in bookings],
        found=len(bookings),
    )
    today = clock.today()
    month = days_of_month(day)
    context: dict[str, Any] = {
        "form": form or DayForm({"day": day}),
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": later_day(day, last=today),
        "today": today,
        "is_ahead": day > today,
        "places": shown,
        "missing": days_missing(month[0], min(today, month[-1] + dt.timedelta(days=1))),
        "problem": problem,
        "has_errors": any(one.errors for place in shown for one in (*place.uses, place.individuals) if one.is_bound),
    }
    return render(request, "bookings/staff/use.html", context, status=status)


def _back(day: dt.date) -> HttpResponse:
    return redirect(f"{reverse('desk:use')}?day={day:%Y-%m-%d}")
