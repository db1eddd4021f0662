"""Every request has a number: an unexpected error shows it, and the log can find it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpResponse
from structlog.contextvars import bound_contextvars

from shared.requests import SiteRequest


class ErrorNumberMiddleware:
    """Gives ``request.number``, writes it into every log line and into the response's header."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)
        with bound_contextvars(request=request.number):
            response = self.get_response(request)
        response["X-Request-Number"] = request.number
        return response
