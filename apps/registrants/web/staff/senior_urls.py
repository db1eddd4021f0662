"""Addresses of the duplicate check and of 照会票, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import duplicates, inquiries

urlpatterns: list[URLPattern] = [
    path("cards/<uuid:card>/duplicates/", duplicates.check, name="duplicates"),
    path("cards/<uuid:card>/duplicates/<uuid:ticket>/", duplicates.found, name="duplicates_found"),
    path("cards/<uuid:card>/duplicates/hits/<uuid:hit>/inquire/", duplicates.inquire, name="inquire"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/sent/<uuid:inquiry>/", inquiries.inquiry, name="inquiry"),
    path("inquiries/received/<uuid:inquiry>/", inquiries.answer, name="answer_inquiry"),
]
