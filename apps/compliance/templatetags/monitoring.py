"""How states, results, acts and reasons of the monthly monitoring are told: always in words, never by colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import template
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from apps.compliance.models.monitoring import ItemResult, MonitoringFact, MonthState
from apps.compliance.models.monitoring_findings import FindingState
from apps.compliance.monitoring_texts import ACTS, REASONS, SIDES
from apps.compliance.queries.monitoring.months import Turn

register = template.Library()

RESULTS: Final = {"fit": "○", "partly": "△", "unfit": "×", "none": "－"}
STATE_TONES: Final = {
    "self_check": "info",
    "reported": "info",
    "improving": "warning",
    "planned": "info",
    "closed": "quiet",
}
BOARD_WORDS: Final = {
    "self_check": pgettext_lazy("モニタリングの略", "記入"),
    "reported": pgettext_lazy("モニタリングの略", "確認"),
    "improving": pgettext_lazy("モニタリングの略", "改善"),
    "planned": pgettext_lazy("モニタリングの略", "再確認"),
    "closed": pgettext_lazy("モニタリングの略", "済"),
}
GRADE_TONES: Final = {"A": "success", "B": "warning", "C": "danger"}
FINDING_TONES: Final = {"asked": "warning", "returned": "warning", "planned": "info", "confirmed": "success"}


@register.inclusion_tag("frame/_badge.html")
def month_badge(state: str) -> dict[str, str]:
    """How far a month has come."""
    return {"word": str(MonthState(state).label), "tone": STATE_TONES[state]}


@register.inclusion_tag("frame/_badge.html")
def grade_badge(grade: str) -> dict[str, str]:
    """評価 A."""
    return {"word": _("評価{grade}").format(grade=grade), "tone": GRADE_TONES[grade]}


@register.inclusion_tag("frame/_badge.html")
def finding_badge(state: str) -> dict[str, str]:
    """How far a finding has come."""
    return {"word": str(FindingState(state).label), "tone": FINDING_TONES.get(state, "quiet")}


@register.inclusion_tag("frame/_badge.html")
def turn_badge(turn: Turn) -> dict[str, str]:
    """How many days are left, or how many too many have passed."""
    if turn.due is None:
        return {"word": "", "tone": ""}
    if turn.days_left < 0:
        late = -turn.days_left
        return {"word": ngettext("{n}日超過", "{n}日超過", late).format(n=late), "tone": "danger"}
    word = ngettext("あと{n}日", "あと{n}日", turn.days_left).format(n=turn.days_left)
    return {"word": word if turn.days_left else _("本日まで"), "tone": "warning" if turn.step else "quiet"}


@register.filter
def result_word(result: str) -> str:
    """○ 適; － for none yet."""
    return f"{RESULTS[result]} {ItemResult(result).label}" if result else _("未記入")


@register.filter
def act_word(act: str) -> str:
    """What was done."""
    return str(ACTS[act])


@register.filter
def side_word(side: str) -> str:
    """Who did it."""
    return str(SIDES[side])


@register.filter
def reason_words(reasons: Iterable[tuple[str, int]]) -> list[str]:
    """The reasons of a grade as sentences."""
    return [str(REASONS[code]).format(number=number) for code, number in reasons]


@register.filter
def fact_words(fact: MonitoringFact) -> str:
    """The figure's sentence in the language of the page."""
    return fact.sentence_en if (get_language() or "").startswith("en") else fact.sentence


@register.filter
def facts_beside(item: Any, sheet: Any) -> list[MonitoringFact]:
    """The figures that stand beside an item."""
    found: list[MonitoringFact] = sheet.facts_of(item)
    return found


@register.filter
def finding_number(finding: Any) -> str:
    """2026-3: the fiscal year and the number."""
    return f"{finding.fiscal_year}-{finding.number}"


@register.filter
def month_only(month: Any) -> str:
    """4月; in English Apr."""
    return f"{month:%b}" if (get_language() or "").startswith("en") else f"{month.month}月"


@register.simple_tag
def cell_word(cell: Any) -> str:
    """A month on the board in one or two words: its grade or how far it is, and whether it is late."""
    sheet, turn = cell.sheet, cell.turn
    if sheet.grade:
        return str(sheet.grade)
    word = str(BOARD_WORDS[sheet.state])
    return _("{word}・遅").format(word=word) if turn.days_left < 0 else word
