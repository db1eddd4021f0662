"""Choosing a slot holds it at once."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.bookings.services.hold import hold_slot
from apps.bookings.services.starting import Wish
from apps.bookings.web.citizen.forms import HoldForm
from apps.bookings.web.citizen.rooms import day_page, public_offer
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import day_from
from shared.web.guard import needs


@needs(Right.CITIZEN)
@require_POST
def hold(request: SiteRequest, tenant: str, room: UUID, day: str) -> HttpResponse:
    """Hold the chosen slots and go on to the application; a slot that is gone shows the day again."""
    wanted = day_from(day, default=clock.today())
    form = HoldForm(request.POST)
    if not form.is_valid():
        told = _("利用する時間帯を選択してください。")
        return day_page(request, public_offer(room, tenant), wanted, status=422, problem=told)
    values = form.cleaned_data
    wish = Wish(values["registrant"], room, wanted, tuple(values["slots"]), values["key"])
    try:
        booking = hold_slot(actor=actor_of(request), wish=wish)
    except DomainError as error:
        problem = problem_of(error)
        return day_page(request, public_offer(room, tenant), wanted, status=problem.status, problem=problem.text)
    return redirect("citizen:apply", tenant=tenant, booking=booking.pk)
