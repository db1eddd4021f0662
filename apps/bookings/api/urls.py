"""Addresses of the JSON interface."""

from __future__ import annotations

from django.urls import path

from apps.bookings.api.availability import FacilityMonth
from shared.staff.rights import Right
from shared.web.guard import needs

app_name = "api"

urlpatterns = [
    path(
        "places/<slug:tenant>/facilities/<uuid:facility>/availability/",
        needs(Right.OPEN)(FacilityMonth.as_view()),
        name="availability",
    ),
]
