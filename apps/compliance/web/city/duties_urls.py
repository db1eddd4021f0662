"""Addresses of the city's registers of pledges, trainings and recounts."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.city import duties, recounts

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("recounts/", recounts.recounts, name="recounts"),
    path("ids/findings/", recounts.findings, name="id_findings"),
]
