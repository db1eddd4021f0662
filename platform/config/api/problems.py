"""What is wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import BadRequest
from rest_framework.response import Response
from rest_framework.views import exception_handler

from kernel.errors import DomainError
from shared.problems import problem_of

PROBLEM: Final = "application/problem+json"


def problem_details(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Domain errors, unreadable dates and the framework's own refusals, all as problem+json."""
    if isinstance(exception, DomainError):
        problem = problem_of(exception)
        body = {"title": problem.text, "status": problem.status, "code": problem.code, "field": problem.field}
        return Response({"type": "about:blank", **body}, status=problem.status, content_type=PROBLEM)
    if isinstance(exception, BadRequest):
        body = {"type": "about:blank", "title": str(exception), "status": 400, "code": "bad_request"}
        return Response(body, status=400, content_type=PROBLEM)
    told = exception_handler(exception, context)
    if told is None:
        return None
    detail = told.data.get("detail") if isinstance(told.data, dict) else None
    body = {
        "type": "about:blank",
        "title": str(detail or HTTPStatus(told.status_code).phrase),
        "status": told.status_code,
        "code": getattr(detail, "code", "invalid"),
    }
    headers = {name: value for name, value in told.headers.items() if name.lower() != "content-type"}
    return Response(body, status=told.status_code, headers=headers, content_type=PROBLEM)
