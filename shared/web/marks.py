"""Who looks, and when (透かし): on every page of a staff site, and on every PDF that staff make."""

from __future__ import annotations

from kernel import clock
from kernel.clock import TOKYO
from shared.requests import SiteRequest, staff_of


def mark_of(request: SiteRequest) -> str:
    """The personal ID and the time, e.g. ``kakuu01  2026-05-01 10:00``; empty for who is not signed in as staff."""
    account = staff_of(request)
    return f"{account.login_id}　{clock.now().astimezone(TOKYO):%Y-%m-%d %H:%M}" if account else ""
