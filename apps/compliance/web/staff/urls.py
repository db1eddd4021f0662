"""Addresses of a desk's 「管理」. Each part brings its own list, as ``*_urls.py`` beside its views."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web import office
from apps.compliance.web.staff import (
    disposals_urls,
    duties_urls,
    exports_urls,
    handover_urls,
    incident_urls,
    log_urls,
    monitoring_urls,
    person_request_urls,
    recount_urls,
    roster_urls,
)

app_name = "office"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", office.index, name="index"),
    path("rights/", office.rights, name="rights"),
    *exports_urls.urlpatterns,
    *handover_urls.urlpatterns,
    *roster_urls.urlpatterns,
    *duties_urls.urlpatterns,
    *recount_urls.urlpatterns,
    *incident_urls.urlpatterns,
    *person_request_urls.urlpatterns,
    *monitoring_urls.urlpatterns,
    *log_urls.urlpatterns,
    *disposals_urls.urlpatterns,
]
