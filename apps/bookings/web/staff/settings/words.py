"""How the settings' pages word windows, closings and timetables."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.bookings.models import ClosingShift, EdgeShift
from apps.bookings.rules.listing import Closing, Edge, Slot
from apps.bookings.rules.window import Receipt
from apps.bookings.web.staff.settings.fields import ORDINALS, WEEKDAYS

ORDINAL = dict(ORDINALS)
WEEKDAY = dict(WEEKDAYS)


def moment(at: dt.datetime) -> str:
    """2026-12-17 9:00, with the weekday."""
    return f"{at:%Y-%m-%d}（{WEEKDAY[at.isoweekday()]}）{at.hour}:{at.minute:02}"


def edge_text(edge: Edge) -> str:
    """利用する月の2か月前の17日 9:00."""
    values = {"months": edge.months, "days": edge.days, "at": f"{edge.at.hour}:{edge.at.minute:02}"}
    if edge.kind == "days":
        text = _("利用日の%(days)s日前 %(at)s") % values
    elif edge.kind == "month_day":
        text = _("利用する月の%(months)sか月前の%(days)s日 %(at)s") % values
    elif edge.days:
        text = _("利用日の%(months)sか月%(days)s日前 %(at)s") % values
    else:
        text = _("利用日の%(months)sか月前の同じ日 %(at)s") % values
    if edge.shift == "none":
        return text
    return _("%(text)s（休みなら%(shift)s）") % {"text": text, "shift": EdgeShift(edge.shift).label}


def receipt_text(receipt: Receipt | None) -> str:
    """From when to when; the last minute that is received."""
    if receipt is None:
        return _("受け付けない")
    last = receipt.closes_at - dt.timedelta(minutes=1)
    return _("%(opens)sから%(closes)sまで") % {"opens": moment(receipt.opens_at), "closes": moment(last)}


def closing_text(closing: Closing) -> str:
    """第1・第3 月曜; 12-29〜01-03; 祝日, with its shift."""
    text = _pattern(closing)
    if closing.shift == "stay":
        return text
    return _("%(text)s（祝日のときは%(shift)s）") % {"text": text, "shift": ClosingShift(closing.shift).label}


def slots_text(slots: tuple[Slot, ...]) -> str:
    """午前 9:00〜12:00、午後 …; many: the first, the last and how many."""
    told = [f"{one.label} {one.starts:%H:%M}〜{one.ends:%H:%M}" for one in slots]
    if len(told) <= 6:
        return "、".join(told)
    return _("%(first)s … %(last)s（%(count)sコマ）") % {"first": told[0], "last": told[-1], "count": len(told)}


def recurrence_text(weekdays: list[int], ordinals: list[int]) -> str:
    """第1・最終 月・水."""
    days = "・".join(str(WEEKDAY[one]) for one in weekdays)
    which = "・".join(str(ORDINAL[one]) for one in ordinals)
    return f"{which} {days}".strip() if days else _("毎日")


def _pattern(closing: Closing) -> str:
    if closing.kind == "weekly":
        which = "・".join(str(ORDINAL[one]) for one in closing.ordinals) or _("毎週")
        return _("%(which)s %(weekday)s曜日") % {"which": which, "weekday": WEEKDAY[closing.weekday or 1]}
    if closing.kind == "monthly":
        days = "・".join(_("末日") if one < 0 else _("%(day)s日") % {"day": one} for one in closing.days)
        return _("毎月 %(days)s") % {"days": days}
    if closing.kind == "holiday":
        return pgettext("休館日", "祝日")
    if closing.kind == "yearly":
        return _("毎年 %(first)sから%(last)sまで") % {"first": closing.first, "last": closing.last}
    return _("期間中の毎日")
