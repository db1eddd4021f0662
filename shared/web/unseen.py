"""What a form sends is freed of characters that nobody sees, before any view reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict

from kernel.unseen import without_unseen
from shared.requests import SiteRequest


class UnseenMiddleware:
    """The one place where typed text is cleaned: reasons, notes and names alike, with a form of their own or without.

    Dropped and not refused, because nobody can correct what is not seen: a cell or a number that is copied from
    elsewhere brings such characters along. Stands behind those that decide whether what was sent is read at all.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: SiteRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run. What a machine sends, to a view without a form, is its own to read."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]  # immutable again
        return None


def _cleaned(sent: QueryDict) -> QueryDict:
    cleaned = sent.copy()
    for name, values in sent.lists():
        cleaned.setlist(name, [without_unseen(str(one)) for one in values])
    cleaned._mutable = False
    return cleaned
