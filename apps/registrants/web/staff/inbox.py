"""The inbox of registrations: what waits for a decision, which 仮登録 wait for the person at the counter, and which
closings are put off."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.registrants.models import Registrant, RegistrantState
from apps.registrants.queries.inbox import PUT_OFF, WAITING, put_off, waiting
from apps.registrants.queries.registrants import registrant_of
from apps.registrants.queries.requests import open_requests
from apps.registrants.services import review
from apps.registrants.web.staff.register_forms import RefuseForm, SeenVersion
from apps.registrants.web.staff.too_late import too_late
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 20
"""Who approves and refuses (審査)."""


@needs(Right.REGISTRANTS_SEE)
@require_safe
def inbox(request: SiteRequest) -> HttpResponse:
    """The registrations that wait, by what they wait for."""
    asked = request.GET.get("state")
    state = asked if asked in (*WAITING, PUT_OFF) else RegistrantState.UNDER_REVIEW
    listed = put_off() if state == PUT_OFF else waiting(state)
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    record(actor_of(request), Action.VIEW, object_type="registrations", persons=[one.pk for one in page], state=state)
    counts = [(one.value, one.label, waiting(one).count()) for one in WAITING]
    counts.append((PUT_OFF, _("抹消の見合わせ"), put_off().count()))
    context = {"page_obj": page, "state": state, "counts": counts, "asked": open_requests().count()}
    return render(request, "registrants/staff/inbox.html", context)


@needs(Right.REGISTRANTS_DECIDE)
@require_POST
def approve(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Approve the registration that the page showed."""
    seen = SeenVersion(request.POST).seen_version
    try:
        review.approve(actor=actor_of(request), registrant=registrant, seen_version=seen)
    except DomainError as error:
        back = (reverse("desk:registrant", args=[registrant]), _("利用者のページを見る"))
        return too_late(request, error, heading=_("登録の承認"), back=back)
    messages.success(request, _("登録を承認しました。"))
    return redirect("desk:registrant", registrant=registrant)


@needs(Right.REGISTRANTS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: SiteRequest, registrant: UUID) -> HttpResponse:
    """Ask for the reason of a refusal, then refuse."""
    found = registrant_of(registrant)
    if request.method != "POST":
        return _refuse_page(request, found, RefuseForm(initial={"version": found.version}))
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _refuse_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        review.refuse(
            actor=actor_of(request),
            registrant=registrant,
            seen_version=form.seen_version,
            reason=form.cleaned_data["reason"],
        )
    except DomainError as error:
        return _refuse_page(request, found, form, status=tell(form, error))
    messages.success(request, _("不承認を記録しました。"))
    return redirect("desk:registrant", registrant=registrant)


def _refuse_page(
    request: SiteRequest, found: Registrant, form: RefuseForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"registrant": found, "form": form, "may": found.state in WAITING}
    return render(request, "registrants/staff/refuse.html", context, status=status)
