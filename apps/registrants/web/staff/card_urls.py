"""Addresses of cards, scans and visits, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import card_acts, card_prints, cards, due_cards, scan, visits

urlpatterns: list[URLPattern] = [
    path("cards/", cards.cards, name="cards"),
    path("cards/sheet/", cards.sheet, name="card_sheet"),
    path("cards/register/", cards.register, name="card_register"),
    path("cards/due/", due_cards.due, name="cards_due"),
    path("cards/form/", cards.blank_form, name="blank_senior_form"),
    path("cards/prints/<uuid:job>/", card_prints.job, name="card_print_job"),
    path("cards/prints/<uuid:job>/file/", card_prints.fetch, name="card_print_file"),
    path("cards/prints/<uuid:job>/call-off/", card_prints.call_off, name="card_print_call_off"),
    path("cards/<uuid:card>/", cards.card, name="card"),
    path("cards/<uuid:card>/print/", cards.print_card, name="print_card"),
    path("cards/<uuid:card>/acts/<str:act>/", card_acts.act, name="card_act"),
    path("cards/<uuid:card>/prints/<int:branch>/return/", card_acts.return_print, name="return_print"),
    path("registrants/<uuid:registrant>/senior-card/", cards.senior_application, name="senior_application"),
    path("registrants/<uuid:registrant>/senior-form/", cards.senior_form, name="senior_form"),
    path("registrants/<uuid:registrant>/group-card/", cards.group_card, name="group_card"),
    path("scan/", scan.scan, name="scan"),
    path("scan/frame/", scan.frame, name="scan_frame"),
    path("scan/visits/", scan.scan, name="scan_visits"),
    path("scan/visits/count/", scan.count, name="count_visit"),
    path("scan/visits/<int:visit>/undo/", scan.undo, name="undo_visit"),
    path("visits/", visits.visits, name="visits"),
]
