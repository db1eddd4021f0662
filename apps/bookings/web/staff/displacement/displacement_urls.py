"""Addresses of public uses, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.displacement import pages

urlpatterns: list[URLPattern] = [
    path("displacements/", pages.index, name="displacements"),
    path("displacements/new/", pages.new, name="new_displacement"),
    path("displacements/orders/<uuid:place>/receive/", pages.receive, name="receive_order"),
    path("displacements/<uuid:displacement>/", pages.detail, name="displacement"),
    path("displacements/<uuid:displacement>/find/", pages.find, name="displacement_find"),
    path("displacements/<uuid:displacement>/choose/", pages.choose, name="displacement_choose"),
    path("displacements/<uuid:displacement>/carry-out/", pages.carry_out, name="displacement_carry_out"),
    path("displacements/<uuid:displacement>/end/", pages.end, name="displacement_end"),
    path("displacements/<uuid:displacement>/notices/", pages.notices, name="displacement_notices"),
    path("displacements/<uuid:displacement>/notices/<uuid:hit>/", pages.notice, name="displacement_notice"),
    path("displacements/<uuid:displacement>/record/", pages.record, name="displacement_record"),
]
