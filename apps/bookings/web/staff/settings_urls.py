"""Addresses of the settings of bookings, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.settings import pages, year

urlpatterns: list[URLPattern] = [
    path("settings/bookings/", pages.index, name="settings"),
    path("settings/bookings/year/", year.year, name="settings_year"),
    path("settings/bookings/<slug:name>/", pages.kept, name="settings_kept"),
    path("settings/bookings/<slug:name>/new/", pages.new, name="settings_new"),
    path("settings/bookings/<slug:name>/withdraw/", pages.withdraw, name="settings_withdraw"),
]
