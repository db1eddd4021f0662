"""Addresses of a facility's 使用者名簿."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import roster, roster_notices

urlpatterns = [
    path("roster/", roster.index, name="roster"),
    path("roster/new/", roster.new, name="roster_new"),
    path("roster/<uuid:submission>/", roster.submission, name="roster_submission"),
    path("roster/people/<uuid:account>/<slug:kind>/", roster_notices.notice, name="roster_notice"),
]
