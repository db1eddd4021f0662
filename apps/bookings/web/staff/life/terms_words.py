"""How the terms of a facility are worded on its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.bookings.models import MeasureKind, MeasureScope, PenaltyEvent
from apps.bookings.rules.deadlines import Cause, Deadline, RefundStep
from apps.bookings.rules.limits import Limit
from apps.bookings.rules.penalties import Exempt, PointRule, Threshold
from apps.bookings.rules.terms import Terms
from apps.bookings.web.staff.life.money_terms import LABELS as MONEY_LABELS
from apps.bookings.web.staff.life.money_terms import money_lines, word_of_money
from apps.bookings.web.staff.life.terms_forms import DEADLINES, LISTS, NUMBERS, LimitForm


def lines_of(terms: Terms) -> list[tuple[str, list[str]]]:
    """Label and words of everything that is set."""
    numbers = [(label_of(path), word_of(path, _value(terms, path))) for path in (n.replace("__", ".") for n in NUMBERS)]
    numbers += [(label_of(path), word_of(path, value)) for path, value in money_lines(terms)]
    named = [*DEADLINES, *LISTS]
    return [*numbers, *((label_of(name), word_of(name, getattr(terms, name))) for name in named)]


def label_of(path: str) -> str:
    """The heading of a number, a deadline or a list; of a deadline's parts that of the deadline."""
    group = path.split(".", maxsplit=1)[0]
    if path.replace(".", "__") in NUMBERS:
        return str(NUMBERS[path.replace(".", "__")][0])
    if path in MONEY_LABELS:
        return str(MONEY_LABELS[path])
    if path == "ceilings.same_time":
        return _("同じ時間に二つの予約をさせない")
    return str(DEADLINES.get(group) or LISTS[group][0])


def word_of(path: str, value: Any) -> list[str]:
    """A value in words, one a line; nothing set is －."""
    if isinstance(value, tuple):
        return [_told(one) for one in value] or ["－"]
    return [_told(word_of_money(path, value)) or "－"]


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    word = WORDS.get(type(value))
    return word(value) if word else str(value)


def _cause(one: Cause) -> str:
    return one.name if one.percent is None else f"{one.name} {one.percent}%"


def _refund(one: RefundStep) -> str:
    told = _("%(days)s日前まで %(percent)s%%") % {"days": one.days, "percent": one.percent}
    rooms = _("室場%(count)s件に限る") % {"count": len(one.rooms)} if one.rooms else ""
    more = "・".join(word for word in (rooms, one.article) if word)
    return f"{told}（{more}）" if more else told


def _point(one: PointRule) -> str:
    return _("%(event)s %(points)s点") % {"event": PenaltyEvent(one.event).label, "points": one.points}


def _threshold(one: Threshold) -> str:
    words = {"points": one.points, "months": one.months, "measure": MeasureKind(one.measure).label}
    told = _("%(months)sか月で%(points)s点から %(measure)s") % words
    return f"{told}（{MeasureScope(one.scope).label}）"


def _exempt(one: Exempt) -> str:
    return f"{one.first:%Y-%m-%d}〜{one.last:%Y-%m-%d} {one.reason}"


def _deadline(one: Deadline) -> str:
    at = f"{one.at:%H:%M}"
    if one.kind == "days":
        return _("利用日の%(days)s日前 %(at)sまで") % {"days": one.days, "at": at}
    if one.kind == "months":
        return _("%(months)sか月前の%(day)s日 %(at)sまで") % {"months": one.months, "day": one.day, "at": at}
    return _("利用の開始まで") if one.kind == "start" else _("できない")


def _limit(one: Limit) -> str:
    words = {name: _choice(name, getattr(one, name)) for name in ("scope", "period", "unit")}
    told = f"{words['scope']}・{words['period']} {one.most}{words['unit']}"
    more = [_choice(name, getattr(one, name)) for name in ("kind", "residence") if getattr(one, name) != "any"]
    return f"{told}（{'・'.join(more)}）" if more else told


def _choice(name: str, value: str) -> str:
    return str(dict(LimitForm.base_fields[name].choices)[value])  # type: ignore[attr-defined]  # a ChoiceField


def _value(terms: Terms, path: str) -> Any:
    group, name = path.split(".")
    return getattr(getattr(terms, group), name)


WORDS: Final[dict[type[Any], Callable[[Any], str]]] = {
    Deadline: _deadline,
    Limit: _limit,
    Cause: _cause,
    RefundStep: _refund,
    PointRule: _point,
    Threshold: _threshold,
    Exempt: _exempt,
}
