"""How figures, terms and registrants are told on the city's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from apps.bookings.models import Channel
from apps.bookings.rules.figures import Figures
from apps.bookings.templatetags.bookings import percent
from apps.compliance.rules.terms import Standing
from apps.compliance.texts import LookupPurpose
from apps.registrants.models import RegistrantKind
from kernel.wareki import format_date

register = template.Library()

STANDINGS = {
    Standing.COMING: (gettext_lazy("予定"), "info"),
    Standing.CURRENT: (gettext_lazy("現在"), "success"),
    Standing.PAST: (gettext_lazy("終了"), "quiet"),
}


register.filter("percent", percent)


@register.filter
def count_of(figures: Figures, state: str) -> int:
    """How many applications are in ``state``."""
    return figures.states.get(state, 0)


@register.filter
def day(value: dt.date | None) -> str:
    """令和8年4月1日, without its weekday; in English "1 Apr 2026"; None is ""."""
    if value is None:
        return ""
    return f"{value.day} {value:%b %Y}" if _in_english() else format_date(value)


@register.filter
def days_left(number: int) -> str:
    """あと30日, or that it is today."""
    told = ngettext("あと{number}日", "あと{number}日", number)
    return told.format(number=number) if number else _("本日まで")


@register.inclusion_tag("frame/_badge.html")
def standing_badge(standing: Standing) -> dict[str, str]:
    """Whether an assignment is to come, runs, or is over."""
    word, tone = STANDINGS[standing]
    return {"word": str(word), "tone": tone}


@register.filter
def birth_year(year: int) -> str:
    """1950年; in English 1950."""
    return str(year) if _in_english() else f"{year}年"


@register.filter
def registrant_kind(kind: str) -> str:
    """個人 or 団体."""
    return str(RegistrantKind(kind).label)


@register.filter
def channel_word(channel: str) -> str:
    """Where a booking came in."""
    return str(Channel(channel).label)


@register.filter
def purpose_word(code: str) -> str:
    """A purpose of a look at personal data."""
    return str(LookupPurpose(code).label)


@register.filter
def of_key(values: Mapping[Any, Any], key: object) -> Any:
    """What ``values`` holds for ``key``, or ""."""
    return values.get(key, "")


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
