"""Addresses of the console."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import tenants

urlpatterns: list[URLPattern] = [
    path("office/tenants/", tenants.tenants, name="tenants"),
    path("office/tenants/<slug:schema>/close/", tenants.close, name="tenant_close"),
    path("office/tenants/<slug:schema>/<slug:deed>/", tenants.change_tenant, name="tenant_state"),
]
