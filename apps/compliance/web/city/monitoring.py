"""月次モニタリング at the city: the board, a facility's month, its check, photographs, PDFs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.templatetags.bookings import in_language, year_and_month
from apps.compliance.models.monitoring_findings import MonitoringPhoto
from apps.compliance.queries.monitoring.board import board_of, year_now
from apps.compliance.queries.monitoring.months import Sheet, sheet_of
from apps.compliance.rules.monitoring.words import OPEN_FINDINGS
from apps.compliance.services.monitoring.check import save_results, save_visit
from apps.compliance.services.monitoring.orders import issue_order, print_order_again
from apps.compliance.services.monitoring.papers import print_sheet
from apps.compliance.services.monitoring.photos import add_photo, remove_photo
from apps.compliance.web.city.about import named_by, row_of
from apps.compliance.web.monitoring_forms import PhotoForm, ReasonForm, SectionForm, VisitForm
from apps.compliance.web.monitoring_pages import month_in, pdf_answer, photo_answer, shown, told
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.bodies import takes_a_file
from shared.web.forms import seen_version
from shared.web.guard import may, needs
from tenants.models import Tenant

EARLIEST, LATEST = 2000, 2100
Trail = list[tuple[str, str]]


@needs(Right.CITY_SEE)
@require_safe
def board(request: SiteRequest) -> HttpResponse:
    """All facilities by the months of a fiscal year; ``?waiting=1`` only those that wait for the city."""
    year = year_in(request.GET.get("year", ""))
    found = board_of(year)
    only_waiting = request.GET.get("waiting") == "1"
    lines = [line for line in found.lines if line.waits_for_city] if only_waiting else found.lines
    return shown(
        request,
        "board.html",
        board=found,
        after=year + 1 if year < year_now() else None,
        lines=lines,
        only_waiting=only_waiting,
        may_judge=may(request, Right.MONITORING_JUDGE),
        trail=trail_of(),
    )


@needs(Right.CITY_SEE, about=named_by("schema"))
@require_safe
def month(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """A facility's month."""
    return sheet_page(request, *_found(schema, month))


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SiteRequest, schema: str, month: str, category: str) -> HttpResponse:
    """The city's results for a group of items."""
    tenant, sheet = _found(schema, month)
    part = next((one for one in sheet.sections if one.category == category), None)
    if part is None:
        raise Http404
    form = SectionForm(request.POST or None, items=part.items, sheet=sheet, side="city")
    address = _address(schema, sheet.month.month)
    context: dict[str, Any] = {
        "tenant": tenant,
        "sheet": sheet,
        "section": part,
        "form": form,
        "back": address,
        "trail": trail_of(tenant, sheet.month.month, str(part.category.label)),
    }
    if request.method != "POST":
        return shown(request, "section.html", **context)
    if not form.is_valid():
        return shown(request, "section.html", status=422, **context)
    try:
        save_results(actor=actor_of(request), tenant=schema, month=sheet.month.month, results=form.answers())
    except DomainError as error:
        return shown(request, "section.html", **context | told(form, error))
    messages.success(request, _("「{section}」を保存しました。").format(section=part.category.label))
    following = sheet.sections[sheet.sections.index(part) + 1 :]
    if following:
        return redirect("city:monitoring_section", schema, f"{sheet.month.month:%Y-%m}", following[0].category.value)
    return redirect("city:monitoring_visit", schema, f"{sheet.month.month:%Y-%m}")


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """When who of the city was there, and the summary."""
    tenant, sheet = _found(schema, month)
    kept = {"checked_on": sheet.month.checked_on, "checker": sheet.month.checker, "note": sheet.month.city_note}
    form = VisitForm(request.POST or None, initial=kept)
    context: dict[str, Any] = {
        "tenant": tenant,
        "form": form,
        "version": sheet.month.version,
        "heading": _("現地確認の記録"),
        "button": _("保存する"),
        "back": _address(schema, sheet.month.month),
        "trail": trail_of(tenant, sheet.month.month, _("現地確認の記録")),
    }
    if request.method != "POST":
        return shown(request, "act.html", **context)
    if not form.is_valid():
        return shown(request, "act.html", status=422, **context)
    try:
        version = seen_version(request.POST)
        said = form.cleaned_data
        save_visit(actor=actor_of(request), tenant=schema, month=sheet.month.month, seen_version=version, **said)
    except DomainError as error:
        return shown(request, "act.html", **context | told(form, error))
    messages.success(request, _("現地確認を記録しました。"))
    return redirect(_address(schema, sheet.month.month))


@takes_a_file
@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_POST
def add(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """Keep a photograph of the check."""
    tenant, sheet = _found(schema, month)
    form = PhotoForm(request.POST, request.FILES, sheet=sheet)
    if not form.is_valid():
        return sheet_page(request, tenant, sheet, photo_form=form, status=422)
    try:
        add_photo(
            actor=actor_of(request),
            tenant=schema,
            month=sheet.month.month,
            photo=form.cleaned_data["photo"].read(),
            item=form.cleaned_data["item"],
            caption=form.cleaned_data["caption"],
        )
    except DomainError as error:
        return sheet_page(request, tenant, sheet, photo_form=form, status=told(form, error)["status"])
    messages.success(request, _("写真を追加しました。"))
    return redirect(_address(schema, sheet.month.month))


@needs(Right.CITY_SEE)
@require_POST
def sheet_paper(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """The month's sheet for filing. A POST, since each print is recorded."""
    tenant_called(schema)
    pdf = print_sheet(actor=actor_of(request), tenant=schema, month=month_in(month))
    return pdf_answer(pdf, f"monitoring-{schema}-{month}")


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_POST
def order_paper(request: SiteRequest, schema: str, month: str) -> HttpResponse:
    """改善指示書 for the month's open findings, issued and kept."""
    tenant_called(schema)
    pdf = issue_order(actor=actor_of(request), tenant=schema, month=month_in(month))
    return pdf_answer(pdf, f"order-{schema}-{month}")


@needs(Right.MONITORING_JUDGE, about=named_by("schema"))
@require_POST
def order_again(request: SiteRequest, schema: str, month: str, number: int) -> HttpResponse:
    """改善指示書 as it was issued, marked 再交付."""
    tenant_called(schema)
    pdf = print_order_again(actor=actor_of(request), tenant=schema, month=month_in(month), number=number)
    return pdf_answer(pdf, f"order-{schema}-{month}-{number}")


@needs(Right.MONITORING_JUDGE)
@require_safe
def photo(request: SiteRequest, photo: UUID) -> HttpResponse:
    """A photograph."""
    return photo_answer(photo)


@needs(Right.MONITORING_JUDGE, about=row_of(MonitoringPhoto, "photo"))
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SiteRequest, photo: UUID) -> HttpResponse:
    """Take a photograph away."""
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "heading": _("写真の削除"),
        "lead": _("写真そのものは消え、削除したことと理由が残ります。元に戻せません。"),
        "button": _("写真を削除する"),
        "is_grave": True,
        "back": reverse("city:monitoring"),
        "trail": [*trail_of(), (_("写真の削除"), "")],
    }
    if request.method != "POST":
        return shown(request, "act.html", **context)
    if not form.is_valid():
        return shown(request, "act.html", status=422, **context)
    try:
        remove_photo(actor=actor_of(request), photo=photo, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return shown(request, "act.html", **context | told(form, error))
    messages.success(request, _("写真を削除しました。"))
    return redirect("city:monitoring")


def sheet_page(
    request: SiteRequest, tenant: Tenant, sheet: Sheet, *, photo_form: PhotoForm | None = None, status: int = 200
) -> HttpResponse:
    """A month's page, with the form for photographs."""
    may_judge = may(request, Right.MONITORING_JUDGE)
    unchecked = sum(not one.city_result for one in sheet.results)
    return shown(
        request,
        "sheet.html",
        status=status,
        tenant=tenant,
        sheet=sheet,
        unchecked=unchecked,
        has_open_findings=any(one.state in OPEN_FINDINGS for one in sheet.findings),
        orders=sheet.month.orders.defer("paper"),
        may_judge=may_judge,
        is_citys_turn=sheet.month.state in {"reported", "improving", "planned"},
        form=photo_form or PhotoForm(sheet=sheet),
        trail=trail_of(tenant, sheet.month.month),
    )


def tenant_called(schema: str) -> Tenant:
    """The tenant; 404."""
    found: Tenant | None = Tenant.objects.filter(schema_name=schema).first()
    if found is None:
        raise Http404
    return found


def year_in(text: str) -> int:
    """The fiscal year of an address; that of the last month by default."""
    if not text:
        return year_now()
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= LATEST):
        raise BadRequest(_("年度は 2026 の形で指定してください。"))
    return int(text)


def trail_of(tenant: Tenant | None = None, month: dt.date | None = None, here: str = "") -> Trail:
    """管理 › 月次モニタリング › the facility's month › here."""
    trail = [(_("管理"), reverse("city:office")), (_("月次モニタリング"), reverse("city:monitoring"))]
    if tenant and month:
        name = f"{in_language(tenant.name, tenant.name_en)} {year_and_month(month)}"
        trail.append((name, _address(tenant.schema_name, month) if here else ""))
    return [*trail, (here, "")] if here else trail


def _found(schema: str, month: str) -> tuple[Tenant, Sheet]:
    return tenant_called(schema), sheet_of(schema, month_in(month))


def _address(schema: str, month: dt.date) -> str:
    return reverse("city:monitoring_month", args=[schema, f"{month:%Y-%m}"])
