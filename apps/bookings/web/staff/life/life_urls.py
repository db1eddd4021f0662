"""Addresses of the life of a booking, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.life import new_series, penalties, series, states, terms

urlpatterns: list[URLPattern] = [
    path("bookings/<uuid:booking>/formalise/", states.formalise, name="formalise"),
    path("bookings/<uuid:booking>/defer/", states.defer, name="defer"),
    path("bookings/<uuid:booking>/resume/", states.resume, name="resume"),
    path("bookings/<uuid:booking>/revoke/", states.revoke, name="revoke"),
    path("bookings/<uuid:booking>/call-off/", states.call_off, name="call_off"),
    path("bookings/<uuid:booking>/change/", states.change, name="change"),
    path("bookings/<uuid:booking>/change/grant/", states.grant_change, name="grant_change"),
    path("bookings/<uuid:booking>/change/refuse/", states.refuse_change, name="refuse_change"),
    path("bookings/<uuid:booking>/penalty/", states.event, name="penalty_event"),
    path("registrants/<uuid:registrant>/series/new/", new_series.new_series, name="new_series"),
    path("series/<uuid:series>/", series.series, name="series"),
    path("series/<uuid:series>/permit/", series.permit, name="permit_series"),
    path("series/<uuid:series>/cancel/", series.cancel, name="cancel_series"),
    path("series/<uuid:series>/change/", series.change, name="change_series"),
    path("penalties/", penalties.measures, name="measures"),
    path("penalties/<uuid:measure>/", penalties.measure, name="measure"),
    path("penalties/<uuid:measure>/lift/", penalties.lift, name="lift_measure"),
    path("penalties/<uuid:measure>/notice/", penalties.notice, name="measure_notice"),
    path("penalties/<uuid:measure>/points/<int:point>/void/", penalties.void, name="void_point"),
    path("settings/terms/", terms.terms, name="terms"),
    path("settings/terms/<uuid:facility>/new/", terms.new_terms, name="new_terms"),
    path("settings/terms/<uuid:facility>/withdraw/", terms.withdraw, name="withdraw_terms"),
]
