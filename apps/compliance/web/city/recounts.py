"""棚卸 and shared IDs of all facilities, as the city sees them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.compliance.queries.recounts import city_recounts
from apps.compliance.queries.recounts import findings as found_findings
from apps.compliance.web.city.chrome import page
from shared.requests import SiteRequest
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.REGISTERS_SEE)
@require_safe
def recounts(request: SiteRequest) -> HttpResponse:
    """The recounts, and who was suspended for want of a confirmation."""
    trail = [(_("管理"), reverse("city:office")), (_("IDの棚卸"), "")]
    return page(request, "recounts.html", recounts=city_recounts(), trail=trail)


@needs(Right.AUDIT_SEE)
@require_safe
def findings(request: SiteRequest) -> HttpResponse:
    """IDs that were used at two places at once."""
    trail = [(_("管理"), reverse("city:office")), (_("IDの共用の疑い"), "")]
    return page(request, "findings.html", findings=found_findings(), trail=trail)
