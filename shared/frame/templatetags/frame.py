"""Filters and tags for every page: dates, times, yen, marks, badges, masked numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel import wareki as japanese
from shared.frame.languages import is_easy, is_english, tag_of
from shared.frame.marks import SIGNS, SLOT_WORDS, Mark

register = template.Library()

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PHONE = re.compile(r"(?P<first>\(\d+\)(?=.*\d\D*\d)|\d+(?=\D.*\d\D*\d)|)(?P<hidden>.*?)(?P<last>\d\D*\d\D*)", re.DOTALL)
"""A first group that ends before the rest begins, what is hidden, and the last two digits."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.filter
def wareki(value: date | datetime | None) -> str:
    """令和8年4月1日（水）; in English "Wed 1 Apr 2026", in やさしい日本語 2026年4月1日(水).

    An instant is taken in the current time zone; None is "".
    """
    if value is None:
        return ""
    day = _local(value).date() if isinstance(value, datetime) else value
    if _in_english():
        return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    if is_easy():
        return f"{day.year}年{day.month}月{day.day}日({japanese.WEEKDAYS[day.weekday()]})"
    return japanese.format_date(day, weekday=True)


@register.filter
def born(day: date | None) -> str:
    """A birth date, of which nobody asks the day of the week: 昭和23年4月1日; 1 Apr 1948, 1948年4月1日. None is ""."""
    if day is None:
        return ""
    if _in_english():
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日" if is_easy() else japanese.format_date(day)


@register.filter
def clock(value: time | datetime | None) -> str:
    """9:00, in やさしい日本語 午前9時. An instant is taken in the current time zone; None is ""."""
    if value is None:
        return ""
    moment = _local(value) if isinstance(value, datetime) else value
    return _easy_time(moment) if is_easy() else f"{moment.hour}:{moment:%M}"


@register.filter
def language_tag(code: str) -> str:
    """The language for a ``lang`` attribute."""
    return tag_of(code)


@register.filter
def yen(value: int | None) -> str:
    """1,500円; in English ¥1,500; None is ""."""
    if value is None:
        return ""
    return f"¥{value:,}" if _in_english() else f"{value:,}円"


@register.filter
def grouped(value: int | None) -> str:
    """12,000: a whole number with its thousands marked; None is ""."""
    return "" if value is None else f"{value:,}"


@register.filter
def masked_phone(value: str | None) -> str:
    """The number with all but its first group and last two digits hidden: 0476-••-••34."""
    found = PHONE.fullmatch(value or "")
    if found is None:
        return value or ""
    return found["first"] + re.sub(r"\d", "•", found["hidden"]) + found["last"]


@register.simple_tag
def mark(code: str, *, slot: bool = False) -> SafeString:
    """○ 空き: the sign for the eye, the word for everybody; ``slot`` takes the words for one slot instead of a day.

    Raises ValueError for a code that is no Mark.
    """
    return _mark(Mark(code), slot=slot, language=get_language())


@register.filter
def slot_word(code: str) -> str:
    """The mark's word where one slot is meant: 予約あり."""
    return str(SLOT_WORDS.get(Mark(code)) or SIGNS[Mark(code)].word)


@register.filter
def day_of_week(day: date) -> str:
    """水; in English "Wed"."""
    return WEEKDAYS[day.weekday()] if _in_english() else japanese.WEEKDAYS[day.weekday()]


@register.filter
def mark_word(code: str) -> str:
    """The mark's word alone, for an aria-label: 空き."""
    return str(SIGNS[Mark(code)].word)


@register.inclusion_tag("frame/_badge.html")
def badge(word: str, tone: str = "") -> dict[str, str]:
    """A state in words with its colour group: info, success, warning, danger, quiet or none."""
    return {"word": word, "tone": tone}


@register.inclusion_tag("frame/_bar.html")
def bar(percent: float, second: bool = False) -> dict[str, Any]:
    """A bar from 0 to 100 drawn by SVG attributes; the figure has to stand beside it as text."""
    width = min(100.0, max(0.0, float(percent)))
    return {"width": f"{width:.1f}", "second": second}


@register.inclusion_tag("frame/_legend.html")
def legend(*codes: str) -> dict[str, tuple[str, ...]]:
    """The marks in use with their words, as a list above a calendar."""
    return {"codes": codes or ("free", "some", "full", "outside", "closed")}


@register.simple_tag
def time_left(deadline: datetime, now: datetime) -> str:
    """12分30秒 from ``now`` to ``deadline``, as the page first shows it; the script counts on from there."""
    minutes, seconds = divmod(max(0, int((deadline - now).total_seconds())), 60)
    return _("{minutes}分{seconds}秒").format(minutes=minutes, seconds=f"{seconds:02d}")


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The page numbers to link: both ends and two around the present; None stands for a gap."""
    found = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in found]


@cache
def _mark(code: Mark, *, slot: bool, language: str | None) -> SafeString:
    """A month shows thirty of them: each is made once for each language."""
    sign = SIGNS[code]
    own_word = SLOT_WORDS.get(code) if slot else None
    return format_html(
        '<span class="mark mark--{}"><span class="mark__sign" aria-hidden="true">{}</span> '
        '<span class="mark__word" data-short="{}">{}</span></span>',
        sign.tone,
        sign.sign,
        own_word or sign.short,
        own_word or sign.word,
    )


def _in_english() -> bool:
    return is_english()


def _easy_time(moment: time | datetime) -> str:
    """午前9時, 午後1時30分, 昼の12時, 夜の12時: twelve hours, as やさしい日本語 tells them."""
    minutes = f"{moment.minute}分" if moment.minute else ""
    if moment.hour % 12 == 0:
        return f"{'昼《ひる》' if moment.hour else '夜《よる》'}の12時{minutes}"
    return f"{'午前' if moment.hour < 12 else '午後'}{moment.hour % 12}時{minutes}"


def _local(value: datetime) -> datetime:
    return localtime(value) if value.tzinfo else value
