"""A page whose act came too late: somebody else was quicker, or the button was pressed twice."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest


def too_late(
    request: SiteRequest, error: DomainError, *, heading: str | Promise, back: tuple[str, str], typed: str = ""
) -> HttpResponse:
    """Say what is in the way, that nothing was written, and what was ``typed``; ``back``: address and words."""
    problem = problem_of(error)
    context = {"heading": heading, "problem": problem.text, "typed": typed, "url": back[0], "action": back[1]}
    return render(request, "registrants/staff/too_late.html", context, status=problem.status)
