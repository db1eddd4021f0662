"""Addresses of the city site: reading only. Nothing personal stands in an address but an opaque id."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from apps.compliance.web import office
from apps.compliance.web.city import (
    access_urls,
    accounts_urls,
    agreements_urls,
    bookings,
    clauses_urls,
    disposals_urls,
    duties_urls,
    exports_urls,
    facilities,
    foundings_urls,
    handover_urls,
    incident_urls,
    log_urls,
    monitoring_urls,
    month_reports,
    person_request_urls,
    public_use_urls,
    registrants,
    roster_urls,
    senior_cards,
    signin_urls,
    tenants_urls,
    usage,
)

app_name = "city"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", facilities.facilities, name="facilities"),
    path("tenants/<slug:schema>/", facilities.tenant, name="tenant"),
    path("office/", office.index, name="office"),
    path("office/rights/", office.rights, name="rights"),
    path("usage/", usage.usage, name="usage"),
    path("month-reports/", month_reports.month_reports, name="month_reports"),
    path("usage/csv/", usage.usage_csv, name="usage_csv"),
    path("bookings/", bookings.bookings, name="bookings"),
    path("senior-cards/", senior_cards.senior_cards, name="senior_cards"),
    path("senior-cards/terms/", senior_cards.terms, name="senior_terms"),
    path("senior-cards/inquiries/<uuid:inquiry>/answer/", senior_cards.answer, name="senior_answer"),
    path("senior-cards/inquiries/<uuid:inquiry>/", senior_cards.decision, name="senior_inquiry"),
    path("registrants/", registrants.search, name="registrants"),
    path("registrants/<slug:tenant>/<uuid:registrant>/", registrants.opened, name="registrant"),
    *exports_urls.urlpatterns,
    *handover_urls.urlpatterns,
    *clauses_urls.urlpatterns,
    *signin_urls.urlpatterns,
    *roster_urls.urlpatterns,
    *duties_urls.urlpatterns,
    *accounts_urls.urlpatterns,
    *agreements_urls.urlpatterns,
    *incident_urls.urlpatterns,
    *person_request_urls.urlpatterns,
    *monitoring_urls.urlpatterns,
    *public_use_urls.urlpatterns,
    path("office/", include(log_urls.urlpatterns)),
    *foundings_urls.urlpatterns,
    *tenants_urls.urlpatterns,
    *access_urls.urlpatterns,
    *disposals_urls.urlpatterns,
]
