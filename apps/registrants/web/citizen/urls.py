"""Addresses of a citizen's account. Those below ``places/<tenant>/`` run in that tenant's schema (``tenants.site``)."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.registrants.web.citizen import account, provisional, registrations, requests, resetting, signing_up

app_name = "my"

urlpatterns: list[URLPattern] = [
    path("account/", account.account, name="account"),
    path("account/new/", signing_up.sign_up, name="sign_up"),
    path("account/new/<str:link>/", signing_up.confirm, name="confirm"),
    path("account/sent/", signing_up.mail_sent, name="mail_sent"),
    path("account/reset/", resetting.reset, name="reset"),
    path("account/reset/slip/", resetting.by_slip, name="reset_by_slip"),
    path("account/reset/<str:link>/", resetting.by_link, name="reset_by_link"),
    path("account/password/", account.password, name="password"),
    path("account/address/", account.address, name="address"),
    path("account/address/<str:link>/", account.address_confirmed, name="address_confirmed"),
    path("account/end/", account.end, name="end"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/link/", registrations.choose, {"purpose": "link"}, name="choose_link"),
    path("registrations/new/", registrations.choose, {"purpose": "new"}, name="choose_new"),
    path("places/<slug:tenant>/registrations/new/", provisional.new, name="new"),
    path("places/<slug:tenant>/registrations/link/", registrations.link_registration, name="link"),
    path("places/<slug:tenant>/registrations/<uuid:registrant>/", registrations.detail, name="registration"),
    path("places/<slug:tenant>/registrations/<uuid:registrant>/correct/", requests.correct, name="correct"),
    path("places/<slug:tenant>/registrations/<uuid:registrant>/withdraw/", requests.withdraw, name="withdraw"),
    path(
        "places/<slug:tenant>/registrations/<uuid:registrant>/unlink/",
        registrations.unlink_registration,
        name="unlink",
    ),
]
