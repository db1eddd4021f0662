"""Addresses of a desk's registers."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import registers

urlpatterns = [
    path("registers/", registers.index, name="registers"),
    path("registers/<slug:code>/", registers.register, name="register"),
    path("registers/<slug:code>/print/", registers.register_print, name="register_print"),
    path("registers/<slug:code>/new/", registers.add, name="register_add"),
    path("registers/<slug:code>/<uuid:entry>/correct/", registers.correct, name="register_correct"),
    path("registers/disposals/<uuid:entry>/certificate/", registers.certificate, name="certificate"),
]
