"""Addresses of the portal (市民)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularJSONAPIView

from shared.outbox.pages import mail_pages
from shared.staff.rights import Right
from shared.web.guard import needs

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("apps.bookings.web.citizen.urls")),
    path("", include("apps.registrants.web.citizen.urls")),
    path("", include("shared.web.urls")),
    path("", include("shared.frame.urls")),
    *mail_pages(),
    path("api/", include("apps.bookings.api.urls")),
    path("api/schema/", needs(Right.OPEN)(SpectacularJSONAPIView.as_view()), name="api-schema"),
]

handler400 = "shared.frame.views.bad_request"
handler403 = "shared.frame.views.permission_denied"
handler404 = "shared.frame.views.page_not_found"
handler500 = "shared.frame.views.server_error"
