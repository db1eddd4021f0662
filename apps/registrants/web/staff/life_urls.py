"""Addresses of the acts on a registration, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import acts, ending, merging

urlpatterns: list[URLPattern] = [
    path("registrants/<uuid:registrant>/suspend/", acts.suspend, name="suspend"),
    path("registrants/<uuid:registrant>/lift/", acts.lift, name="lift"),
    path("registrants/<uuid:registrant>/stop_online/", acts.stop_online, name="stop_online"),
    path("registrants/<uuid:registrant>/allow_online/", acts.allow_online, name="allow_online"),
    path("registrants/<uuid:registrant>/renew/", acts.renew, name="renew"),
    path("registrants/<uuid:registrant>/close/", acts.close, name="close"),
    path("registrants/<uuid:registrant>/reopen/", acts.reopen, name="reopen"),
    path("registrants/<uuid:registrant>/merge/", merging.choose, name="merge"),
    path("registrants/<uuid:registrant>/merge/<uuid:other>/", merging.compare, name="merge_with"),
    path("registrants/<uuid:registrant>/unmerge/", acts.unmerge, name="unmerge"),
    path("registrants/ending/", ending.ending, name="ending"),
    path("registrants/duplicates/", merging.duplicates, name="proposals"),
    path("registrants/duplicates/<int:proposal>/dismiss/", merging.dismiss, name="dismiss_duplicate"),
]
