"""Addresses of incidents at a desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.staff import incident_parts, incidents

urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/new/<uuid:draft>/", incidents.new, name="incident_draft"),
    path("incidents/new/<uuid:draft>/keep/", incidents.keep, name="incident_keep"),
    path("incidents/new/<uuid:draft>/discard/", incidents.discard, name="incident_discard"),
    path("incidents/<uuid:incident>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident>/items/", incidents.items, name="incident_items"),
    path("incidents/<uuid:incident>/persons/", incident_parts.persons, name="incident_persons"),
    path("incidents/<uuid:incident>/persons/letters/", incident_parts.letters, name="incident_letters"),
    path("incidents/<uuid:incident>/persons/marked/", incident_parts.marked, name="incident_marked"),
    path("incidents/<uuid:incident>/persons/excluded/", incident_parts.excluded, name="incident_excluded"),
]
