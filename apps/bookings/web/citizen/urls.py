"""Addresses of the portal. Those below ``places/<tenant>/`` run in that tenant's schema (``tenants.site``)."""

from __future__ import annotations

from django.urls import path

from apps.bookings.web.citizen import (
    apply,
    bookings,
    calendar,
    equipment,
    facilities,
    hold,
    money,
    online_urls,
    papers,
    portal_urls,
    rooms,
    waits,
)

app_name = "citizen"

urlpatterns = [
    *portal_urls.urlpatterns,  # first: a room's next/ is no day
    path("", facilities.home, name="home"),
    path("search/", facilities.search, name="search"),
    path("facilities/<uuid:facility>/", facilities.place, name="place"),
    path("facilities/<slug:slug>/", facilities.facility, name="facility"),
    path("places/<slug:tenant>/rooms/<uuid:room>/", rooms.month, name="room"),
    path("places/<slug:tenant>/rooms/<uuid:room>/<str:day>/", rooms.day, name="day"),
    path("places/<slug:tenant>/rooms/<uuid:room>/<str:day>/hold/", hold.hold, name="hold"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/apply/", apply.apply, name="apply"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/", bookings.detail, name="booking"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/cancel/", bookings.cancel, name="cancel"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/payment-notice/", money.payment_notice, name="payment_notice"),
    path("bookings/", bookings.own, name="bookings"),
    path("bookings/calendar/", calendar.settings, name="calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/equipment/", equipment.equipment, name="equipment"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/change/", bookings.change, name="change"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/change/withdraw/", bookings.withdraw, name="withdraw_change"),
    path("places/<slug:tenant>/rooms/<uuid:room>/<str:day>/wait/", waits.join, name="wait"),
    path("verify/", papers.verify, name="verify"),
    path("places/<slug:tenant>/forms/<uuid:facility>/application/", papers.blank, name="blank_application"),
    path("places/<slug:tenant>/bookings/<uuid:booking>/forms/<str:form>/", papers.own_form, name="own_form"),
    path("places/<slug:tenant>/waits/", waits.waits, name="waits"),
    path("places/<slug:tenant>/waits/<uuid:wait>/leave/", waits.leave, name="leave_wait"),
    *online_urls.urlpatterns,
]
