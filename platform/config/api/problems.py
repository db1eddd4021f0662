"""What is wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import BadRequest
from rest_framework.response import Response
from rest_framework.views import exception_handler

from kernel.errors import DomainError
from shared.problems import problem_of

PROBLEM: Final = "application/problem+json"


def problem_details(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Domain errors and unreadable dates as problem+json; the rest as the framework tells them."""
    if isinstance(exception, DomainError):
        problem = problem_of(exception)
        body = {"title": problem.text, "status": problem.status, "code": problem.code, "field": problem.field}
        return Response({"type": "about:blank", **body}, status=problem.status, content_type=PROBLEM)
    if isinstance(exception, BadRequest):
        body = {"type": "about:blank", "title": str(exception), "status": 400, "code": "bad_request"}
        return Response(body, status=400, content_type=PROBLEM)
    return exception_handler(exception, context)
