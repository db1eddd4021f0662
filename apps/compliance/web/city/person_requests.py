"""Requests of persons at the city: receive, extend, decide by the last day, print the notice."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.rules.authority import CityAuthority, FeeRegime
from apps.bookings.rules.instruction import Act, instruction_for
from apps.compliance.documents.disclosure import NoticeSheet, notice_pdf
from apps.compliance.models.person_requests import PersonRequest, PersonRequestPeriod
from apps.compliance.person_request_errors import RequestPersonError, RequestStepError
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.person_requests import Asked, asked, asked_of, asked_requests, period_on
from apps.compliance.rules.person_requests import Kind, Step
from apps.compliance.rules.purpose import Purpose
from apps.compliance.services.lookup import open_registrant, search_registrants
from apps.compliance.services.person_requests.period import set_period
from apps.compliance.services.person_requests.steps import receive, take_request_step
from apps.compliance.texts import LookupPurpose
from apps.compliance.web.city.about import chosen_in, every_facility, row_of
from apps.compliance.web.city.incidents import signer_of
from apps.compliance.web.person_request_forms import CityClaimForm, CityStepForm, PeriodForm
from apps.registrants.rules.search_terms import By, Term, number_key
from kernel import clock
from kernel.errors import DomainError
from kernel.wareki import format_fiscal_year
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of, signed_in
from shared.staff.care import schemas_in_care
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

PAGE_SIZE: Final = 50
CITY: Final = "印西市"
STATED: Final = Purpose(LookupPurpose.REQUEST, "開示・訂正・利用停止の請求の処理")


@needs(Right.PERSON_REQUESTS_DECIDE)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """All facilities' requests, the newest first, and the period that holds."""
    return _list_page(request, PeriodForm(initial={"days": period_on(clock.today()), "valid_from": clock.today()}))


@needs(Right.PERSON_REQUESTS_DECIDE, about=every_facility)
@require_POST
def period(request: SiteRequest) -> HttpResponse:
    """Sets the days, dated."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    set_period(actor=actor_of(request), **form.cleaned_data)
    messages.success(request, _("決定の期限を設定しました。"))
    return redirect("city:person_requests")


@needs(Right.PERSON_REQUESTS_DECIDE, about=chosen_in("tenant"))
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest) -> HttpResponse:
    """受付 at the city."""
    held = schemas_in_care(signed_in(request), Right.PERSON_REQUESTS_DECIDE)
    tenants = [(schema, tenant.name) for schema, tenant in tenant_names().items() if schema in held]
    form = CityClaimForm(
        request.POST if request.method == "POST" else None, tenants=tenants, initial={"received_on": clock.today()}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                person = _person(request, said["tenant"], said["number"])
                made = receive(signer=signer_of(request), tenant=said["tenant"], registrant=person, claim=form.claim())
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("請求を受け付けました。"))
                return redirect("city:person_request", request_id=made.pk)
    return _page(request, "new.html", status=status, trail=_trail(_("受付")), form=form)


@needs(Right.PERSON_REQUESTS_DECIDE, about=row_of(PersonRequest, "request_id"))
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """One request: extend, decide, withdraw."""
    seen = asked(request_id)
    form = CityStepForm(
        request.POST if request.method == "POST" else None,
        steps=seen.next,
        is_disclosure=seen.request.kind == Kind.DISCLOSURE,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take_request_step(
                    signer=signer_of(request),
                    request=request_id,
                    step=Step(form.cleaned_data["step"]),
                    note=form.cleaned_data["note"],
                    decision=form.decision_said(),
                    part=form.part_said(),
                    on=form.cleaned_data["on"],
                )
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, _("記録しました。"))
                return redirect("city:person_request", request_id=request_id)
    tenant = tenant_names()[seen.request.tenant]
    may_act = may(request, Right.PERSON_REQUESTS_DECIDE) and any(step is not Step.CARRIED_OUT for step in seen.next)
    return _page(
        request, "detail.html", status=status, trail=_trail(_("請求の記録")), one=seen, form=form, tenant=tenant,
        may_act=may_act,
    )  # fmt: skip


@needs(Right.PERSON_REQUESTS_DECIDE)
@require_safe
def notice(request: SiteRequest, request_id: UUID) -> HttpResponse:
    """決定通知書: the name is taken at printing time, and each printing is recorded."""
    seen = asked(request_id)
    if seen.decided is None:
        raise RequestStepError
    person = open_registrant(
        actor=actor_of(request), tenant=seen.request.tenant, registrant=seen.request.registrant, purpose=STATED
    )
    record(
        actor_of(request), Action.PRINT, object_type="person_request", object_id=request_id,
        persons=[seen.request.registrant],
    )  # fmt: skip
    name = person.group_name or f"{person.family_name}　{person.given_name}"
    paper = notice_pdf(_sheet(seen, name, person.address, seen.decided.on))
    headers = {"Content-Disposition": 'inline; filename="notice.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def _sheet(seen: Asked, name: str, address: str, on: dt.date) -> NoticeSheet:
    authority = CityAuthority(city=CITY)
    told = instruction_for(act=Act.REFUSAL, authority=authority, regime=FeeRegime.PUBLIC_FEE, on=on)
    assert told is not None  # noqa: S101  # owed for every refusal
    assert seen.decided is not None  # noqa: S101  # asked before
    with override("ja"):
        return NoticeSheet(
            title=f"保有個人情報{seen.request.get_kind_display()}決定通知書",
            number=f"{format_fiscal_year(seen.request.fiscal_year)}第{seen.request.serial}号",
            recipient=name,
            address=address,
            signature=authority.mayor,
            received_on=seen.request.received_on,
            decided_on=on,
            decision=str(seen.decided.get_decision_display()),
            reason=seen.decided.note,
            facility=tenant_names()[seen.request.tenant].name,
            instruction_heading=told.heading,
            instruction=told.paragraphs,
        )


def _person(request: SiteRequest, tenant: str, typed: str) -> UUID:
    term = Term(By.NUMBER, number_key(typed))
    found = search_registrants(actor=actor_of(request), term=term, purpose=STATED)
    here = [one.id for one in found.object_list if one.tenant == tenant]
    if not here:
        raise RequestPersonError(field="number")
    return here[0]


def _list_page(request: SiteRequest, form: PeriodForm, *, status: int = 200) -> HttpResponse:
    names = tenant_names()
    page = Paginator(asked_requests(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(asked_of(one), names[one.tenant]) for one in page]
    periods = PersonRequestPeriod.objects.all()
    return _page(
        request, "list.html", status=status, trail=[(_("開示等の請求"), "")], page_obj=page, rows=rows, form=form,
        periods=periods,
    )  # fmt: skip


def _trail(here: str) -> list[tuple[str, str]]:
    return [(_("開示等の請求"), reverse("city:person_requests")), (here, "")]


def _page(
    request: SiteRequest, template: str, *, trail: list[tuple[str, str]], status: int = 200, **context: Any
) -> HttpResponse:
    whole = [(_("管理"), reverse("city:office")), *trail]
    context |= {"trail": whole, "frame": "frame/city.html", "site": "city"}
    return render(request, f"compliance/person_requests/{template}", context, status=status)
