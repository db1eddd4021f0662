"""Addresses of the policies of signing in, of second factors and of what was noticed."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import sign_in_locks, signin

urlpatterns: list[URLPattern] = [
    path("office/sign-in/", signin.policies, name="sign_in_policies"),
    path("office/sign-in/<slug:place>/", signin.policy, name="sign_in_policy"),
    path("office/second-factors/", signin.second_factors, name="second_factors"),
    path("office/second-factors/<slug:place>/<uuid:account>/", signin.reset, name="reset_second_factor"),
    path("office/sign-in-locks/", sign_in_locks.sign_in_locks, name="sign_in_locks"),
    path("office/sign-in-locks/<slug:place>/<int:pair>/", sign_in_locks.clear, name="clear_sign_in_lock"),
    path("office/sign-in-signs/", signin.signs, name="sign_in_signs"),
]
