"""Addresses of use, reports and headcount categories at a desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff import counters, months, pivot, reports, use

urlpatterns: list[URLPattern] = [
    path("use/", use.day_use, name="use"),
    path("use/<uuid:facility>/individuals/", use.individuals, name="individuals"),
    path("use/counters/", counters.counters, name="counters"),
    path("use/counters/<uuid:facility>/", counters.new_counters, name="new_counters"),
    path("reports/", reports.month, name="reports"),
    path("reports/file/", reports.month_file, name="month_file"),
    path("reports/year/", reports.year, name="year_report"),
    path("reports/year/file/", reports.year_file, name="year_file"),
    path("reports/pivot/", pivot.pivot_page, name="pivot"),
    path("reports/pivot/file/", pivot.pivot_file, name="pivot_file"),
    path("reports/<uuid:facility>/<slug:month>/close/", months.close, name="close_month"),
    path("reports/<uuid:facility>/<slug:month>/reopen/", months.reopen, name="reopen_month"),
]
