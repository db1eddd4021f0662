"""Addresses of the portal beside those of a booking: week and next free times, favourites, reminders."""

from __future__ import annotations

from django.urls import path

from apps.bookings.web.citizen import favourites, reminders, weeks

urlpatterns = [
    path("places/<slug:tenant>/rooms/<uuid:room>/next/", weeks.next_times, name="next"),
    path("places/<slug:tenant>/rooms/<uuid:room>/week/<str:day>/", weeks.week, name="week"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("favourites/rooms/<slug:tenant>/<uuid:room>/", favourites.star, name="star"),
    path("favourites/searches/", favourites.keep, name="keep_search"),
    path("favourites/searches/<int:place>/forget/", favourites.forget, name="forget_search"),
    path("reminders/", reminders.settings, name="reminders"),
    path("reminders/stop/<str:link>/", reminders.stop, name="stop_reminders"),
]
