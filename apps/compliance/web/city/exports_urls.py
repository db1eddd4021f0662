"""Addresses of 持出し at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import exports

urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:request_id>/", exports.export, name="export"),
]
