"""月次モニタリング at the desk: the own months, the self-check by section, the report, the improvement plans."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.templatetags.bookings import year_and_month
from apps.compliance.queries.monitoring.months import Section, Sheet, finding_of, latest_months, sheet_of
from apps.compliance.services.monitoring.plan import submit_plan
from apps.compliance.services.monitoring.self_check import save_report, save_section, submit_report
from apps.compliance.web.monitoring_forms import PlanForm, ReportForm, SectionForm
from apps.compliance.web.monitoring_pages import month_in, photo_answer, shown, told
from kernel import clock
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import seen_version
from shared.web.guard import needs

NUMBERS = "report"
"""The section of the report's numbers and texts, after those of the items."""
Trail = list[tuple[str, str]]


@needs(Right.MONITORING_REPORT)
@require_safe
def months(request: SiteRequest) -> HttpResponse:
    """The facility's months, and what it has to do next."""
    rows = latest_months()
    waiting = [(one, turn) for one, turn in rows if turn.due and turn.due.by_facility]
    return shown(request, "desk_months.html", rows=rows, waiting=waiting[::-1], trail=_trail())


@needs(Right.MONITORING_REPORT)
@require_safe
def month(request: SiteRequest, month: str) -> HttpResponse:
    """One month: how far it is, its sections, findings and history."""
    sheet = _sheet(request, month)
    return shown(request, "sheet.html", sheet=sheet, trail=_trail(sheet), next=_next_section(sheet))


@needs(Right.MONITORING_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SiteRequest, month: str, category: str) -> HttpResponse:
    """A group of items of the self-check; what is typed is kept at once (htmx), and again when it is sent."""
    sheet = _sheet(request, month)
    part = next((one for one in sheet.sections if one.category == category), None)
    if part is None:
        raise Http404
    form = SectionForm(request.POST or None, items=part.items, sheet=sheet, side="own")
    context: dict[str, Any] = {
        "sheet": sheet,
        "section": part,
        "form": form,
        "trail": _trail(sheet, str(part.category.label)),
    }
    if request.method != "POST":
        return shown(request, "section.html", **context)
    if not form.is_valid():
        return _kept(request, form) if request.htmx else shown(request, "section.html", status=422, **context)
    try:
        save_section(
            actor=actor_of(request),
            tenant=request.place.schema,
            month=sheet.month.month,
            answers=form.answers(),
            is_draft=bool(request.htmx),
            confirmed=form.cleaned_data["no_phone"],
        )
    except DomainError as error:
        return (
            _kept(request, form, error)
            if request.htmx
            else shown(request, "section.html", **context | told(form, error))
        )
    return _kept(request, form) if request.htmx else _onwards(request, sheet, part)


@needs(Right.MONITORING_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: SiteRequest, month: str) -> HttpResponse:
    """The report's numbers and texts."""
    sheet = _sheet(request, month)
    form = ReportForm(request.POST or None, initial=ReportForm.kept(sheet.month))
    context: dict[str, Any] = {"sheet": sheet, "form": form, "trail": _trail(sheet, _("月次報告"))}
    if request.method != "POST":
        return shown(request, "numbers.html", **context)
    if not form.is_valid():
        return shown(request, "numbers.html", status=422, **context)
    try:
        save_report(
            actor=actor_of(request),
            tenant=request.place.schema,
            month=sheet.month.month,
            report=form.report(),
            confirmed=form.cleaned_data["no_phone"],
        )
    except DomainError as error:
        return shown(request, "numbers.html", **context | told(form, error))
    messages.success(request, _("保存しました。"))
    return _to(sheet)


@needs(Right.MONITORING_REPORT)
@require_POST
def submit(request: SiteRequest, month: str) -> HttpResponse:
    """Hand the self-check and the report in."""
    day = month_in(month)
    try:
        version = seen_version(request.POST)
        submit_report(actor=actor_of(request), tenant=request.place.schema, month=day, seen_version=version)
    except DomainError as error:
        sheet, problem = _sheet(request, month), problem_of(error)
        context: dict[str, Any] = {
            "sheet": sheet,
            "trail": _trail(sheet),
            "next": _next_section(sheet),
            "refusal": problem.text,
        }
        return shown(request, "sheet.html", status=problem.status, **context)
    messages.success(request, _("自己点検を市に報告しました。"))
    return redirect("office:monitoring_month", month=f"{day:%Y-%m}")


@needs(Right.MONITORING_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SiteRequest, finding: UUID) -> HttpResponse:
    """The improvement plan for a finding."""
    found = finding_of(finding)
    form = PlanForm(request.POST or None, initial={"text": found.plan_text, "until": found.plan_until})
    month = found.month.month
    trail = [*_trail(), (year_and_month(month), _address(month)), (_("改善計画"), "")]
    context: dict[str, Any] = {
        "finding": found,
        "form": form,
        "trail": trail,
        "may": found.state in {"asked", "returned"},
    }
    if request.method != "POST":
        return shown(request, "plan.html", **context)
    if not form.is_valid():
        return shown(request, "plan.html", status=422, **context)
    said = form.cleaned_data
    try:
        submit_plan(
            actor=actor_of(request),
            finding=finding,
            text=said["text"],
            until=said["until"],
            confirmed=said["no_phone"],
        )
    except DomainError as error:
        return shown(request, "plan.html", **context | told(form, error))
    messages.success(request, _("改善計画を市に提出しました。"))
    return redirect("office:monitoring_month", month=f"{month:%Y-%m}")


@needs(Right.MONITORING_REPORT)
@require_safe
def photo(request: SiteRequest, photo: UUID) -> HttpResponse:
    """A photograph of the city's check of this facility."""
    return photo_answer(photo)


def _sheet(request: SiteRequest, month: str) -> Sheet:
    return sheet_of(request.place.schema, month_in(month))


def _kept(request: SiteRequest, form: SectionForm, error: DomainError | None = None) -> HttpResponse:
    """What stands beside the button after a field was kept, or why it was not."""
    problem = problem_of(error).text if error else ""
    if not error and form.errors:
        problem = str(next(iter(form.errors.values()))[0])
    return shown(request, "_kept.html", problem=problem, at=localtime(clock.now()))


def _onwards(request: SiteRequest, sheet: Sheet, part: Section) -> HttpResponse:
    """The next section, so that the sheet is filled in like one long form."""
    messages.success(request, _("「{section}」を保存しました。").format(section=part.category.label))
    following = sheet.sections[sheet.sections.index(part) + 1 :]
    if following:
        month = f"{sheet.month.month:%Y-%m}"
        return redirect("office:monitoring_section", month=month, category=following[0].category.value)
    return redirect("office:monitoring_numbers", month=f"{sheet.month.month:%Y-%m}")


def _next_section(sheet: Sheet) -> str:
    """The address of the first section that still lacks something; empty when nothing does."""
    month = f"{sheet.month.month:%Y-%m}"
    for part in sheet.sections:
        if part.lacking:
            return reverse("office:monitoring_section", args=[month, part.category.value])
    return reverse("office:monitoring_numbers", args=[month]) if sheet.lacking else ""


def _to(sheet: Sheet) -> HttpResponse:
    return redirect(_address(sheet.month.month))


def _address(month: dt.date) -> str:
    return reverse("office:monitoring_month", args=[f"{month:%Y-%m}"])


def _trail(sheet: Sheet | None = None, here: str = "") -> Trail:
    trail = [(_("管理"), reverse("office:index")), (_("月次モニタリング"), reverse("office:monitoring"))]
    if sheet is None:
        return trail
    trail.append((year_and_month(sheet.month.month), _address(sheet.month.month) if here else ""))
    return [*trail, (here, "")] if here else trail
