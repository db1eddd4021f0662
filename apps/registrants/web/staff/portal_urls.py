"""Addresses of what passes between desk and portal, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import portal, requests

urlpatterns: list[URLPattern] = [
    path("registrants/<uuid:registrant>/portal/", portal.portal, name="portal"),
    path("registrants/<uuid:registrant>/portal/link/", portal.link_code, name="link_code"),
    path("registrants/<uuid:registrant>/portal/reset/", portal.reset_code, name="reset_code"),
    path("registrants/<uuid:registrant>/portal/unlink/", portal.unlink, name="unlink"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:number>/", requests.detail, name="request"),
    path("requests/<int:number>/accept/", requests.accept, name="accept_request"),
    path("requests/<int:number>/decline/", requests.decline, name="decline_request"),
]
