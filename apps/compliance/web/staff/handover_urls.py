"""Addresses of 引継ぎ at a desk."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import handover

urlpatterns = [
    path("handover/", handover.index, name="handover"),
    path("handover/<uuid:case>/", handover.detail, name="handover_case"),
    path("handover/<uuid:case>/paper/", handover.paper, name="handover_paper"),
    path("handover/<uuid:case>/<str:name>/", handover.step, name="handover_step"),
]
