"""Addresses of somebody's own account, the same at a desk and at the city."""

from __future__ import annotations

from django.urls import URLPattern, path

from shared.staff.web import account

app_name = "own"

urlpatterns: list[URLPattern] = [
    path("", account.account, name="account"),
    path("password/", account.password, name="password"),
]
