"""Addresses of the desk's pages of documents."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.papers import options, prints, texts, verify

urlpatterns: list[URLPattern] = [
    path("settings/documents/", texts.index, name="papers"),
    path("settings/documents/options/<uuid:facility>/", options.options, name="paper_options"),
    path("settings/documents/<slug:document>/", texts.document, name="paper_document"),
    path("settings/documents/<slug:document>/preview/", texts.preview, name="paper_preview"),
    path("settings/documents/<slug:document>/<slug:part>/", texts.edit, name="paper_text"),
    path("settings/documents/<slug:document>/<slug:part>/check/", texts.checked, name="paper_check"),
    path("settings/documents/<slug:document>/<slug:part>/back/", texts.take_back, name="paper_back"),
    path("prints/", prints.prints, name="prints"),
    path("prints/<uuid:job>/", prints.job, name="print_job"),
    path("prints/<uuid:job>/file/", prints.fetch, name="print_file"),
    path("prints/<uuid:job>/call-off/", prints.call_off, name="print_call_off"),
    path("verify/", verify.verify, name="verify"),
    path("forms/<uuid:facility>/application/", verify.blank, name="blank_application"),
]
