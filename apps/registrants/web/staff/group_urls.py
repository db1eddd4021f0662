"""Addresses of groups, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import groups, roster

urlpatterns: list[URLPattern] = [
    path("registrants/groups/new/", groups.register, name="register_group"),
    path("registrants/<uuid:registrant>/group/", groups.change, name="change_group"),
    path("registrants/<uuid:registrant>/group/complete/", groups.complete, name="complete_group"),
    path("registrants/<uuid:registrant>/roster/discard/", roster.discard, name="discard_roster"),
]
