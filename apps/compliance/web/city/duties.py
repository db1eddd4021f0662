"""The city's register of pledges and trainings of all facilities."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.compliance.queries.duties import city_register
from apps.compliance.queries.facilities import tenant_names
from apps.compliance.web.city.chrome import page
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.REGISTERS_SEE)
@require_safe
def duties(request: SiteRequest) -> HttpResponse:
    """Who has promised and learnt what, and who owes it."""
    names, wanted = tenant_names(), request.GET.get("tenant", "")
    if wanted and wanted not in names:
        raise Http404
    people = city_register(wanted)
    overdue = [one for one in people if one.is_overdue]
    trail = [(_("管理"), reverse("city:office")), (_("誓約と研修の台帳"), "")]
    tenants = names.values()
    return page(request, "duties.html", trail=trail, tenants=tenants, wanted=wanted, people=people, overdue=overdue)
