"""The bookings of all facilities in a month, without their renters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.bookings.queries.city_bookings import bookings_of_month
from apps.bookings.templatetags.bookings import in_language
from apps.compliance.web.city.chrome import page
from apps.compliance.web.city.months import MonthForm, month_asked
from apps.compliance.web.city.usage import STATES
from shared.catalogue.models import CatalogueFacility
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.dates import month_after, month_before
from shared.web.guard import needs

PER_PAGE: Final = 50
ANY: Final = ("", _("すべて"))


class BookingFilter(MonthForm):
    """Which bookings are shown. Every field may stay empty."""

    facility = forms.TypedChoiceField(label=_("施設"), required=False, coerce=UUID, empty_value=None)
    state = forms.ChoiceField(label=_("状態"), required=False, choices=[ANY, *((one, one.label) for one in STATES)])

    def __init__(self, data: Mapping[str, str], *, names: Mapping[UUID, str]) -> None:
        super().__init__(data)
        choices = [ANY, *((str(key), name) for key, name in names.items())]
        self.fields["facility"].choices = choices  # type: ignore[attr-defined]


@needs(Right.CITY_SEE)
@require_safe
def bookings(request: SiteRequest) -> HttpResponse:
    """The applications for a month's days, page by page."""
    names = _facility_names()
    form = BookingFilter(month_asked(request), names=names)
    if not form.is_valid():
        return page(request, "bookings.html", status=422, form=form)
    month, wanted = form.month_shown(), form.cleaned_data
    rows = bookings_of_month(month, facility=wanted["facility"], state=wanted["state"])
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "bookings.html",
        form=form,
        month=month,
        before=month_before(month),
        after=month_after(month),
        page_obj=found,
        rows=[(one, names.get(one.facility, "")) for one in found.object_list],
    )


def _facility_names() -> dict[UUID, str]:
    rows = CatalogueFacility.objects.filter(tenant__isnull=False).values_list("pk", "name", "name_en")
    return {key: in_language(name, name_en) for key, name, name_en in rows}
