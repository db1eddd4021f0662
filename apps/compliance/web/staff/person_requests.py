"""Requests of persons at a desk: receive, and carry out what the city has granted."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.compliance.person_request_errors import RequestPersonError
from apps.compliance.queries.person_requests import Asked, asked, asked_of, asked_requests
from apps.compliance.rules.person_requests import Kind, Step
from apps.compliance.services.person_requests.disclose import fetch_disclosure, files_waiting, make_disclosure
from apps.compliance.services.person_requests.steps import receive, take_request_step
from apps.compliance.services.person_requests.stop_use import lift_stop, lifted_stop, live_stop, stop_use
from apps.compliance.web.person_request_forms import ClaimForm, LiftForm
from apps.compliance.web.staff.incidents import signer_of
from apps.registrants.models import Registrant
from apps.registrants.rules.numbering import read_number
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of, staff_of, tenant_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

PAGE_SIZE: Final = 50


@needs(Right.PERSON_REQUESTS_KEEP)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """The facility's requests, the newest first."""
    page = Paginator(asked_requests(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(asked_of(one), None) for one in page]
    return page_of(request, "list.html", trail=[(_("開示等の請求"), "")], page_obj=page, rows=rows)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest) -> HttpResponse:
    """受付."""
    form = ClaimForm(request.POST) if request.method == "POST" else ClaimForm(initial={"received_on": clock.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                person = _person(form.cleaned_data["number"], tenant_of(request).number_prefix)
                made = receive(
                    signer=signer_of(request), tenant=request.place.schema, registrant=person, claim=form.claim()
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("請求を受け付けました。市が決定します。"))
                return redirect("office:person_request", request_id=made.pk)
    return page_of(request, "new.html", status=status, trail=_trail(_("受付")), form=form)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_safe
def detail(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """One request, and what is to be done here."""
    seen = asked(request_id)
    record(
        actor_of(request), Action.VIEW, object_type="person_request", object_id=request_id,
        persons=[seen.request.registrant],
    )  # fmt: skip
    return _detail_page(request, seen)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def disclose(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """Makes the papers of a granted disclosure."""
    try:
        make_disclosure(signer=signer_of(request), request=request_id)
    except DomainError as error:
        return _refused(request, request_id, error)
    messages.success(request, _("開示する書類を作成しました。24時間以内に1回だけ受け取れます。"))
    return redirect("office:person_request", request_id=request_id)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def fetch(request: SiteRequest, request_id: UUID, file: UUID) -> HttpResponse:
    """A paper of the disclosure, once."""
    terminal = getattr(request, "terminal", None)
    try:
        found = fetch_disclosure(signer=signer_of(request), request=request_id, file=file, terminal=terminal)
    except DomainError as error:
        return _refused(request, request_id, error)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"', "Cache-Control": "no-store"}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def carry_out(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """What the city has granted was done here; 利用停止 marks the registrant."""
    try:
        if asked(request_id).request.kind == Kind.SUSPENSION:
            stop_use(signer=signer_of(request), request=request_id)
        else:
            take_request_step(signer=signer_of(request), request=request_id, step=Step.CARRIED_OUT, on=clock.today())
    except DomainError as error:
        return _refused(request, request_id, error)
    messages.success(request, _("実施したことを記録しました。"))
    return redirect("office:person_request", request_id=request_id)


@needs(Right.PERSON_REQUESTS_KEEP)
@require_POST
def lift(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """Lifts the 利用停止 that was carried out here."""
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, asked(request_id), lift_form=form, status=422)
    try:
        lift_stop(signer=signer_of(request), request=asked(request_id).request.pk, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _refused(request, request_id, error)
    messages.success(request, _("利用停止を解除しました。この方は検索と持出しに再び含まれます。"))
    return redirect("office:person_request", request_id=request_id)


def _person(typed: str, prefix: str) -> UUID:
    try:
        number = read_number(typed, prefix)
    except DomainError:
        raise RequestPersonError(field="number") from None
    found = Registrant.objects.filter(number=number, forgotten_on__isnull=True).values_list("pk", flat=True).first()
    if found is None:
        raise RequestPersonError(field="number")
    return found


def _refused(request: SiteRequest, request_id: UUID, error: DomainError) -> HttpResponse:
    problem = problem_of(error)
    return _detail_page(request, asked(request_id), refusal=problem.text, status=problem.status)


def _detail_page(
    request: SiteRequest, seen: Asked, *, refusal: str = "", lift_form: LiftForm | None = None, status: int = 200
) -> HttpResponse:
    person = Registrant.objects.filter(pk=seen.request.registrant).first()
    account = staff_of(request)
    files = files_waiting(request=seen.request.pk, account=account.pk) if account else []
    return page_of(
        request,
        "detail.html",
        status=status,
        trail=_trail(_("請求の記録")),
        one=seen,
        person=person,
        files=files,
        refusal=refusal,
        may_act=Step.CARRIED_OUT in seen.next,
        stop=live_stop(seen.request.pk) if seen.request.kind == Kind.SUSPENSION else None,
        lifted=lifted_stop(seen.request.pk) if seen.request.kind == Kind.SUSPENSION else None,
        lift_form=lift_form or LiftForm(),
    )


def _trail(here: str) -> list[tuple[str, str]]:
    return [(_("開示等の請求"), reverse("office:person_requests")), (here, "")]


def page_of(
    request: SiteRequest, template: str, *, trail: list[tuple[str, str]], status: int = 200, **context: Any
) -> HttpResponse:
    """Render ``compliance/person_requests/<template>`` in the desk's frame."""
    whole = [(_("管理"), reverse("office:index")), *trail]
    context |= {"trail": whole, "frame": "frame/desk.html", "site": "office"}
    return render(request, f"compliance/person_requests/{template}", context, status=status)
