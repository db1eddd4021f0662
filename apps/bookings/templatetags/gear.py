"""How a week of hours reads: days with the same hours together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.bookings.web.staff.settings.fields import WEEKDAYS

register = template.Library()


@register.simple_tag
def week(hours: Sequence[str]) -> SafeString:
    """月〜金　9:00〜21:00, a line for each run of days with the same hours."""
    runs = [(text, [str(word) for _text, word in run]) for text, run in groupby(_days(hours), key=lambda one: one[0])]
    lines = [(f"{days[0]}〜{days[-1]}" if len(days) > 1 else days[0], text or _("休み")) for text, days in runs]
    if len(lines) == 1:
        return format_html("{}", lines[0][1])
    return format_html_join(SafeString("<br>"), "{}　{}", lines)


def _days(hours: Sequence[str]) -> list[tuple[str, object]]:
    return [(text, word) for text, (_number, word) in zip(hours, WEEKDAYS, strict=True)]
