"""How much of a request is taken in, and from whom: a file only by a view that takes one, from who may send it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, UnreadablePostError

from shared.frame.views import too_long
from shared.requests import SiteRequest
from shared.web.guard import OVER, AnyView

ATTRIBUTE: Final = "takes_a_file"
TAKES_A_FILE: Final = "kashikan.takes_a_file"
"""Set in ``request.META`` once it is known that the request may bring a file."""
PIECE: Final = 64 * 1024
MOST_THROWN_AWAY: Final = 100 * 1024 * 1024
"""The longest file that an honest browser sends."""


def takes_a_file(view: AnyView) -> AnyView:
    """Mark a view whose form has a file. To all others a file does not come, and a long request is refused unread."""
    vars(view)[ATTRIBUTE] = True
    return view


class BodyMiddleware:
    """Stands behind those that know who is asking, and before the first that reads what was sent.

    The answer to a request that was not read closes the connection. Whose session has just ended is an exception: a
    browser that is still sending would not see the way to the sign-in page, so the rest is read and thrown away.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and getattr(request.session, "ended_why", "") in OVER:
            _throw_away(request)
        return response

    def process_view(
        self, request: SiteRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run; a 413 says that nothing so long is expected here."""
        if hasattr(view, ATTRIBUTE):
            request.META[TAKES_A_FILE] = True
            return None
        is_too_long = _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return too_long(request) if is_too_long else None


def _length(request: SiteRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0


def _throw_away(request: SiteRequest) -> None:
    left = min(_length(request), MOST_THROWN_AWAY)
    with suppress(UnreadablePostError):  # they have gone
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)
