"""What a mail says of a booking, as label and value, in the language of the mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.bookings.models import Became, BookingState, MeasureKind, MeasureScope
from apps.bookings.templatetags.bookings import year_and_month
from kernel.clock import TOKYO
from shared.frame.languages import is_easy
from shared.frame.templatetags.frame import clock, wareki
from shared.publicuse.models import Occasion

register = template.Library()


@register.simple_tag(takes_context=True)
def booking_facts(context: Context) -> list[tuple[str, str]]:
    """Pairs for ``frame/mail/_facts``, from the context of ``apps.bookings.mail``."""
    facts = [
        (_("受付番号"), context["number"]),
        (_("施設"), _named(context, "facility_name")),
        (_("室場"), _named(context, "room_name")),
        (_("利用日"), wareki(dt.date.fromisoformat(context["day"]))),
        (_("時間"), _hours(context)),
        (_("状態"), str(BookingState(context["state"]).label)),
        (_("理由"), context["reason"]),
        (_("期限"), _instant(context.get("until") or context.get("due") or "")),
        (_("納める額"), context.get("owed", "")),
        (_("納付期限"), _day(context.get("pay_by") or "")),
        (_("一緒に取り消された附属の室場"), " / ".join(_gone(one) for one in context.get("along") or [])),
    ]
    return [(label, value) for label, value in facts if value]


@register.simple_tag(takes_context=True)
def opening_facts(context: Context) -> list[tuple[str, str]]:
    """Of which room the reception has opened, and for which month of use."""
    return [
        (_("施設"), _named(context, "facility_name")),
        (_("室場"), _named(context, "room_name")),
        (_("利用月"), year_and_month(dt.date.fromisoformat(context["month"]))),
    ]


@register.simple_tag(takes_context=True)
def series_facts(context: Context) -> list[tuple[str, str]]:
    """Of each booking of a series: its day, and hours, room and number."""
    return [(wareki(dt.date.fromisoformat(one["day"])), _line(one)) for one in context["lines"]]


@register.simple_tag(takes_context=True)
def measure_facts(context: Context) -> list[tuple[str, str]]:
    """What was decided about somebody, from when until when, and why."""
    facts = [
        (_("施設"), _named(context, "facility_name")),
        (_("措置"), str(MeasureKind(context["kind"]).label)),
        (_("範囲"), str(MeasureScope(context["scope"]).label) if "scope" in context else ""),
        (_("初日"), _day(context["first"])),
        (_("最終日"), _day(context["last"])),
        (_("理由"), context["reason"]),
    ]
    return [(label, value) for label, value in facts if value]


@register.simple_tag(takes_context=True)
def displacement_occasion(context: Context) -> str:
    """What the rooms are needed for (投票所 …), as it was said or as the list has it."""
    return str(context["detail"] or Occasion(context["occasion"]).label)


@register.simple_tag(takes_context=True)
def displacement_facts(context: Context) -> list[tuple[str, str]]:
    """Of each booking that a public use hits: when and where it was, and what became of it."""
    return [
        (fact, value)
        for one in context["lines"]
        for fact, value in (
            (wareki(dt.date.fromisoformat(one["day"])), _line(one)),
            (_("措置"), _became(one)),
            (_("代わりの候補"), " / ".join(_at(other) for other in one["others"])),
        )
        if value
    ]


def _gone(one: dict[str, str]) -> str:
    """An annex that went with the booking: its room, its number, and how it ended."""
    room = one["room_en"] if _is_english() and one["room_en"] else one["room"]
    return f"{room} {one['number']} {BookingState(one['state']).label}"


def _became(one: dict[str, Any]) -> str:
    if one["became"] == Became.MOVED:
        return _("変更しました：{place}").format(place=_at(one["to"]))
    if one["became"] == Became.LET_GO:
        return _("仮押えを解除しました")
    return _("取り消しました")


def _at(place: dict[str, str]) -> str:
    room = place["room_en"] if _is_english() and place["room_en"] else place["room"]
    return f"{wareki(dt.date.fromisoformat(place['day']))} {place['hours']} {room}"


def _line(one: dict[str, str]) -> str:
    room = one["room_en"] if _is_english() and one["room_en"] else one["room"]
    return f"{one['hours']} {room} {one['number']}"


def _day(day: str) -> str:
    return wareki(dt.date.fromisoformat(day)) if day else ""


def _instant(instant: str) -> str:
    """The day and the minute; midnight is the end of the day before."""
    if not instant:
        return ""
    local = dt.datetime.fromisoformat(instant).astimezone(TOKYO)
    if (local.hour, local.minute) == (0, 0):
        return f"{wareki(local.date() - dt.timedelta(days=1))} {'夜《よる》の12時' if is_easy() else '24:00'}"
    return f"{wareki(local.date())} {clock(local.time()) if is_easy() else f'{local:%H:%M}'}"


def _named(context: Context, key: str) -> str:
    """The English name where there is one and the mail is in English."""
    english: str = context[f"{key}_en"] if _is_english() else ""
    return english or str(context[key])


def _hours(context: Context) -> str:
    """9:00–12:00; in Japanese with the labels of the slots, which have no other language."""
    if is_easy():
        starts, ends = (dt.time(int(text[:2]) % 24, int(text[3:])) for text in (context["starts"], context["ends"]))
        return f"{clock(starts)}から{clock(ends)}まで"
    hours = f"{context['starts'].removeprefix('0')}–{context['ends'].removeprefix('0')}"
    return hours if _is_english() else f"{hours}（{'・'.join(context['slots'])}）"


def _is_english() -> bool:
    return get_language() == "en"
