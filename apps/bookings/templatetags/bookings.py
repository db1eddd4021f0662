"""How bookings, rooms and months are named on pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import BookingState
from apps.bookings.rules.figures import Figures
from kernel.wareki import format_date
from shared.frame.languages import is_easy
from shared.frame.templatetags.frame import bar

register = template.Library()
NOTHING: Final = "－"

TONES = {
    BookingState.HOLD: "info",
    BookingState.UNDER_REVIEW: "warning",
    BookingState.PERMITTED: "success",
    BookingState.REFUSED: "danger",
    BookingState.CANCELLED: "quiet",
    BookingState.TENTATIVE: "warning",
    BookingState.DEFERRED: "warning",
    BookingState.USED: "success",
    BookingState.NO_SHOW: "danger",
    BookingState.CALLED_OFF: "quiet",
    BookingState.REVOKED: "danger",
    BookingState.EXPIRED: "quiet",
}
DIFFERENCES: Final = {
    "time": _("同じ日のほかの時間"),
    "day": _("ほかの日"),
    "area": _("ほかの地域"),
    "people": _("定員が少ない室場"),
    "word": _("ほかの施設"),
}
"""By ``queries.nearest``."""


@register.simple_tag
def named(thing: Any) -> str:
    """The name of a facility, room or purpose in the language of the request."""
    return in_language(thing.name, thing.name_en)


@register.simple_tag
def facility_of(offer: Any) -> str:
    """The name of an offer's facility in the language of the request."""
    return in_language(offer.facility_name, offer.facility_name_en)


@register.simple_tag
def in_language(name: str, name_en: str) -> str:
    """``name_en`` on an English page if there is one, else ``name``."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


@register.simple_tag
def difference(differs: str) -> str:
    """In what a room that is nearest to a search differs from it."""
    return str(DIFFERENCES[differs])


@register.inclusion_tag("frame/_badge.html")
def state_badge(state: str) -> dict[str, str]:
    """The state of a booking in words, with its colour group."""
    known = BookingState(state)
    return {"word": str(known.label), "tone": TONES[known]}


@register.filter
def year_and_month(month: dt.date) -> str:
    """令和8年5月（2026年）; in English "May 2026", in やさしい日本語 2026年5月."""
    if (get_language() or "").startswith("en"):
        return f"{month:%B %Y}"
    if is_easy():
        return f"{month.year}年{month.month}月"
    return f"{format_date(month.replace(day=1)).removesuffix('1日')}（{month.year}年）"


@register.filter
def percent(value: Decimal | None) -> str:
    """74.2％; in English 74.2%; － where there is nothing to divide by."""
    if value is None:
        return NOTHING
    return f"{value}%" if (get_language() or "").startswith("en") else f"{value}％"


@register.filter
def people_of(figures: Figures, code: str) -> int:
    """How many persons of the category ``code`` came."""
    return figures.counts.get(code, 0)


@register.inclusion_tag("frame/_bar.html")
def share(part: int, whole: int, second: bool = False) -> dict[str, Any]:
    """A bar as long as ``part`` is of ``whole``; the figure has to stand beside it as text."""
    return bar(100 * part / whole if whole else 0, second)
