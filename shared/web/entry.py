"""Whoever has signed in at a staff site and has still a step to do is sent there from every other page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from shared.requests import SiteRequest, staff_of
from shared.staff.rights import Right
from shared.staff.steps import next_step
from shared.web.guard import AnyView, named_of

ENTERED: Final = "entered"
"""Key of the session that says that all steps were done in it. They are asked again after the next sign-in."""
ATTRIBUTE: Final = "belongs_to_entry"
BESIDE: Final = "beside_step"


def part_of_entry(view: AnyView) -> AnyView:
    """Mark a view that is open while steps are to be done, beside the steps' own pages: what such a page loads."""
    vars(view)[ATTRIBUTE] = True
    return view


def beside_step(step: str) -> Callable[[AnyView], AnyView]:
    """Mark a view that is open while ``step`` is the one to be done: another way to do it."""

    def decorate(view: AnyView) -> AnyView:
        vars(view)[BESIDE] = step
        return view

    return decorate


class EntryMiddleware:
    """Leads to the step that is to be done, from every page but the steps' own and those that are open to anybody."""

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: SiteRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run."""
        named = named_of(view)
        if named is None or named.right == Right.OPEN or hasattr(view, ATTRIBUTE):
            return None
        account = staff_of(request)
        if account is None or request.session.get(ENTERED):
            return None
        step = next_step(account)
        if not step:
            request.session[ENTERED] = True
            return None
        match = request.resolver_match
        is_there = match is not None and step in {match.view_name, vars(view).get(BESIDE)}
        return None if is_there else _led_to(request, reverse(step))


def _led_to(request: SiteRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)
