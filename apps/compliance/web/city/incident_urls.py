"""Addresses of incidents at the city."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.city import incident_parts, incidents

urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/<uuid:incident>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident>/step/", incidents.step, name="incident_step"),
    path("incidents/<uuid:incident>/items/", incidents.items, name="incident_items"),
    path("incidents/<uuid:incident>/persons/", incident_parts.persons, name="incident_persons"),
    path("incidents/<uuid:incident>/evidence/", incident_parts.evidence, name="incident_evidence"),
    path("incidents/<uuid:incident>/evidence/<uuid:package>/", incident_parts.package, name="incident_package"),
    path(
        "incidents/<uuid:incident>/evidence/<uuid:package>/csv/",
        incident_parts.package,
        {"form": "csv"},
        name="incident_package_csv",
    ),
    path(
        "incidents/<uuid:incident>/evidence/<uuid:package>/pdf/",
        incident_parts.package,
        {"form": "pdf"},
        name="incident_package_pdf",
    ),
    path("incidents/<uuid:incident>/report/<slug:form>/", incident_parts.report, name="incident_report"),
    path("incidents/<uuid:incident>/publication/", incident_parts.publication, name="incident_publication"),
]
