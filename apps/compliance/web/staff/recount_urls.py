"""Address of the 棚卸 at the desk."""

from __future__ import annotations

from django.urls import path

from apps.compliance.web.staff import recount

urlpatterns = [path("recount/", recount.recount, name="recount")]
