"""Addresses of who may come in from where."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import access

TENANT = "tenants/<slug:schema>/access/"

urlpatterns: list[URLPattern] = [
    path("access/", access.access_list, name="access_list"),
    path(TENANT, access.access, name="access"),
    path(f"{TENANT}ways/", access.ways, name="access_ways"),
    path(f"{TENANT}networks/new/", access.network, name="access_network"),
    path(f"{TENANT}networks/<uuid:network>/end/", access.network_end, name="access_network_end"),
    path(f"{TENANT}terminals/new/", access.terminal, name="access_terminal"),
    path(f"{TENANT}terminals/<uuid:terminal>/code/", access.terminal_code, name="access_terminal_code"),
    path(f"{TENANT}terminals/<uuid:terminal>/end/", access.terminal_end, name="access_terminal_end"),
    path(f"{TENANT}certificates/new/", access.certificate, name="access_certificate"),
    path(f"{TENANT}certificates/<uuid:certificate>/end/", access.certificate_end, name="access_certificate_end"),
    path(f"{TENANT}grants/new/", access.emergency, name="access_grant"),
    path(f"{TENANT}grants/<uuid:given>/end/", access.emergency_end, name="access_grant_end"),
]
