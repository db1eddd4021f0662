"""How registrants are shown on pages: states, and what a list keeps to itself."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Act, CloseCause, IdentityDocument, RegistrantState
from apps.registrants.queries.file import Deed
from apps.registrants.rules.duplicates import ADDRESS, NAME_AND_BIRTH, PHONE
from apps.registrants.texts import ITEM_LABELS
from kernel.postal import format_postal

register = template.Library()

TONES: Final = {
    RegistrantState.PROVISIONAL: "info",
    RegistrantState.UNDER_REVIEW: "warning",
    RegistrantState.ACTIVE: "success",
    RegistrantState.SUSPENDED: "danger",
    RegistrantState.EXPIRED: "quiet",
    RegistrantState.CLOSED: "quiet",
    RegistrantState.REFUSED: "quiet",
}
LIKENESS_WORDS: Final = {
    NAME_AND_BIRTH: _("氏名と生年月日が同じ"),
    PHONE: _("電話番号が同じ"),
    ADDRESS: _("住所が同じ"),
}
DOERS: Final = {"citizen": _("本人"), "staff": _("職員"), "city": _("市の職員"), "system": _("システム")}
HIDDEN: Final = "•••"
_NUMBERED: Final = re.compile(r"[0-9０-９]|[一二三四五六七八九十]+(?=丁目|番)")
_MUNICIPALITY: Final = re.compile(r"(?:.{2,3}?[都道府県])?.+?[市区町村]")


@register.inclusion_tag("frame/_badge.html")
def registration_badge(state: str) -> dict[str, str]:
    """The state of a registration in words, with its colour group."""
    known = RegistrantState(state)
    return {"word": str(known.label), "tone": TONES[known]}


@register.filter
def masked_address(address: str) -> str:
    """The address up to where its numbers begin, or up to the municipality: 千葉県印西市架空台•••."""
    numbered = _NUMBERED.search(address)
    if numbered and numbered.start():
        return address[: numbered.start()] + HIDDEN
    municipality = _MUNICIPALITY.match(address)
    return (municipality[0] if municipality else "") + HIDDEN


@register.filter
def item_label(code: str) -> str:
    """The label of a further item (収集項目)."""
    return str(ITEM_LABELS[code])


@register.filter
def likeness_word(code: str) -> str:
    """Why two registrations may be of one person, in words."""
    return str(LIKENESS_WORDS[code])


@register.filter
def postal(code: str) -> str:
    """〒270-1396."""
    return f"〒{format_postal(code)}"


@register.filter
def state_word(state: str) -> str:
    """The state of a registration in words."""
    return str(RegistrantState(state).label)


@register.filter
def registration_act(deed: Deed) -> str:
    """What was done to a registration: 抹消（死亡）."""
    word = str(Act(deed.act).label)
    return f"{word}（{CloseCause(deed.cause).label}）" if deed.cause else word


@register.filter
def registration_doer(deed: Deed) -> str:
    """Who did it: a staff member by name, anybody else by what they are."""
    return deed.name or str(DOERS.get(deed.actor_kind, __("不明")))


@register.filter
def document_word(document: str) -> str:
    """The kind of document that was shown (本人確認書類)."""
    return str(IdentityDocument(document).label)
