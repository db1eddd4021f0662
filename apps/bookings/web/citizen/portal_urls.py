"""Addresses of the portal beside those of a booking: week and next free times, favourites, reminders."""

from __future__ import annotations

from django.urls import path

from apps.bookings.web.citizen import weeks

urlpatterns = [
    path("places/<slug:tenant>/rooms/<uuid:room>/next/", weeks.next_times, name="next"),
    path("places/<slug:tenant>/rooms/<uuid:room>/week/<str:day>/", weeks.week, name="week"),
]
