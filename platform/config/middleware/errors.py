"""Every request has a number: an unexpected error shows it, and the log can find it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars


class ErrorNumberMiddleware:
    """Gives ``request.number``, writes it into every log line and into the response's header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]  # see shared.requests
        with bound_contextvars(request=request.number):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        return response
