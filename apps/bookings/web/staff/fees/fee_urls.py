"""Addresses about fees at a desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.fees import booking_fee, money, reduction_year, reductions, settings, tariffs

urlpatterns: list[URLPattern] = [
    path("bookings/<uuid:booking>/fee/", booking_fee.fee, name="fee"),
    path("bookings/<uuid:booking>/reduction/", reductions.ask, name="reduction_ask"),
    path("bookings/<uuid:booking>/reduction/evidence/", reductions.seen, name="reduction_seen"),
    path("bookings/<uuid:booking>/reduction/grant/", reductions.grant, name="reduction_grant"),
    path("bookings/<uuid:booking>/reduction/refuse/", reductions.refuse, name="reduction_refuse"),
    path("bookings/<uuid:booking>/reduction/notice/", reductions.notice, name="reduction_notice"),
    path("bookings/<uuid:booking>/payments/", money.payments, name="payments"),
    path("payments/<uuid:payment>/receipt/", money.receipt, name="receipt"),
    path("payments/<uuid:payment>/void/", money.void_receipt, name="void_receipt"),
    path("cash/", money.cash, name="cash"),
    path("reductions/", reductions.waiting, name="reductions"),
    path("reductions/year/", reduction_year.year, name="reduction_year"),
    path("reductions/year/sheet/", reduction_year.year_sheet, name="reduction_year_sheet"),
    path("fees/", settings.index, name="fee_tables"),
    path("fees/copy/", settings.copy, name="fee_copy"),
    path("fees/back/", settings.take_back, name="fee_take_back"),
    path("fees/rooms/<uuid:room>/", tariffs.tariff, name="tariff"),
    path("fees/<uuid:facility>/<str:kind>/", settings.table, name="fee_table"),
]
