"""Addresses of the monthly monitoring at the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.staff import monitoring

urlpatterns: list[URLPattern] = [
    path("monitoring/", monitoring.months, name="monitoring"),
    path("monitoring/findings/<uuid:finding>/", monitoring.plan, name="monitoring_plan"),
    path("monitoring/photos/<uuid:photo>/", monitoring.photo, name="monitoring_photo"),
    path("monitoring/<slug:month>/", monitoring.month, name="monitoring_month"),
    path("monitoring/<slug:month>/report/", monitoring.numbers, name="monitoring_numbers"),
    path("monitoring/<slug:month>/submit/", monitoring.submit, name="monitoring_submit"),
    path("monitoring/<slug:month>/<slug:category>/", monitoring.section, name="monitoring_section"),
]
