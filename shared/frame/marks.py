"""The marks of a vacancy calendar, each with its words (rules 3.1): never a sign or a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mark(StrEnum):
    """Status codes that a day or a slot may carry."""

    FREE = "free"
    SOME = "some"
    FULL = "full"
    OUTSIDE = "outside"
    NONE = "none"
    HIDDEN = "hidden"
    LOTTERY = "lottery"
    LOTTERY_CLOSED = "lottery_closed"
    CONFIRMING = "confirming"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    MAINTENANCE = "maintenance"
    UPKEEP = "upkeep"
    WORKS = "works"
    OPEN_USE = "open_use"
    FORBIDDEN = "forbidden"
    HELD = "held"
    CITY_USE = "city_use"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a mark is shown: the sign, its word, the word's short form for a phone, and its colour group."""

    sign: str
    word: str | Promise
    short: str | Promise
    tone: str


SIGNS: dict[Mark, Sign] = {
    Mark.FREE: Sign("○", _("空き"), _("空き"), "free"),
    Mark.SOME: Sign("△", _("一部空き"), _("一部"), "some"),
    Mark.FULL: Sign("×", _("空きなし"), _("なし"), "full"),
    Mark.OUTSIDE: Sign("－", _("受付期間外"), _("期間外"), "closed"),
    Mark.NONE: Sign("－", _("なし"), _("なし"), "closed"),
    Mark.HIDDEN: Sign("－", _("公開対象外"), _("対象外"), "closed"),
    Mark.LOTTERY: Sign("抽", _("抽選受付中"), _("抽選"), "lottery"),
    Mark.LOTTERY_CLOSED: Sign("抽", _("抽選締切"), _("締切"), "lottery"),
    Mark.CONFIRMING: Sign("抽", _("抽選確認中"), _("確認中"), "lottery"),
    Mark.CLOSED: Sign("休", _("休館"), _("休館"), "closed"),
    Mark.HOLIDAY: Sign("休", _("祝祭日"), _("祝日"), "closed"),
    Mark.MAINTENANCE: Sign("－", _("保守"), _("保守"), "closed"),
    Mark.UPKEEP: Sign("－", _("整備"), _("整備"), "closed"),
    Mark.WORKS: Sign("－", _("工事"), _("工事"), "closed"),
    Mark.OPEN_USE: Sign("－", _("開放"), _("開放"), "closed"),
    Mark.FORBIDDEN: Sign("－", _("使用禁止"), _("禁止"), "closed"),
    Mark.CITY_USE: Sign("－", _("主催事業"), _("主催"), "closed"),
    Mark.HELD: Sign("仮", _("仮押え"), _("仮"), "some"),
}

SLOT_WORDS: dict[Mark, str | Promise] = {Mark.FULL: _("予約あり")}
"""Words that differ where one slot, not a whole day, is meant."""
