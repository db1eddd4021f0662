"""Header and footer of each site's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import SimpleLazyObject

from apps.bookings.web.citizen.chrome import chrome_of as portal_chrome
from apps.bookings.web.staff.chrome import chrome_of as desk_chrome
from apps.compliance.web.city.chrome import chrome_of as city_chrome
from shared.frame.chrome import Chrome
from shared.requests import SiteRequest

CHROMES: dict[str, Callable[[SiteRequest], Chrome]] = {
    "portal": portal_chrome,
    "desk": desk_chrome,
    "city": city_chrome,
}


def chrome(request: SiteRequest) -> dict[str, Any]:
    """The context processor: ``chrome`` for ``frame/base.html``, made when a template uses it."""
    if not hasattr(request, "find_account") or request.place.kind not in CHROMES:
        return {}
    return {"chrome": SimpleLazyObject(lambda: CHROMES[request.place.kind](request))}
