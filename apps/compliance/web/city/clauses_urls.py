"""Addresses of the texts of law and agreement."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import clauses

urlpatterns: list[URLPattern] = [
    path("office/clauses/", clauses.clauses, name="clauses"),
    path("office/clauses/<slug:code>/", clauses.clause, name="clause"),
    path("office/clauses/<slug:code>/new/", clauses.new_version, name="clause_new"),
]
