"""A rule that no view caught becomes a page with its sentence, never a stack trace."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest


class ProblemMiddleware:
    """Turns a ``DomainError`` into an error page, or problem+json below ``/api/``."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: SiteRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        problem = problem_of(exception)
        if request.path.startswith("/api/"):
            body = {"type": "about:blank", "title": problem.text, "status": problem.status, "code": problem.code}
            return JsonResponse(body, status=problem.status, content_type="application/problem+json")
        context = {"site": request.place.kind, "problem": problem}
        return render(request, "frame/errors/problem.html", context, status=problem.status)
