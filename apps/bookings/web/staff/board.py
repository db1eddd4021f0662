"""The day's board: rooms down, time across."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.bookings.models import BookingState
from apps.bookings.queries.board import uses_on
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.board import board_of
from kernel import clock
from kernel.businessdays import holiday_name
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.fields import DayField
from shared.web.guard import needs


class DayForm(forms.Form):
    """Which day is shown."""

    hides_requirement = True
    day = DayField(label=_("日付"), required=False)


@needs(Right.BOOKINGS_SEE)
@require_safe
def board(request: SiteRequest) -> HttpResponse:
    """All rooms of the facility on one day, with the names of those who use them."""
    today = clock.today()
    form = DayForm(request.GET if "day" in request.GET else {"day": today})
    day: dt.date = (form.cleaned_data["day"] if form.is_valid() else None) or today
    offers = offers_of_tenant(request.place.schema)
    uses = uses_on(day, offers, now=clock.now())
    record(
        actor_of(request),
        Action.VIEW,
        object_type="board",
        object_id=day,
        persons=[use.renter for use in uses],
        found=len({use.subject for use in uses}),
    )
    context = {
        "form": form,
        "board": board_of(day, offers, uses, clock.now()),
        "rooms": {offer.room: offer for offer in offers},
        "legend": [BookingState.PERMITTED, BookingState.UNDER_REVIEW, BookingState.HOLD],
        "holiday": holiday_name(day) or "",
        "today": today,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
    }
    return render(request, "bookings/staff/board.html", context, status=200 if form.is_valid() else 422)
