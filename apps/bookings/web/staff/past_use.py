"""A registrant's uses from before this system: all of them on a page, and what is owed no more."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.queries.past import past_uses_of
from apps.bookings.services.settle_past import settle_past
from apps.registrants.queries.registrants import registrant_of
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import may, needs

PAGE_SIZE: Final = 50


@needs(Right.REGISTRANTS_SEE)
@require_safe
def past_use(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Day, room, people and fee of each, the newest first."""
    found = registrant_of(registrant)
    page = Paginator(past_uses_of(registrant), PAGE_SIZE).get_page(request.GET.get("page"))
    record(
        actor_of(request),
        Action.VIEW,
        object_type="past_booking",
        object_id=registrant,
        persons=[registrant],
        shown=len(page),
    )
    trail = [
        (found.display_name, reverse("desk:registrant", kwargs={"registrant": registrant})),
        (_("過去の利用"), ""),
    ]
    context = {"registrant": found, "page_obj": page, "trail": trail, "may_settle": may(request, Right.PAST_SETTLE)}
    return render(request, "bookings/staff/past_use.html", context)


@needs(Right.PAST_SETTLE)
@require_POST
def settle(request: SiteRequest, use: UUID) -> HttpResponse:
    """Note that the fee of one is not owed any more."""
    found = settle_past(actor=actor_of(request), use=use)
    messages.success(request, _("予約番号{number}の使用料を、収納の確認済みにしました。").format(number=found.number))
    return redirect("desk:past_use", registrant=found.registrant_id)
