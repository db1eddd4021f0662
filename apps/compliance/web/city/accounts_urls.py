"""Addresses of the city's own IDs."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import accounts

urlpatterns = [
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<uuid:account>/", accounts.account_page, name="account"),
    path("accounts/<uuid:account>/slip/", accounts.slip, name="account_slip"),
]
