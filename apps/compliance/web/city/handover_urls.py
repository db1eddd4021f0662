"""Addresses of 引継ぎ at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import handover

urlpatterns = [
    path("handovers/", handover.index, name="handovers"),
    path("handovers/<uuid:case>/", handover.detail, name="handover"),
    path("handovers/<uuid:case>/<str:name>/", handover.step, name="handover_step"),
]
