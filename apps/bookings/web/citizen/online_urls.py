"""Addresses of paying online, a part of the portal's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.citizen import online

urlpatterns: list[URLPattern] = [
    path("places/<slug:tenant>/bookings/<uuid:booking>/pay/", online.pay, name="pay"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/payments/<uuid:session>/", online.payment, name="payment"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/receipts/<uuid:payment>/", online.receipt, name="receipt"),
    path("places/<slug:tenant>/payments/<slug:provider>/events/", online.events, name="payment_events"),
]
