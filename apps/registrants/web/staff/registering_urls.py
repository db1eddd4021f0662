"""Addresses of registering people, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import change, contacts, inbox, register

urlpatterns: list[URLPattern] = [
    path("registrants/new/", register.register, name="register"),
    path("registrations/", inbox.inbox, name="registrations"),
    path("registrants/<uuid:registrant>/complete/", register.complete, name="complete"),
    path("registrants/<uuid:registrant>/change/", change.change, name="change"),
    path("registrants/<uuid:registrant>/contacts/<int:position>/", contacts.contact, name="contact"),
    path("registrants/<uuid:registrant>/contacts/change/", change.contacts, name="change_contacts"),
    path("registrants/<uuid:registrant>/approve/", inbox.approve, name="approve"),
    path("registrants/<uuid:registrant>/refuse/", inbox.refuse, name="refuse_registration"),
]
