"""Addresses of 廃棄 and 保存期間 at the city."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import disposals, periods

urlpatterns = [
    path("disposals/", disposals.index, name="disposals"),
    path("disposals/new/", disposals.ask, name="disposal_ask"),
    path("disposals/<uuid:disposal_id>/", disposals.detail, name="disposal"),
    path("disposals/<uuid:disposal_id>/withdraw/", disposals.withdraw, name="disposal_withdraw"),
    path("disposals/<uuid:disposal_id>/certificate/", disposals.certificate, name="disposal_certificate"),
    path("periods/", periods.index, name="periods"),
    path("periods/new/", periods.add, name="period_new"),
]
