"""How steps, items, grounds and clocks of incidents are told."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.compliance.incident_texts import GROUND_WORDS, ITEM_WORDS, STEP_WORDS, Sending
from apps.compliance.models.incidents import Incident
from apps.compliance.rules.incident_clock import Light
from apps.compliance.rules.incident_duty import Ground
from apps.compliance.rules.incident_items import Item
from apps.compliance.rules.incidents import Step
from kernel.wareki import format_fiscal_year

register = template.Library()

LIGHTS: Final[dict[Light, tuple[Promise, str]]] = {
    Light.DONE: (_("期限内"), "success"),
    Light.DONE_LATE: (_("期限後"), "warning"),
    Light.RUNNING: (_("期限前"), "info"),
    Light.SOON: (_("期限が近い"), "warning"),
    Light.OVERDUE: (_("期限を過ぎています"), "danger"),
}

SOURCES: Final[dict[str, Promise]] = {
    "number": _("登録番号"),
    "audit": _("操作記録"),
    "export": _("持出しの記録"),
}


@register.filter
def step_word(step: str) -> str:
    """発覚, 一次報告 …"""
    return str(STEP_WORDS[Step(step)])


@register.filter
def item_word(item: str) -> str:
    """① 概要 …"""
    return str(ITEM_WORDS[Item(item)])


@register.filter
def ground_word(ground: str) -> str:
    """Why there is a duty to report."""
    return str(GROUND_WORDS[Ground(ground)])


@register.filter
def incident_number(incident: Incident) -> str:
    """令和8年度第1号."""
    return f"{format_fiscal_year(incident.fiscal_year)}第{incident.serial}号"


@register.filter
def sending_word(how: str) -> str:
    """How a person was told."""
    return str(Sending(how).label)


@register.filter
def source_word(source: str) -> str:
    """By what a person came to be among those concerned."""
    return str(SOURCES.get(source, source))


@register.inclusion_tag("frame/_badge.html")
def light_badge(light: Light) -> dict[str, str]:
    """How a clock stands."""
    word, tone = LIGHTS[light]
    return {"word": str(word), "tone": tone}
