"""How cards and scans are told on the desk's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Card, CardAct, CardKind, CardState, Visit
from apps.registrants.rules.cards import EXPIRED, state_on
from apps.registrants.rules.scanning import Outcome
from apps.registrants.services.cards.visits import Visited
from apps.registrants.templatetags.registrants import DOERS
from apps.registrants.web.staff import scan_forms
from apps.registrants.web.staff.card_roles import may_handle
from apps.registrants.web.staff.visit_texts import bands, residences
from kernel import clock
from kernel.wareki import format_date
from shared.catalogue.models import CatalogueFacility
from shared.frame.templatetags.frame import wareki
from shared.requests import staff_of

register = template.Library()
TONES: Final = {
    CardState.APPLIED: "info",
    CardState.ACTIVE: "success",
    CardState.SUSPENDED: "danger",
    CardState.LAPSED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A notice: its tone, a title, and a sentence that may be empty."""

    tone: str
    title: str
    text: str = ""


SAID: Final[Mapping[Outcome, tuple[str, Promise, Promise | str]]] = MappingProxyType(
    {
        Outcome.VALID: ("success", _("有効なカードです。"), ""),
        Outcome.REGISTRATION: ("info", _("利用者登録の番号です。"), _("カードは読み取っていません。")),
        Outcome.UNKNOWN_PRINT: (
            "error",
            _("この枝番のカードは作られていません。"),
            _("偽造または読み違いのおそれがあります。カードの記載を確かめてください。"),
        ),
        Outcome.NOT_YET: ("warning", _("まだ有効期間が始まっていません。"), _("有効開始日から使えます。")),
        Outcome.SUSPENDED: ("error", _("停止中のカードです。"), _("理由は、カードのページの経過を確かめてください。")),
        Outcome.LAPSED: ("error", _("失効したカードです。"), _("カードを預かり、返還を受け付けてください。")),
        Outcome.EXPIRED: ("error", _("有効期限が過ぎたカードです。"), _("更新するか、返還を受け付けてください。")),
        Outcome.NOT_IN_FORCE: (
            "error",
            _("利用者登録が有効ではありません。"),
            _("利用者のページで、登録の状態を確かめてください。"),
        ),
        Outcome.FOREIGN_SENIOR: (
            "info",
            _("ほかの施設が交付した登録証です。"),
            _("この施設でも使えます。持ち主のことと、失効していないかは、この施設では分かりません。"),
        ),
        Outcome.FOREIGN: (
            "warning",
            _("ほかの施設の登録番号です。"),
            _("この施設の利用者登録ではありません。利用には、この施設での登録が必要です。"),
        ),
    }
)


@register.inclusion_tag("frame/_badge.html")
def card_badge(card: Card) -> dict[str, str]:
    """The state of a card in words, with its colour group; one whose last day is over is told so.

    So is an application that ended before a card was issued.
    """
    if card.state == CardState.LAPSED and card.number is None:
        return {"word": __("申請の終了"), "tone": "quiet"}
    if state_on(card.state, card.valid_until, clock.today()) == EXPIRED:
        return {"word": __("期限切れ"), "tone": "quiet"}
    known = CardState(card.state)
    return {"word": str(known.label), "tone": TONES[known]}


@register.filter
def card_kind_short(card: Card) -> str:
    """The kind of card in a word for a column."""
    return __("登録証") if card.kind == CardKind.SENIOR else __("利用者カード")


@register.filter
def card_doer(deed: CardAct) -> str:
    """Who did it: a staff member by name, anybody else by what they are."""
    name: str = vars(deed).get("doer") or ""
    return name or str(DOERS.get(deed.actor_kind, __("不明")))


@register.simple_tag(takes_context=True)
def keeps_senior_cards(context: Mapping[str, Any]) -> bool:
    """Whether whoever is signed in is 登録証担当."""
    return may_handle(staff_of(context["request"]), CardKind.SENIOR)


@register.simple_tag
def scan_told(told: Visited) -> Said:
    """What a scan was, in a notice."""
    if told.visit is not None:
        return _visited(told)
    if told.scan.outcome is Outcome.OLD_PRINT:
        return _old_print(told)
    tone, title, text = SAID[told.scan.outcome]
    return Said(tone, str(title), str(text))


@register.filter
def named_place(place: CatalogueFacility) -> str:
    """A facility's name in the language of the request."""
    return scan_forms.named_place(place)


@register.filter
def counted_as(visit: Visit) -> str:
    """What is known of a visitor without a card: age band and 居住区分, or nothing."""
    known = (dict(bands()).get(visit.age_band, ""), dict(residences()).get(visit.residence, ""))
    said = [words for key, words in zip((visit.age_band, visit.residence), known, strict=True) if key]
    return "、".join(said)


@register.filter
def register_day(day: dt.date) -> str:
    """令和8年4月1日, as a register has it, without the day of the week; in English "1 Apr 2026"."""
    return wareki(day).partition(" ")[2] if _in_english() else format_date(day)


@register.filter
def month_word(month: dt.date) -> str:
    """令和8年4月; in English April 2026."""
    return f"{month:%B %Y}" if _in_english() else format_date(month).removesuffix("1日")


def _visited(told: Visited) -> Said:
    if not told.is_new:
        return Said("info", __("今日の来館は、すでに記録しています。"), __("同じカードは1日に1回だけ数えます。"))
    if told.scan.outcome is Outcome.FOREIGN_SENIOR:
        return Said("success", __("来館を記録しました。"), __("ほかの施設が交付した登録証です。"))
    return Said("success", __("来館を記録しました。"))


def _old_print(told: Visited) -> Said:
    title = __("古い枝番のカードです。無効になっています。")
    if told.scan.replaced_on is None:
        return Said("error", title)
    text = __("%(day)s に新しいカードに替わりました。古いカードを預かってください。")
    return Said("error", title, text % {"day": wareki(told.scan.replaced_on)})


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
