"""Addresses of a facility's desk (窓口)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from apps.compliance.web.staff import terminal

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("apps.bookings.web.staff.urls")),
    path("intake/", include("shared.intake.web.urls")),
    path("office/", include("apps.compliance.web.staff.urls")),
    path("terminal/", terminal.enrol, name="terminal"),
    path("account/", include("shared.staff.web.urls")),
    path("", include("shared.web.urls")),
    path("", include("shared.frame.urls")),
]

handler400 = "shared.frame.views.bad_request"
handler403 = "shared.frame.views.permission_denied"
handler404 = "shared.frame.views.page_not_found"
handler500 = "shared.frame.views.server_error"
