"""Addresses of the audit's pages at the city: those of a desk, the limits, and the seals."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web import log_alerts
from apps.compliance.web.city import seals
from apps.compliance.web.city.about import named_by
from apps.compliance.web.log_sites import READ_AND_POST, pages
from shared.staff.rights import Right
from shared.web.guard import needs

limits = needs(Right.AUDIT_SEE, about=named_by("schema"))(READ_AND_POST(log_alerts.limits))
urlpatterns: list[URLPattern] = [
    *pages(Right.AUDIT_SEE),
    path("log/limits/<slug:schema>/", limits, name="log_limits"),
    path("log/seals/", seals.seals, name="log_seals"),
    path("log/seals/print/", seals.seals_print, name="log_seals_print"),
    path("log/seals/csv/", seals.seals_csv, name="log_seals_csv"),
]
