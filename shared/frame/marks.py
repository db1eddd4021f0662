"""The marks of a vacancy calendar, each with its words (rules 3.1): never a sign or a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


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
    OPEN_DAY = "open_day"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a mark is shown: the sign, its word, the word's short form for a phone, and its colour group."""

    sign: str
    word: str | Promise
    short: str | Promise
    tone: str


SIGNS: dict[Mark, Sign] = {
    Mark.FREE: Sign("○", pgettext_lazy("空き状況", "空き"), pgettext_lazy("空き状況の略", "空き"), "free"),
    Mark.SOME: Sign("△", pgettext_lazy("空き状況", "一部空き"), pgettext_lazy("空き状況の略", "一部"), "some"),
    Mark.FULL: Sign("×", pgettext_lazy("空き状況", "空きなし"), pgettext_lazy("空き状況の略", "なし"), "full"),
    Mark.OUTSIDE: Sign(
        "－", pgettext_lazy("空き状況", "受付期間外"), pgettext_lazy("空き状況の略", "期間外"), "closed"
    ),
    Mark.NONE: Sign("－", pgettext_lazy("空き状況", "なし"), pgettext_lazy("空き状況の略", "なし"), "closed"),
    Mark.HIDDEN: Sign("－", pgettext_lazy("空き状況", "公開対象外"), pgettext_lazy("空き状況の略", "対象外"), "closed"),
    Mark.LOTTERY: Sign("抽", pgettext_lazy("空き状況", "抽選受付中"), pgettext_lazy("空き状況の略", "抽選"), "lottery"),
    Mark.LOTTERY_CLOSED: Sign(
        "抽", pgettext_lazy("空き状況", "抽選締切"), pgettext_lazy("空き状況の略", "締切"), "lottery"
    ),
    Mark.CONFIRMING: Sign(
        "抽", pgettext_lazy("空き状況", "抽選確認中"), pgettext_lazy("空き状況の略", "確認中"), "lottery"
    ),
    Mark.CLOSED: Sign("休", pgettext_lazy("空き状況", "休館"), pgettext_lazy("空き状況の略", "休館"), "closed"),
    Mark.HOLIDAY: Sign("休", pgettext_lazy("空き状況", "祝祭日"), pgettext_lazy("空き状況の略", "祝日"), "closed"),
    Mark.MAINTENANCE: Sign("－", pgettext_lazy("空き状況", "保守"), pgettext_lazy("空き状況の略", "保守"), "closed"),
    Mark.UPKEEP: Sign("－", pgettext_lazy("空き状況", "整備"), pgettext_lazy("空き状況の略", "整備"), "closed"),
    Mark.WORKS: Sign("－", pgettext_lazy("空き状況", "工事"), pgettext_lazy("空き状況の略", "工事"), "closed"),
    Mark.OPEN_USE: Sign("－", pgettext_lazy("空き状況", "開放"), pgettext_lazy("空き状況の略", "開放"), "closed"),
    Mark.FORBIDDEN: Sign("－", pgettext_lazy("空き状況", "使用禁止"), pgettext_lazy("空き状況の略", "禁止"), "closed"),
    Mark.CITY_USE: Sign("－", pgettext_lazy("空き状況", "主催事業"), pgettext_lazy("空き状況の略", "主催"), "closed"),
    Mark.OPEN_DAY: Sign("○", pgettext_lazy("開館日", "開館"), pgettext_lazy("開館日の略", "開館"), "free"),
    Mark.OPENED: Sign("◎", pgettext_lazy("開館日", "特別開館"), pgettext_lazy("開館日の略", "特別"), "free"),
    Mark.HELD: Sign("仮", pgettext_lazy("空き状況", "仮押え"), pgettext_lazy("空き状況の略", "仮"), "some"),
}

SLOT_WORDS: dict[Mark, str | Promise] = {Mark.FULL: pgettext_lazy("空き状況", "予約あり")}
"""Words that differ where one slot, not a whole day, is meant."""
