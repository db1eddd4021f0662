"""Addresses about payments online at a desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.fees import online

urlpatterns: list[URLPattern] = [
    path("online/", online.online, name="online"),
    path("online/refunds/<uuid:refund>/", online.back, name="online_back"),
    path("online/payments/<uuid:session>/back/", online.unreceived, name="online_unreceived"),
    path("online/payments/<uuid:session>/clear/", online.clear, name="online_clear"),
    path("online/notices/<uuid:notice>/clear/", online.clear_stray, name="online_clear_stray"),
]
