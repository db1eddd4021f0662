"""Addresses of somebody's own account, the same at a desk and at the city."""

from __future__ import annotations

from django.urls import URLPattern, path

from shared.staff.web import account, arriving, passkey_alone, passkeys, second_factor

app_name = "own"

urlpatterns: list[URLPattern] = [
    path("", account.account, name="account"),
    path("password/", account.password, name="password"),
    path("everywhere/", account.everywhere, name="everywhere"),
    path("stay/", account.stay, name="stay"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("recovery-codes/", second_factor.codes, name="codes"),
    path("passkeys/", passkeys.passkeys, name="passkeys"),
    path("passkeys/new/", passkeys.add, name="add_passkey"),
    path("passkeys/<uuid:passkey>/", passkeys.remove, name="remove_passkey"),
    path("passkey/begin/", passkey_alone.begin_passkey, name="begin_passkey"),
    path("passkey/enter/", passkey_alone.enter_by_passkey, name="enter_by_passkey"),
    path("prove/", arriving.prove, name="prove"),
]
