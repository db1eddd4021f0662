"""Addresses of requests of persons at a desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.staff import person_requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("person-requests/", person_requests.index, name="person_requests"),
    path("person-requests/new/", person_requests.new, name="person_request_new"),
    path("person-requests/<uuid:request_id>/", person_requests.detail, name="person_request"),
    path("person-requests/<uuid:request_id>/disclose/", person_requests.disclose, name="person_request_disclose"),
    path("person-requests/<uuid:request_id>/lift/", person_requests.lift, name="person_request_lift"),
    path("person-requests/<uuid:request_id>/carry-out/", person_requests.carry_out, name="person_request_carry_out"),
    path("person-requests/<uuid:request_id>/files/<uuid:file>/", person_requests.fetch, name="person_request_fetch"),
]
