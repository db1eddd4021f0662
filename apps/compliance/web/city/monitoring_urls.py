"""Addresses of the monthly monitoring at the city."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import monitoring, monitoring_acts, monitoring_settings

MONTH = "monitoring/<slug:schema>/months/<slug:month>/"

urlpatterns: list[URLPattern] = [
    path("monitoring/", monitoring.board, name="monitoring"),
    path("monitoring/items/", monitoring_settings.items, name="monitoring_items"),
    path("monitoring/items/new/", monitoring_settings.new_item, name="monitoring_new_item"),
    path("monitoring/items/<slug:code>/", monitoring_settings.item, name="monitoring_item"),
    path("monitoring/mailboxes/", monitoring_settings.general_mailbox, name="monitoring_mailboxes"),
    path("monitoring/findings/<uuid:finding>/", monitoring_acts.decide, name="monitoring_decide"),
    path("monitoring/photos/<uuid:photo>/", monitoring.photo, name="monitoring_photo"),
    path("monitoring/photos/<uuid:photo>/remove/", monitoring.remove, name="monitoring_photo_remove"),
    path("monitoring/<slug:schema>/mailboxes/", monitoring_settings.mailboxes, name="monitoring_mailboxes_of"),
    path("monitoring/<slug:schema>/years/<slug:year>/", monitoring_settings.year, name="monitoring_year"),
    path(MONTH, monitoring.month, name="monitoring_month"),
    path(f"{MONTH}visit/", monitoring.visit, name="monitoring_visit"),
    path(f"{MONTH}photos/", monitoring.add, name="monitoring_photos"),
    path(f"{MONTH}sheet/", monitoring.sheet_paper, name="monitoring_sheet"),
    path(f"{MONTH}order/", monitoring.order_paper, name="monitoring_order"),
    path(f"{MONTH}order/<int:number>/", monitoring.order_again, name="monitoring_order_again"),
    path(f"{MONTH}return/", monitoring_acts.give_back, name="monitoring_return"),
    path(f"{MONTH}finding/", monitoring_acts.finding, name="monitoring_finding"),
    path(f"{MONTH}close/", monitoring_acts.close, name="monitoring_close"),
    path(f"{MONTH}reopen/", monitoring_acts.reopen, name="monitoring_reopen"),
    path(f"{MONTH}check/<slug:category>/", monitoring.section, name="monitoring_section"),
]
