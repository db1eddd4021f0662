"""Addresses of requests of persons at the city."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.compliance.web.city import person_requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("person-requests/", person_requests.index, name="person_requests"),
    path("person-requests/period/", person_requests.period, name="person_request_period"),
    path("person-requests/new/", person_requests.new, name="person_request_new"),
    path("person-requests/<uuid:request_id>/", person_requests.detail, name="person_request"),
    path("person-requests/<uuid:request_id>/notice/", person_requests.notice, name="person_request_notice"),
]
