"""Addresses of signing in and out, and of the postal codes, the same on every site."""

from __future__ import annotations

from django.urls import URLPattern, path

from shared.web import postal, printing, signin

urlpatterns: list[URLPattern] = [
    path("login/", signin.sign_in_page, name="sign_in"),
    path("logout/", signin.sign_out_button, name="sign_out"),
    path("postal/", postal.postal_address, name="postal"),
    path("printed/", printing.printed, name="printed"),
]
