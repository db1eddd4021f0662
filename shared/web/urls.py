"""Addresses of signing in and out, the same on every site."""

from __future__ import annotations

from django.urls import URLPattern, path

from shared.web import signin

urlpatterns: list[URLPattern] = [
    path("login/", signin.sign_in_page, name="sign_in"),
    path("logout/", signin.sign_out_button, name="sign_out"),
]
