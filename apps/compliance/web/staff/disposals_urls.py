"""Addresses of 廃棄 at a desk."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import disposals

urlpatterns = [
    path("disposals/", disposals.index, name="disposals"),
    path("disposals/<uuid:disposal_id>/", disposals.detail, name="disposal"),
    path("disposals/<uuid:disposal_id>/withdraw/", disposals.withdraw, name="disposal_withdraw"),
    path("disposals/<uuid:disposal_id>/certificate/", disposals.certificate, name="disposal_certificate"),
]
