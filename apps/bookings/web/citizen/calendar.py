"""A citizen's bookings for a calendar program (iCal): the address, and what stands at it."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event, enums

from apps.bookings.models import BookingState
from apps.bookings.queries.own import OwnBooking, own_bookings
from apps.bookings.rules.states import OCCUPYING, PENDING, STANDING, STATES
from apps.bookings.templatetags.bookings import in_language
from apps.bookings.web.citizen.chrome import page
from kernel import clock
from shared.accounts.calendar_links import account_at, drop_link, link_of, make_link
from shared.frame.ruby import plain
from shared.requests import SiteRequest, actor_of, citizen_of
from shared.staff.rights import Right
from shared.web.guard import needs
from tenants.scope import portal_scope, unit_of_work

STATUS: Final = (
    dict.fromkeys(PENDING, enums.STATUS.TENTATIVE)
    | dict.fromkeys(STANDING, enums.STATUS.CONFIRMED)
    | dict.fromkeys(STATES - OCCUPYING, enums.STATUS.CANCELLED)
)
"""State -> STATUS of RFC 5545. A hold is in no calendar: it lasts minutes."""
KEPT: Final = dt.timedelta(days=93)
"""For how long a booking that is over stays in the calendar."""
TOKYO: Final = ZoneInfo("Asia/Tokyo")


@needs(Right.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settings(request: SiteRequest) -> HttpResponse:
    """Make an address, make it anew, or switch it off. A new address is shown on this page once."""
    account = citizen_of(request)
    if account is None:
        raise Http404
    if request.method == "POST" and "drop" in request.POST:
        drop_link(actor=actor_of(request), account=account.pk)
        messages.success(request, _("カレンダー用のアドレスを無効にしました。"))
        return redirect("citizen:calendar")
    address = ""
    if request.method == "POST":
        secret = make_link(actor=actor_of(request), account=account.pk)
        address = request.build_absolute_uri(reverse("citizen:feed", args=[secret]))
    trail = [(_("予約の確認・取消"), reverse("citizen:bookings")), (_("カレンダーに登録"), "")]
    return page(request, "calendar.html", trail=trail, link=link_of(account.pk), address=address)


@needs(Right.OPEN)
@require_safe
@never_cache
def feed(request: SiteRequest, secret: str) -> HttpResponse:
    """The bookings of whoever made the address, as iCalendar; 404 for an address that is void or never was."""
    account = account_at(secret)
    if account is None:
        raise Http404
    with unit_of_work(portal_scope(account=account.pk)), override(account.language):
        bookings = own_bookings(now=clock.now())
        first = clock.today() - KEPT
        found = [_event(request, one) for one in bookings if one.day >= first and one.state in STATUS]
        calendar = Calendar.new(prodid="-//Kashikan//JP", name=_("施設の予約"), subcomponents=found)
    answer = HttpResponse(plain(calendar.to_ical().decode()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="yoyaku.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _event(request: SiteRequest, one: OwnBooking) -> Event:
    facility = in_language(one.facility_name, one.facility_name_en)
    room = in_language(one.room_name, one.room_name_en)
    address = request.build_absolute_uri(reverse("citizen:booking", args=[one.tenant, one.id]))
    return Event.new(
        uid=f"{one.id}@{request.get_host().partition(':')[0]}",
        stamp=clock.now().astimezone(dt.UTC),
        start=one.starts_at.astimezone(TOKYO),
        end=one.ends_at.astimezone(TOKYO),
        summary=f"{room}（{facility}）",
        location=facility,
        description=_("受付番号 %(number)s（%(state)s）")
        % {"number": one.number, "state": BookingState(one.state).label},
        status=STATUS[one.state],
        url=address,
    )
