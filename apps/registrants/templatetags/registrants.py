"""How registrants are shown on pages: states, and what a list keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Act, CloseCause, DuplicateProposal, IdentityDocument, Registrant, RegistrantState
from apps.registrants.queries.file import Deed
from apps.registrants.rules.addressing import reminded
from apps.registrants.rules.duplicates import ADDRESS, NAME_AND_BIRTH, PHONE
from apps.registrants.texts import ITEM_LABELS
from kernel.postal import format_postal
from shared.frame.templatetags.frame import born, wareki
from tenants.models import Tenant
from tenants.scope import scoped_connection

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
GROUNDS: Final = {
    "name_and_birth": _("氏名と生年月日"),
    "phone": _("電話番号"),
    "address": _("住所"),
    "group_name": _("団体名"),
    "members": _("構成員"),
}
HIDDEN: Final = "•••"
_NUMBERED: Final = re.compile(r"[0-9０-９]|[一二三四五六七八九十]+(?=丁目|番)")
_MUNICIPALITY: Final = re.compile(r"(?:.{2,3}?[都道府県])?.+?[市区町村]")


@register.inclusion_tag("frame/_badge.html")
def registration_badge(state: str) -> dict[str, str]:
    """The state of a registration in words, with its colour group."""
    known = RegistrantState(state)
    return {"word": str(known.label), "tone": TONES[known]}


@register.filter
def is_reminded(registrant: Registrant) -> bool:
    """Whether the end of the registration is told by mail."""
    return reminded(registrant.pk, registrant.portal_account, registrant.extras) is not None


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
    """What was done to a registration: 抹消（死亡）. A merge names itself as its cause."""
    word = str(Act(deed.act).label)
    return f"{word}（{CloseCause(deed.cause).label}）" if deed.cause and deed.act != Act.MERGE else word


@register.filter
def registration_doer(deed: Deed) -> str:
    """Who did it: a staff member by name, anybody else by what they are."""
    return deed.name or str(DOERS.get(deed.actor_kind, __("不明")))


@register.filter
def put_off_because(deeds: Sequence[Deed]) -> str:
    """Why a closing is put off, from the newest deeds on; empty where none is."""
    about = (one for one in deeds if one.act in {Act.CLOSE, Act.PUT_OFF, Act.REOPEN})
    last = next(about, None)
    return last.reason if last is not None and last.act == Act.PUT_OFF else ""


@register.filter
def document_word(document: str) -> str:
    """The kind of document that was shown (本人確認書類)."""
    return str(IdentityDocument(document).label)


@dataclass(frozen=True, slots=True)
class Compared:
    """An item of two records side by side."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.one != self.other


def comparison(one: Registrant, other: Registrant) -> list[Compared]:
    """What is registered of two records, item by item; what neither has is left out."""
    pairs = zip(_said(one), _said(other), strict=True)
    return [Compared(label, left, right) for (label, left), (_label, right) in pairs if left or right]


def _said(found: Registrant) -> list[tuple[str, str]]:
    return [
        (__("区分"), found.get_kind_display()),
        (__("状態"), found.get_state_display()),
        (__("団体名"), found.group_name),
        (__("団体名のフリガナ"), found.group_kana),
        (__("氏名（代表者）"), found.person_name),
        (__("フリガナ"), f"{found.family_kana}　{found.given_kana}"),
        (__("生年月日"), born(found.birth_date)),
        (__("住所"), f"{postal(found.postal_code)} {found.address}"),
        (__("電話番号"), found.phone),
        (__("登録日"), wareki(found.registered_on)),
        (__("有効期限"), wareki(found.valid_until) or __("期限なし")),
        (__("市民アカウント"), __("あり") if found.portal_account else __("なし")),
    ]


@register.filter
def ground_words(proposal: DuplicateProposal) -> str:
    """On what two records are alike."""
    return "、".join(str(GROUNDS.get(ground, ground)) for ground in proposal.grounds)


@register.simple_tag
def facility_name(name: str, name_en: str) -> str:
    """The facility's name in the language of the page."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


@register.simple_tag
def this_facility() -> str:
    """The name of the tenant in whose schema the page runs; one statement."""
    tenant = Tenant.objects.only("name", "name_en").get(schema_name=scoped_connection().scope.schema)
    return facility_name(tenant.name, tenant.name_en)
