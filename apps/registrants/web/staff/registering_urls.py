"""Addresses of registering people and of its settings, a part of the desk's."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.staff import change, contacts, inbox, register, reveal, settings

urlpatterns: list[URLPattern] = [
    path("registrants/new/", register.register, name="register"),
    path("registrations/", inbox.inbox, name="registrations"),
    path("registrants/<uuid:registrant>/complete/", register.complete, name="complete"),
    path("registrants/<uuid:registrant>/change/", change.change, name="change"),
    path("registrants/<uuid:registrant>/contacts/<int:position>/", contacts.contact, name="contact"),
    path("registrants/<uuid:registrant>/reveal/<slug:field>/", reveal.reveal, name="reveal"),
    path("registrants/<uuid:registrant>/members/<int:position>/reveal/", reveal.reveal_member, name="reveal_member"),
    path("registrants/<uuid:registrant>/contacts/change/", change.contacts, name="change_contacts"),
    path("registrants/<uuid:registrant>/approve/", inbox.approve, name="approve"),
    path("registrants/<uuid:registrant>/refuse/", inbox.refuse, name="refuse_registration"),
    path("settings/items/", settings.items, name="items"),
    path("settings/items/<slug:code>/", settings.item, name="item"),
    path("settings/registration/", settings.registration_policies, name="policies"),
    path("settings/registration/new/", settings.new_policy, name="new_policy"),
    path("settings/registration/withdraw/", settings.withdraw, name="withdraw_policy"),
]
