"""How the conflicts of a series and the places in a line are worded."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from apps.bookings.rules.series import CLOSED, FREE, NO_SLOT, PAST, TAKEN
from kernel.clock import TOKYO
from shared.frame.languages import is_easy
from shared.frame.templatetags.frame import clock, wareki

register = template.Library()

CONFLICTS: Final = {
    FREE: _("空き"),
    CLOSED: _("休館"),
    TAKEN: _("予約あり"),
    NO_SLOT: _("時間帯なし"),
    PAST: _("過ぎた日"),
}


@register.filter
def conflict_word(conflict: str) -> str:
    """What stands against a day."""
    return str(CONFLICTS[conflict])


@register.filter
def last_minute(ends: dt.datetime) -> str:
    """The last minute in time, of the first instant that is too late."""
    last = (ends - dt.timedelta(minutes=1)).astimezone(TOKYO)
    return f"{wareki(last.date())} {clock(last.time()) if is_easy() else f'{last:%H:%M}'}"
