"""Addresses of orders for public use."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import public_uses

urlpatterns: list[URLPattern] = [
    path("public-uses/", public_uses.public_uses, name="public_uses"),
    path("public-uses/new/", public_uses.new, name="new_public_use"),
    path("public-uses/<uuid:order>/", public_uses.public_use, name="public_use"),
    path("public-uses/<uuid:order>/end/", public_uses.end, name="end_public_use"),
]
