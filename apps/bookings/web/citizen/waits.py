"""The waiting list as a citizen sees it: taking a place, seeing the places, giving one up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.bookings.models import Wait
from apps.bookings.services.starting import Wish
from apps.bookings.services.waits import join_line, leave_line
from apps.bookings.web.citizen.chrome import page
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
def join(request: SiteRequest, tenant: str, room: UUID, day: str) -> HttpResponse:
    """Take the last place in the line for a slot that is taken."""
    wanted = day_from(day, default=clock.today())
    form = HoldForm(request.POST)
    if not form.is_valid():
        told = _("利用する時間帯を選択してください。")
        return day_page(request, public_offer(room, tenant), wanted, status=422, problem=told)
    values = form.cleaned_data
    wish = Wish(values["registrant"], room, wanted, tuple(values["slots"]), values["key"])
    try:
        join_line(actor=actor_of(request), wish=wish)
    except DomainError as error:
        problem = problem_of(error)
        return day_page(request, public_offer(room, tenant), wanted, status=problem.status, problem=problem.text)
    messages.success(request, _("空き待ちに登録しました。空いたときにメールでお知らせします。"))
    return redirect("citizen:waits", tenant=tenant)


@needs(Right.CITIZEN)
@require_safe
@never_cache
def waits(request: SiteRequest, tenant: str) -> HttpResponse:
    """The citizen's places at this facility, the newest first."""
    found = list(Wait.objects.select_related("room__facility").order_by("-asked_at", "id")[:100])
    return page(request, "waits.html", trail=[(_("空き待ち"), "")], waits=found)


@needs(Right.CITIZEN)
@require_POST
def leave(request: SiteRequest, tenant: str, wait: UUID) -> HttpResponse:
    """Give a place up."""
    try:
        leave_line(actor=actor_of(request), wait=wait)
        messages.success(request, _("空き待ちを取り消しました。"))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("citizen:waits", tenant=tenant)
