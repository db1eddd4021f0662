"""Addresses of the JSON interface."""

from __future__ import annotations

from django.urls import path

from apps.bookings.api.availability import FacilityMonth

app_name = "api"

urlpatterns = [
    path("places/<slug:tenant>/facilities/<uuid:facility>/availability/", FacilityMonth.as_view(), name="availability"),
]
