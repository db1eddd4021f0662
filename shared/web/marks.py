"""Who looks, and when (透かし): on every page of a staff site, and on every PDF that is made there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from kernel import clock
from kernel.clock import TOKYO
from shared.documents.renderer import marked
from shared.requests import SiteRequest, staff_of


def mark_of(request: SiteRequest) -> str:
    """The personal ID and the time, e.g. ``kakuu01　2026-05-01 10:00``; empty for who is not signed in as staff."""
    account = staff_of(request)
    return f"{account.login_id}　{clock.now().astimezone(TOKYO):%Y-%m-%d %H:%M}" if account else ""


class MarkMiddleware:
    """Marks every PDF of the request, whoever wrote the view."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        with marked(lambda: mark_of(request)):
            return self.get_response(request)
