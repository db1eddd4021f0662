"""All facilities, who runs them until when, and who ran them before."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.bookings.templatetags.bookings import in_language
from apps.compliance.queries.facilities import ListedFacility, listed_facilities, tenant_page
from apps.compliance.web.city.chrome import page
from kernel import clock
from shared.catalogue.models import Category
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.addresses import address_of
from shared.web.guard import needs
from tenants.models import Operator, OperatorKind

ANY = ("", _("すべて"))


class FacilityFilter(forms.Form):
    """Which facilities are shown. Every field may stay empty."""

    hides_requirement = True
    operator = forms.ChoiceField(label=_("運営者"), required=False)
    category = forms.ChoiceField(label=_("施設の種類"), required=False, choices=[ANY, *Category.choices])
    area = forms.ChoiceField(label=_("地域"), required=False)

    def __init__(self, data: object, *, listed: Iterable[ListedFacility]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        operators = {one.run.assignment.operator for one in listed if one.run}
        named = sorted((in_language(one.name, one.name_en), str(one.pk)) for one in operators)
        choices = [ANY, *OperatorKind.choices, *((key, name) for name, key in named)]
        self.fields["operator"].choices = choices  # type: ignore[attr-defined]
        areas = sorted({one.facility.area for one in listed} - {""})
        self.fields["area"].choices = [ANY, *((area, area) for area in areas)]  # type: ignore[attr-defined]

    def fitting(self, listed: Iterable[ListedFacility]) -> list[ListedFacility]:
        """Those of ``listed`` that the valid form asks for."""
        wanted = self.cleaned_data
        return [
            one
            for one in listed
            if wanted["category"] in {"", one.facility.category}
            and wanted["area"] in {"", one.facility.area}
            and _is_run_by(one, wanted["operator"])
        ]


@needs(Right.CITY_SEE)
@require_safe
def facilities(request: SiteRequest) -> HttpResponse:
    """The facilities of the catalogue with their operators and terms."""
    listed = listed_facilities(clock.today())
    form = FacilityFilter(request.GET, listed=listed)
    shown = form.fitting(listed) if form.is_valid() else []
    return page(
        request,
        "facilities.html",
        status=200 if form.is_valid() else 422,
        form=form,
        rows=[(one, address_of(one.host)) for one in shown],
        bookable=sum(one.facility.tenant_id is not None for one in shown),
        ending={one.run.assignment.tenant: one.run for one in shown if one.run and one.run.ends_in is not None},
    )


@needs(Right.CITY_SEE)
@require_safe
def tenant(request: SiteRequest, schema: str) -> HttpResponse:
    """A tenant with its facilities, its operator and all operators before and to come."""
    found = tenant_page(schema, clock.today())
    if found is None:
        raise Http404
    return page(
        request,
        "tenant.html",
        trail=[
            (__("施設と運営者"), reverse("city:facilities")),
            (in_language(found.tenant.name, found.tenant.name_en), ""),
        ],
        tenant=found.tenant,
        desk=address_of(found.host),
        facilities=found.facilities,
        runs=found.runs,
        current=found.current,
    )


def _is_run_by(one: ListedFacility, wanted: str) -> bool:
    operator: Operator | None = one.run.assignment.operator if one.run else None
    return not wanted or (operator is not None and wanted in {operator.kind, str(operator.pk)})
