"""How the duplicate check is told on pages: grades, states, and what a clerk should do."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import CardState
from kernel.wareki import format_fiscal_year
from shared.seniorcards.asking import Found
from shared.seniorcards.inquiries import Letter
from shared.seniorcards.models import Answer, Decision, Grade

register = template.Library()

CARD_TONES: Final = {"applied": "info", "active": "success", "suspended": "warning", "lapsed": "quiet"}
GRADE_TONES: Final = {Grade.EXACT: "danger", Grade.FOLDED: "warning", Grade.SIMILAR: "warning"}
EXACT_ADVICE: Final = _(
    "読みと生年月日が同じ方に、有効な登録証があります。新しく交付せず、既存の登録証をご利用ください。"
    "発行施設を移したい方、または同姓同名の別人と思われるときは、照会票を送ってください。"
)
VOID_ADVICE: Final = _("失効した登録証です。新しい登録証を交付できます。")
OTHER_ADVICE: Final = _(
    "氏名や生年月日がよく似た方の登録証があります。以前の登録証の番号をお尋ねして照合するか、"
    "照会票を送り、回答を待ってください。"
)
WAITING: Final = _("回答待ち")
CLOSED: Final = _("不要")
CLOSED_ADVICE: Final = _("申請の取下げまたは登録証の失効により、この照会票は不要になりました。")
LETTER_ADVICE: Final[dict[tuple[str, str], Promise]] = {
    ("", ""): _("回答があるまで、交付はできません。急ぐときは、照会した施設に電話でお尋ねください。"),
    ("same", ""): _(
        "同じ方の登録証です。既存の登録証をご利用ください。発行施設を移すときは、市の決定を待ってください。"
    ),
    ("same", "transfer"): _("市が移管を決定しました。元の登録証は失効しました。交付に進めます。"),
    ("same", "declined"): _("市は移管を承認しませんでした。既存の登録証をご利用ください。"),
    ("other", ""): _("別人との回答です。交付に進めます。"),
    ("other", "namesake"): _("市が同姓同名の別人として承認しました。交付に進めます。"),
    ("other", "declined"): _("市は別人として承認しませんでした。市の担当者に確かめてください。"),
}
CITY_NEXT: Final = _("別人との回答です。読みと生年月日が同じなので、市の承認を待ってください。")


@register.inclusion_tag("frame/_badge.html")
def senior_badge(state: str) -> dict[str, str]:
    """The state of a card in words, with its colour group."""
    return {"word": str(CardState(state).label), "tone": CARD_TONES[state]}


@register.inclusion_tag("frame/_badge.html")
def grade_badge(grade: int) -> dict[str, str]:
    """How well a card fits."""
    return {"word": str(Grade(grade).label), "tone": GRADE_TONES[Grade(grade)]}


@register.inclusion_tag("frame/_badge.html")
def letter_badge(letter: Letter) -> dict[str, str]:
    """How far an inquiry has come: the city's decision, the answer, or that it waits."""
    if letter.decision:
        return {"word": str(Decision(letter.decision).label), "tone": "success"}
    if letter.closed_at is not None:
        return {"word": str(CLOSED), "tone": "quiet"}
    if letter.answer:
        return {"word": str(Answer(letter.answer).label), "tone": "info"}
    return {"word": str(WAITING), "tone": "warning"}


@register.simple_tag
def advice(hit: Found) -> str:
    """What to do about a card that was found."""
    if hit.status == CardState.LAPSED:
        return str(VOID_ADVICE)
    return str(EXACT_ADVICE if hit.grade == Grade.EXACT else OTHER_ADVICE)


@register.simple_tag
def letter_advice(letter: Letter) -> str:
    """What to do next about an inquiry that was sent."""
    if letter.closed_at is not None and not letter.decision:
        return str(CLOSED_ADVICE)
    if (letter.answer, letter.decision, letter.grade) == (Answer.OTHER, "", Grade.EXACT):
        return str(CITY_NEXT)
    return str(LETTER_ADVICE[(letter.answer, letter.decision)])


@register.filter
def inquiry_number(inquiry: UUID) -> str:
    """照会票の番号, by which two facilities and the city know on the telephone which one is meant: A345-5FDB."""
    found = inquiry.hex[:8].upper()
    return f"{found[:4]}-{found[4:]}"


@register.filter
def facility_name(one: Found | Letter) -> str:
    """The other facility's name in the page's language."""
    in_english = (get_language() or "").startswith("en")
    return one.facility_en if in_english and one.facility_en else one.facility


@register.simple_tag
def facility_of(one: Found | Letter) -> str:
    """The same as a tag."""
    return facility_name(one)


@register.filter
def fiscal_year(year: int) -> str:
    """交付年度: 令和8年度."""
    return format_fiscal_year(year)
