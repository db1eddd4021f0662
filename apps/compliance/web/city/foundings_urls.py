"""Addresses of foundings."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import foundings

urlpatterns: list[URLPattern] = [
    path("office/foundings/new/", foundings.new, name="founding_new"),
    path("office/foundings/<uuid:founding>/", foundings.founding, name="founding"),
    path("office/foundings/<uuid:founding>/again/", foundings.again, name="founding_again"),
    path("office/foundings/<uuid:founding>/withdraw/", foundings.withdraw, name="founding_withdraw"),
]
