"""Addresses of cards, scans and visits, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import card_acts, cards, scan, visits

urlpatterns: list[URLPattern] = [
    path("cards/", cards.cards, name="cards"),
    path("cards/sheet/", cards.sheet, name="card_sheet"),
    path("cards/register/", cards.register, name="card_register"),
    path("cards/<uuid:card>/", cards.card, name="card"),
    path("cards/<uuid:card>/print/", cards.print_card, name="print_card"),
    path("cards/<uuid:card>/acts/<str:act>/", card_acts.act, name="card_act"),
    path("registrants/<uuid:registrant>/senior-card/", cards.senior_application, name="senior_application"),
    path("registrants/<uuid:registrant>/group-card/", cards.group_card, name="group_card"),
    path("scan/", scan.scan, name="scan"),
    path("scan/visits/", scan.scan, name="scan_visits"),
    path("scan/visits/<int:visit>/undo/", scan.undo, name="undo_visit"),
    path("visits/", visits.visits, name="visits"),
]
