"""Operators, designations and agreements at the city; and which department's account cares for which facility."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.compliance.queries.agreements import Designation, designation
from apps.compliance.queries.care import caring, departments
from apps.compliance.services.agreements import change_agreement, designate, end_early
from apps.compliance.services.care import set_care
from apps.compliance.services.operators import save_operator
from apps.compliance.web.city.about import designation_of, every_facility, named_by, run_by
from apps.compliance.web.city.agreement_forms import ChangeForm, DesignationForm, EndForm, OperatorForm
from apps.compliance.web.city.chrome import Trail, page
from kernel import clock
from kernel.errors import DomainError
from shared.requests import SiteRequest, actor_of, signed_in
from shared.staff.rights import Right
from shared.web.forms import seen_version, tell
from shared.web.guard import needs
from tenants.models import Operator, Tenant


@needs(Right.AGREEMENTS_KEEP)
@require_safe
def operators(request: SiteRequest) -> HttpResponse:
    """All operators with their bodies; three statements."""
    rows = Operator.objects.prefetch_related("members").order_by("kind", "name")
    return page(request, "operators.html", trail=_trail(), rows=rows)


@needs(Right.AGREEMENTS_KEEP, about=run_by("pk"))
@require_http_methods(["GET", "HEAD", "POST"])
def operator(request: SiteRequest, pk: int | None = None) -> HttpResponse:
    """Enter an operator, or change one."""
    found = get_object_or_404(Operator, pk=pk) if pk else None
    form = OperatorForm(request.POST if request.method == "POST" else None, initial=_known(found))
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        try:
            save_operator(actor=actor_of(request), operator=found, **form.cleaned_data)
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, gettext("運営者を登録しました。"))
            return redirect("city:operators")
    title = found.name if found else gettext("新しい運営者")
    return page(request, "operator.html", status=status, trail=_trail(title), form=form, title=title)


@needs(Right.AGREEMENTS_KEEP, about=named_by("schema"))
@require_http_methods(["GET", "HEAD", "POST"])
def new_designation(request: SiteRequest, schema: str) -> HttpResponse:
    """Enter who runs a facility from when to when."""
    tenant = get_object_or_404(Tenant, schema_name=schema)
    form = DesignationForm(request.POST if request.method == "POST" else None)
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("operator", "first", "last", "fee_regime")}
        try:
            made = designate(
                actor=actor_of(request), account=signed_in(request), tenant=tenant, terms=form.terms(), **said
            )
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, gettext("指定を登録しました。"))
            return redirect("city:designation", made.pk)
    trail = [*_tenant_trail(tenant), (gettext("運営者の指定"), "")]
    return page(request, "designation_new.html", status=status, trail=trail, form=form, tenant=tenant)


@needs(Right.AGREEMENTS_KEEP, about=designation_of("assignment"))
@require_safe
def agreement(request: SiteRequest, assignment: int) -> HttpResponse:
    """A designation: its agreement version by version, and what ended it."""
    found = designation(assignment)
    return page(
        request,
        "designation.html",
        trail=[*_tenant_trail(found.assignment.tenant), (gettext("協定"), "")],
        one=found.assignment,
        found=found,
        current=found.on(clock.today()),
        is_over=_is_over(found),
    )


@needs(Right.AGREEMENTS_KEEP, about=designation_of("assignment"))
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SiteRequest, assignment: int) -> HttpResponse:
    """Register what is agreed from a day on."""
    found = designation(assignment)
    seen = seen_version(request.POST) if request.method == "POST" else found.latest
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=_words(found))
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("in_force_from", "why")}
        try:
            change_agreement(
                actor=actor_of(request),
                account=signed_in(request),
                assignment=assignment,
                seen_version=seen,
                terms=form.terms(),
                **said,
            )
        except DomainError as error:
            status, seen = tell(form, error), found.latest
        else:
            messages.success(request, gettext("協定の変更を登録しました。"))
            return redirect("city:designation", assignment)
    return _act(
        request, found, form, status, heading=gettext("協定を変更する"), button=gettext("変更を登録する"), seen=seen
    )


@needs(Right.AGREEMENTS_KEEP, about=designation_of("assignment"))
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SiteRequest, assignment: int) -> HttpResponse:
    """End a designation before its time."""
    found = designation(assignment)
    form = EndForm(request.POST if request.method == "POST" else None)
    status = 200 if not form.is_bound else 422
    if form.is_bound and form.is_valid():
        try:
            end_early(actor=actor_of(request), account=signed_in(request), assignment=assignment, **form.cleaned_data)
        except DomainError as error:
            status = tell(form, error)
        else:
            messages.success(request, gettext("指定の終わりを登録しました。"))
            return redirect("city:designation", assignment)
    heading, button = gettext("指定を途中で終わらせる"), gettext("この日で終わらせる")
    return _act(request, found, form, status, heading=heading, button=button, is_grave=True)


@needs(Right.TENANTS_KEEP, about=every_facility)
@require_http_methods(["GET", "HEAD", "POST"])
def care(request: SiteRequest) -> HttpResponse:
    """Which account of 所管課 cares for which facility; an account's facilities are set at once."""
    accounts, tenants = departments(), list(Tenant.objects.only("id", "name", "name_en"))
    if request.method == "POST":
        wanted = next((one for one in accounts if str(one.pk) == request.POST.get("account")), None)
        if wanted is None:
            raise Http404
        chosen = set(request.POST.getlist("tenants"))
        set_care(actor=actor_of(request), account=wanted.pk, tenants=[one for one in tenants if str(one.pk) in chosen])
        messages.success(request, gettext("%(name)sさんの所管施設を登録しました。") % {"name": wanted.name})
        return redirect("city:care")
    held = caring()
    rows = [(one, [(tenant, (one.pk, tenant.pk) in held) for tenant in tenants]) for one in accounts]
    return page(
        request, "care.html", trail=[(gettext("管理"), reverse("city:office")), (gettext("所管施設"), "")], rows=rows
    )


def _act(
    request: SiteRequest, found: Designation, form: forms.Form, status: int, *, seen: int = 0, **words: Any
) -> HttpResponse:
    way_back = (gettext("協定"), reverse("city:designation", args=[found.assignment.pk]))
    trail = [*_tenant_trail(found.assignment.tenant), way_back, (words["heading"], "")]
    context = {"form": form, "one": found.assignment, "seen": seen, **words}
    return page(request, "designation_act.html", status=status, trail=trail, **context)


def _known(found: Operator | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = ("kind", "name", "name_en", "corporate_number", "representative_title", "representative_name")
    members = "\n".join(f"{one.name} {one.corporate_number}" for one in found.members.all())
    return {name: getattr(found, name) for name in names} | {"members": members}


def _words(found: Designation) -> dict[str, Any]:
    latest = found.versions[0] if found.versions else found.assignment
    names = ("agreement_number", "personal_version", "security_version", "privacy_officer", "security_officer")
    return {name: getattr(latest, name, 1) for name in names}


def _is_over(found: Designation) -> bool:
    last = found.assignment.last_day
    return last is not None and last < clock.today()


def _trail(title: str = "") -> Trail:
    begin = [(gettext("管理"), reverse("city:office"))]
    return (
        [*begin, (gettext("運営者"), reverse("city:operators")), (title, "")]
        if title
        else [*begin, (gettext("運営者"), "")]
    )


def _tenant_trail(tenant: Tenant) -> Trail:
    here = reverse("city:tenant", args=[tenant.schema_name])
    return [(gettext("施設と運営者"), reverse("city:facilities")), (tenant.name, here)]
