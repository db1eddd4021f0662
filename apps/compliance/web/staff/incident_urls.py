"""Addresses of incidents at a desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.staff import incidents

urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/new/<uuid:draft>/", incidents.new, name="incident_draft"),
    path("incidents/new/<uuid:draft>/keep/", incidents.keep, name="incident_keep"),
    path("incidents/new/<uuid:draft>/discard/", incidents.discard, name="incident_discard"),
    path("incidents/<uuid:incident>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident>/items/", incidents.items, name="incident_items"),
]
