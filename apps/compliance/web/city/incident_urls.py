"""Addresses of incidents at the city."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.city import incidents

urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/<uuid:incident>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident>/step/", incidents.step, name="incident_step"),
    path("incidents/<uuid:incident>/items/", incidents.items, name="incident_items"),
]
