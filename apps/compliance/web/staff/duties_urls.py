"""Addresses of pledges and trainings at the desk."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import duties

urlpatterns = [
    path("pledge/", duties.pledge_page, name="pledge"),
    path("training/", duties.training_read, name="training_read"),
    path("duties/", duties.register, name="duties"),
    path("duties/session/", duties.session, name="training_session"),
]
