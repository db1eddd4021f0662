"""Addresses of 持出し and the registers at a desk."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import exports, registers_urls

urlpatterns = [
    path("exports/", exports.index, name="exports"),
    path("exports/new/", exports.ask, name="export_ask"),
    path("exports/<uuid:request_id>/", exports.detail, name="export"),
    path("exports/<uuid:request_id>/fetch/", exports.fetch, name="export_fetch"),
    path("exports/<uuid:request_id>/withdraw/", exports.withdraw, name="export_withdraw"),
    *registers_urls.urlpatterns,
]
