"""Addresses of the facilities' rosters and IDs at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import roster, roster_grants

urlpatterns = [
    path("rosters/", roster.index, name="rosters"),
    path("rosters/<uuid:submission>/", roster.submission, name="roster"),
    path("rosters/<uuid:submission>/grant/", roster_grants.grant, name="roster_grant"),
    path("rosters/<uuid:submission>/slips/", roster_grants.slips, name="roster_slips"),
    path("rosters/<uuid:submission>/rows/<uuid:row>/carry-out/", roster_grants.carry_out_row, name="roster_carry_out"),
    path("ids/", roster_grants.ids, name="ids"),
    path("ids/<slug:tenant>/<uuid:account>/suspend/", roster_grants.suspend_id, name="id_suspend"),
]
