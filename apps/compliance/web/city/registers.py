"""The registers of all facilities at the city: reading and printing."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.compliance.queries.facilities import tenant_names
from apps.compliance.queries.registers import REGISTERS, Register, rows_of
from apps.compliance.web.city.chrome import page
from apps.compliance.web.register_forms import RegisterFilterForm
from apps.compliance.web.register_sheets import printed
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs
from tenants.models import Tenant

PAGE_SIZE: Final = 20


class CityFilterForm(RegisterFilterForm):
    """Which rows of which facility are shown."""

    tenant = forms.ChoiceField(label=_("施設"), required=False)
    field_order = ("tenant", "year", "all_rows")

    def __init__(self, data: Any, tenants: dict[str, Tenant]) -> None:
        super().__init__(data)
        named = [(schema, tenant.name) for schema, tenant in tenants.items()]
        self.fields["tenant"].choices = [("", _("すべての施設")), *named]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        return super().chosen() | {"tenant": self.cleaned_data.get("tenant") or ""}


@needs(Right.REGISTERS_SEE)
@require_safe
def registers(request: SiteRequest) -> HttpResponse:
    """All registers."""
    return page(request, "registers.html", registers=REGISTERS.values(), trail=_trail())


@needs(Right.REGISTERS_SEE)
@require_safe
def register(request: SiteRequest, code: str) -> HttpResponse:
    """One register's rows of all facilities, or of one."""
    found, tenants = _register(code), tenant_names()
    form = CityFilterForm(request.GET, tenants)
    rows = rows_of(found, **form.chosen()).select_related("correction")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(tenants[row.tenant], row, found.labelled(row)) for row in shown]
    trail = _trail(found.label)
    return page(request, "register.html", register=found, form=form, page_obj=shown, lines=lines, trail=trail)


@needs(Right.REGISTERS_SEE)
@require_safe
def register_print(request: SiteRequest, code: str) -> HttpResponse:
    """The same rows of one facility as a PDF."""
    found, tenants = _register(code), tenant_names()
    chosen = CityFilterForm(request.GET, tenants).chosen()
    if not chosen["tenant"]:
        raise Http404
    facility = tenants[chosen["tenant"]].name
    return printed(request, found, rows_of(found, **chosen), facility=facility, year=chosen["year"])


def _register(code: str) -> Register:
    if code not in REGISTERS:
        raise Http404
    return REGISTERS[code]


def _trail(here: Any = "") -> list[tuple[Any, str]]:
    office = (__("管理"), reverse("city:office"))
    return [office, (__("台帳"), reverse("city:registers")), (here, "")] if here else [office, (__("台帳"), "")]
