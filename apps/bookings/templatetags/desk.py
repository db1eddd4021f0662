"""How the desk's pages word what occupies a room, what was done, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.bookings.models import BookingState, DocumentKind, OccupationKind
from apps.bookings.queries.desk_booking import Deed
from apps.bookings.rules.board import Cell, Row, Use
from apps.bookings.rules.days import span_of
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.states import ALLOWED
from apps.bookings.templatetags.bookings import in_language
from kernel.clock import TOKYO

register = template.Library()

TONES: Final = {
    BookingState.HOLD: "held",
    BookingState.TENTATIVE: "waiting",
    BookingState.UNDER_REVIEW: "waiting",
    BookingState.DEFERRED: "waiting",
    BookingState.PERMITTED: "permitted",
    BookingState.USED: "permitted",
    BookingState.NO_SHOW: "permitted",
}
SIGNS: Final = {"permitted": "●", "waiting": "△", "held": "○"}
"""A mark beside the word, so that a state is never told by its colour alone."""
ACTS: Final = {
    "apply": _("申請"),
    "permit": _("許可"),
    "refuse": _("不許可"),
    "cancel": _("取消"),
    "issue": _("許可書の発行"),
    "formalise": _("本申請の受付"),
    "defer": _("審査の保留"),
    "resume": _("審査の再開"),
    "expire": _("期限切れ"),
    "remind": _("期限のお知らせ"),
    "call_off": _("施設の都合による取消"),
    "revoke": _("許可の取消"),
    "come": _("来場"),
    "stay_away": _("不来場"),
    "change": _("日時・室場の変更"),
    "equip": _("附属設備の変更"),
    "ask_change": _("変更の申請"),
    "refuse_change": _("変更の不許可"),
    "withdraw_change": _("変更の申請の取下げ"),
    "override": _("制限の解除"),
    "displace": _("公用による取消"),
    "fee": _("料金の計算し直し"),
    "pay": _("収納"),
    "pay_void": _("収納の取消し"),
    "permit_anew": _("使用料の変更による許可書の発行"),
    "refund_decide": _("還付の決定"),
    "refund_withdraw": _("還付の決定の取下げ"),
    "refund_pay": _("還付の支払"),
    "refund_unpay": _("還付の支払の取消し"),
    "offset": _("充当"),
    "pay_remind": _("納付期限のお知らせ"),
    "dun": _("督促"),
    "refund_online": _("決済サービスからの返金の依頼"),
    "reduction_ask": _("減免の申請"),
    "reduction_seen": _("減免の証明書類の確認"),
    "reduction_grant": _("減免の承認"),
    "reduction_refuse": _("減免の不承認"),
}
DOERS: Final = {"citizen": _("申請者"), "staff": _("職員"), "city": _("市の職員"), "system": _("システム")}
FORMS: Final = {
    "application": _("使用許可申請書"),
    DocumentKind.PERMIT.value: _("使用許可書"),
    DocumentKind.REFUSAL.value: _("不許可通知書"),
    DocumentKind.REVOCATION.value: _("使用許可取消通知書"),
    DocumentKind.CHANGE.value: _("使用変更許可書"),
    DocumentKind.GIVEN_UP.value: _("使用取消承認通知書"),
    "change_application": _("使用変更許可申請書"),
    "giving_up": _("使用取消届"),
    "confirmation": _("内容確認票"),
    "reduction_application": _("減免申請書"),
}


@register.filter
def use_tone(use: Use) -> str:
    """The colour group of a cell of the board."""
    return TONES[BookingState(use.state)]


@register.filter
def use_word(use: Use) -> str:
    """許可, 審査待ち, 仮押え; for a block its kind: 保守."""
    return str(BookingState(use.state).label if use.state else OccupationKind(use.kind).label)


@register.filter
def use_sign(use: Use) -> str:
    """The mark of a use's colour group."""
    return state_sign(use.state)


@register.filter
def state_sign(state: str) -> str:
    """The mark of a state's colour group: ●, △ or ○."""
    return SIGNS[TONES[BookingState(state)]]


@register.filter
def can_move(use: Use) -> bool:
    """Whether staff may give the booking another time or room."""
    return use.state in ALLOWED["change"]


@register.filter
def slot_spans(row: Row) -> str:
    """What a day offers, for the board's script: ``1|2026-04-01T09:00|2026-04-01T12:00`` and so on, a space between."""
    spans = [(slot.number, *span_of(slot, row.day)) for slot in row.slots]
    return " ".join(f"{number}|{_minute(starts)}|{_minute(ends)}" for number, starts, ends in spans)


@register.simple_tag
def ends_of(thing: Use | Cell) -> SafeString:
    """Begin and end of a use or a cell as the board's script reads them."""
    return format_html('data-from="{}" data-to="{}"', _minute(thing.starts_at), _minute(thing.ends_at))


def _minute(moment: dt.datetime) -> str:
    return f"{moment.astimezone(TOKYO):%Y-%m-%dT%H:%M}"


@register.simple_tag
def elsewhere(rooms: Mapping[UUID, Offer], room: UUID) -> str:
    """（全面）: that the use was made for another room that shares a part."""
    offer = rooms.get(room)
    return f"（{in_language(offer.name, offer.name_en)}）" if offer else ""


@register.simple_tag
def people(number: int) -> str:
    """20人; in English "20 people"."""
    return ngettext("%(number)s人", "%(number)s人", number) % {"number": f"{number:,}"}


@register.filter
def act_word(act: str) -> str:
    """What was done to a booking, in a word."""
    return str(ACTS.get(act, act))


@register.filter
def doer(deed: Deed) -> str:
    """Who did it: a staff member by name, anybody else by what they are."""
    return deed.name or str(DOERS.get(deed.actor_kind, __("不明")))


@register.filter
def form_word(form: str) -> str:
    """The name of an official form."""
    return str(FORMS[form])


@register.filter
def absolute(value: int) -> int:
    """The amount without its sign."""
    return abs(value)
