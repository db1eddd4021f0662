"""The desk's board (予定表): a day of all rooms, a week of all rooms, a week of one room; and what keeps it fresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.bookings.models import BookingState
from apps.bookings.queries.board import mark_of, uses_between
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.board import Use, board_of, overview_of, week_of
from apps.bookings.rules.listing import Offer
from apps.bookings.web.staff.board_form import DAY, WEEK, BoardForm, Shown
from kernel import clock
from kernel.businessdays import holiday_name
from shared.audit.models import Action
from shared.audit.record import record
from shared.reminders import reminders_of
from shared.requests import SiteRequest, actor_of, signed_in
from shared.staff.rights import Right, rights_of
from shared.web.guard import needs

LEGEND: Final = (BookingState.PERMITTED, BookingState.UNDER_REVIEW, BookingState.HOLD)
QUARTER: Final = 15 * 60
"""Seconds after which a board of today is another one, since a slot may have begun."""


@needs(Right.BOOKINGS_SEE)
@require_safe
def board(request: SiteRequest) -> HttpResponse:
    """All rooms of the facility on one day, with the names of those who use them."""
    return _page(request, DAY)


@needs(Right.BOOKINGS_SEE)
@require_safe
def week(request: SiteRequest) -> HttpResponse:
    """All rooms by the days of a week; with ``room`` that room's week with time across."""
    return _page(request, WEEK)


@needs(Right.BOOKINGS_SEE)
@require_safe
def live(request: SiteRequest) -> HttpResponse:
    """The board alone, for the script that has it already: 304 while nothing changed, by one statement."""
    form = BoardForm(request.GET, view=WEEK if request.GET.get("view") == WEEK else DAY)
    shown = form.wanted()
    mark = _mark(request, shown)
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    offers = offers_of_tenant(request.place.schema)
    context = _contents(request, shown, offers) | {"mark": mark}
    answer = render(request, "bookings/staff/board/_board.html", context)
    answer.headers["ETag"] = mark
    return answer


def _page(request: SiteRequest, view: str) -> HttpResponse:
    form = BoardForm(request.GET or {"day": clock.today()}, view=view)
    shown = form.wanted()
    mark = _mark(request, shown)
    offers = offers_of_tenant(request.place.schema)
    form.offer(offers)
    context = _contents(request, shown, offers) | _around(shown) | {"form": form, "mark": mark}
    if view == DAY and shown.day == clock.today():
        context["waits"] = reminders_of(clock.today(), rights_of(signed_in(request).roles))
    return render(request, "bookings/staff/board.html", context, status=200 if form.is_valid() else 422)


def _mark(request: SiteRequest, shown: Shown) -> str:
    """What tells one content of the board from another, made before the content is read."""
    now, schema = clock.now(), request.place.schema
    mark = mark_of(shown.days[0], shown.days[-1], schema=schema, now=now, room=shown.room)
    quarter = int(now.timestamp()) // QUARTER if clock.today() in shown.days else 0
    return f'"{mark}-{quarter}"'


def _contents(request: SiteRequest, shown: Shown, offers: Sequence[Offer]) -> dict[str, Any]:
    """What the table shows; read, recorded, laid out."""
    rooms, now = shown.rooms(offers), clock.now()
    uses = uses_between(shown.days[0], shown.days[-1], rooms, now=now)
    record(
        actor_of(request),
        Action.VIEW,
        object_type="board",
        object_id=shown.day,
        persons=[use.renter for use in uses],
        found=len({use.subject for use in uses}),
    )
    return _laid_out(shown, rooms, uses, now) | {
        "shown": shown,
        "rooms": {offer.room: offer for offer in offers},
        "today": clock.today(),
    }


def _laid_out(shown: Shown, rooms: Sequence[Offer], uses: Sequence[Use], now: dt.datetime) -> dict[str, Any]:
    if shown.view == DAY:
        return {"board": board_of(shown.day, rooms, uses, now), "one_room": None, "overview": None}
    if shown.room is not None and rooms:
        return {"board": week_of(rooms[0], shown.days, uses, now), "one_room": rooms[0], "overview": None}
    return {"board": None, "one_room": None, "overview": overview_of(shown.days, rooms, uses, now)}


def _around(shown: Shown) -> dict[str, Any]:
    """The ways to the days around, to the other views, and what the script asks."""
    step = dt.timedelta(days=len(shown.days))
    day, here = reverse("desk:board"), reverse("desk:board" if shown.view == DAY else "desk:board_week")
    return {
        "before": _address(here, shown.query(day=shown.day - step)),
        "after": _address(here, shown.query(day=shown.day + step)),
        "now": _address(here, shown.query(day=None)),
        "as_day": _address(day, shown.query(room=None)),
        "as_week": _address(reverse("desk:board_week"), shown.query(room=None)),
        "as_room": _address(here, shown.query()),
        "live": _address(reverse("desk:board_live"), {"view": shown.view, **shown.query()}),
        "holiday": (holiday_name(shown.day) or "") if shown.view == DAY else "",
        "legend": LEGEND,
    }


def _address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
