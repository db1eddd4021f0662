"""Addresses of a facility's desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff import (
    acts,
    board_urls,
    booking,
    counter,
    documents,
    inbox,
    past_use,
    registrant,
    settings_urls,
    use_urls,
)
from apps.bookings.web.staff.displacement import displacement_urls
from apps.bookings.web.staff.fees import fee_urls, online_urls, refund_urls
from apps.bookings.web.staff.life.life_urls import urlpatterns as booking_life
from apps.bookings.web.staff.papers import paper_urls
from apps.registrants.web.staff import group_urls, life_urls, registering_urls, search
from apps.registrants.web.staff.card_urls import urlpatterns as card_patterns
from apps.registrants.web.staff.portal_urls import urlpatterns as portal
from apps.registrants.web.staff.senior_urls import urlpatterns as senior

app_name = "desk"

urlpatterns: list[URLPattern] = [
    *board_urls.urlpatterns,
    path("inbox/", inbox.inbox, name="inbox"),
    path("bookings/new/", counter.counter, name="counter"),
    path("bookings/<uuid:booking>/", booking.detail, name="booking"),
    path("bookings/<uuid:booking>/permit/", acts.permit, name="permit"),
    path("bookings/<uuid:booking>/refuse/", acts.refuse, name="refuse"),
    path("bookings/<uuid:booking>/cancel/", acts.cancel, name="cancel"),
    path("bookings/<uuid:booking>/notes/", acts.note, name="note"),
    path("bookings/<uuid:booking>/documents/<str:form>/", documents.document, name="document"),
    path("registrants/", search.search, name="registrants"),
    path("registrants/<uuid:registrant>/", registrant.detail, name="registrant"),
    path(
        "registrants/<uuid:registrant>/papers/<int:act>/",
        registrant.registration_paper,
        name="registration_paper",
    ),
    *card_patterns,
    path("registrants/<uuid:registrant>/past-use/", past_use.past_use, name="past_use"),
    path("past-use/<uuid:use>/settle/", past_use.settle, name="settle_past"),
    *use_urls.urlpatterns,
    *life_urls.urlpatterns,
    *group_urls.urlpatterns,
    *registering_urls.urlpatterns,
    *settings_urls.urlpatterns,
    *portal,
    *senior,
    *booking_life,
    *fee_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *refund_urls.urlpatterns,
    *online_urls.urlpatterns,
    *displacement_urls.urlpatterns,
]
