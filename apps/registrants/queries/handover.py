"""What a change of operator finds open among registrations and cards (引継事項)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import (
    Card,
    CardIssue,
    CardState,
    CitizenRequest,
    CitizenRequestState,
    Registrant,
    RegistrantState,
)
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def waiting_registrations() -> Open:
    """仮登録 and registrations under review."""
    found = Registrant.objects.filter(state__in=[RegistrantState.PROVISIONAL, RegistrantState.UNDER_REVIEW])
    rows = found.order_by("registered_on", "number").values_list("number", "registered_on")[:MOST_ROWS]
    return _list(found.count(), rows)


def suspended_registrants() -> Open:
    """Registrants who are suspended (利用停止者)."""
    found = Registrant.objects.filter(state=RegistrantState.SUSPENDED)
    rows = found.order_by("number").values_list("number", "registered_on")[:MOST_ROWS]
    return _list(found.count(), rows)


def cards_not_handed_out() -> Open:
    """Cards that are applied for, or printed and not yet handed to their holder (未交付のカード)."""
    waiting = CardIssue.objects.filter(handed_over_on=None, voided_on=None, card__state=CardState.ACTIVE).values("card")
    found = Card.objects.filter(Q(state=CardState.APPLIED) | Q(pk__in=waiting))
    rows = found.order_by("applied_on", "id").values_list("number", "applied_on")[:MOST_ROWS]
    return _list(found.count(), rows)


def open_requests() -> Open:
    """What citizens asked at the portal and nobody has answered."""
    found = CitizenRequest.objects.filter(state=CitizenRequestState.OPEN)
    rows = found.order_by("asked_at", "id").values_list("registrant__number", "asked_at__date")[:MOST_ROWS]
    return _list(found.count(), rows)


def _list(count: int, rows: Iterable[tuple[str | None, dt.date | None]]) -> Open:
    return Open(count, tuple(OpenRow(number or "", day) for number, day in rows))


KINDS: Final = (
    OpenKind("waiting_registrations", _("手続中の利用者登録（仮登録・審査中）"), waiting_registrations),
    OpenKind("suspended_registrants", _("利用停止中の利用者"), suspended_registrants),
    OpenKind("cards_not_handed_out", _("未交付のカード・登録証"), cards_not_handed_out),
    OpenKind("open_requests", _("回答していない申出（変更・退会）"), open_requests),
)
