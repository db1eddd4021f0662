"""Pages of the desk that may also stand beside the board: the same view, the same template, another frame around it."""

from __future__ import annotations

from typing import Final

from shared.requests import SiteRequest

TARGET: Final = "panel-body"
"""The element into which the board's script has a page put."""


def in_panel(request: SiteRequest) -> bool:
    """Whether the answer is put beside the board."""
    return bool(request.htmx) and request.htmx.target == TARGET


def layout(request: SiteRequest) -> dict[str, object]:
    """For the template's context: what it extends, and whether that is the panel."""
    beside = in_panel(request)
    return {"layout": "bookings/staff/board/_panel.html" if beside else "frame/desk.html", "panel": beside}
