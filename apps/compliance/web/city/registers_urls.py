"""Addresses of the registers at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import registers

urlpatterns = [
    path("registers/", registers.registers, name="registers"),
    path("registers/<slug:code>/", registers.register, name="register"),
    path("registers/<slug:code>/print/", registers.register_print, name="register_print"),
]
