"""Addresses of the audit's pages at a desk."""

from __future__ import annotations

from apps.compliance.web.log_sites import pages
from shared.staff.rights import Right

urlpatterns = pages(Right.LOGS_SEE)
