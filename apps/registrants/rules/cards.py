"""The life of a card (利用者カード・登録証): states, validity, review. Domain handbook 5.1.

申請中 → 有効 ⇄ 停止 → 失効. A print that is lost, damaged or out of date is replaced: the number stays, the branch
(枝番) counts up, the old print is void.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apps.registrants.card_errors import (
    CardInWrongStateError,
    PrintHandedOverError,
    ReviewedAlreadyError,
    ReviewInFutureError,
    ReviewTooEarlyError,
    StaleCardError,
)
from apps.registrants.rules.policy import Policy
from kernel.birthdays import day_of_age

GROUP: Final = "group"
SENIOR: Final = "senior"
APPLIED: Final = "applied"
ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
LAPSED: Final = "lapsed"
EXPIRED: Final = "expired"

ALLOWED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "issue": frozenset({APPLIED}),
        "hand_over": frozenset({ACTIVE}),
        "print": frozenset({ACTIVE}),
        "reissue": frozenset({ACTIVE}),
        "renew": frozenset({ACTIVE}),
        "review": frozenset({ACTIVE, SUSPENDED}),
        "suspend": frozenset({ACTIVE}),
        "resume": frozenset({SUSPENDED}),
        "withdraw": frozenset({APPLIED}),
        "lapse": frozenset({APPLIED, ACTIVE, SUSPENDED}),
    }
)
"""Act -> states in which it may be done."""
RENEWABLE: Final = dt.timedelta(days=60)
"""How long before its last day a card may be renewed, and how long after it: then it lapses (期限切れ)."""
_NUMBERED: Final = re.compile(r"[0-9０-９]|[一二三四五六七八九十]+(?=丁目|番(?!町)|号)|　|\s")


def check_act(act: str, state: str) -> None:
    """``CardInWrongStateError`` if a card in ``state`` does not allow ``act``."""
    if state not in ALLOWED[act]:
        raise CardInWrongStateError


def may(state: str) -> dict[str, bool]:
    """Act -> whether a card in ``state`` allows it, for pages."""
    return {act: state in states for act, states in ALLOWED.items()}


def senior_valid_until(first: dt.date, policy: Policy) -> dt.date | None:
    """The last day of a 登録証 that is valid from ``first`` on; None where the tenant sets no end."""
    if policy.senior_validity_years is None:
        return None
    return day_of_age(first, policy.senior_validity_years) - dt.timedelta(days=1)


def may_renew(state: str, valid_until: dt.date | None, day: dt.date) -> bool:
    """Whether a card in ``state`` may be renewed on ``day``: it has a last day, and that is near."""
    return state in ALLOWED["renew"] and valid_until is not None and valid_until - RENEWABLE <= day


def renewed_from(state: str, valid_until: dt.date | None, day: dt.date) -> dt.date:
    """The day from which a renewal on ``day`` counts: the day after the last one, or today when that is over.

    ``CardInWrongStateError`` where ``may_renew`` says no.
    """
    if valid_until is None or not may_renew(state, valid_until, day):
        raise CardInWrongStateError
    return max(valid_until + dt.timedelta(days=1), day)


def lapses_on(valid_until: dt.date) -> dt.date:
    """The day on which a card that nobody renewed lapses. It admits nobody from the day after its last one."""
    return valid_until + RENEWABLE + dt.timedelta(days=1)


def kept_out_of_print(state: str, *, is_void: bool, is_handed_over: bool) -> str:
    """Code of the error that keeps a print of a card in ``state`` off the printer; empty where nothing does."""
    if is_handed_over:
        return PrintHandedOverError.code
    if state not in ALLOWED["print"]:
        return CardInWrongStateError.code
    return StaleCardError.code if is_void else ""


def check_review_day(day: dt.date, *, today: dt.date, issued_on: dt.date | None, reviewed_on: dt.date | None) -> None:
    """Whether 現況確認 may have been on ``day``.

    ``ReviewInFutureError``, ``ReviewTooEarlyError`` before the issue, ``ReviewedAlreadyError`` where one of that day or
    later is known.
    """
    if day > today:
        raise ReviewInFutureError(field="on")
    if issued_on is not None and day < issued_on:
        raise ReviewTooEarlyError(field="on")
    if reviewed_on is not None and day <= reviewed_on:
        raise ReviewedAlreadyError(field="on")


def review_due_on(last: dt.date, policy: Policy) -> dt.date | None:
    """When 現況確認 is due after an issue or a review on the day ``last``; None where there is none."""
    return day_of_age(last, policy.senior_review_years) if policy.senior_review_years else None


def reviewed_by(day: dt.date, policy: Policy) -> dt.date | None:
    """The last day of an issue or a review whose 現況確認 is due by ``day``; None where there is none."""
    if not policy.senior_review_years:
        return None
    year = day.year - policy.senior_review_years
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February, of a year that has none
        return dt.date(year, 2, 28)


def state_on(state: str, valid_until: dt.date | None, day: dt.date) -> str:
    """The state on ``day``: an active card whose last day is over is ``EXPIRED``, before any task has said so."""
    is_over = valid_until is not None and day > valid_until
    return EXPIRED if state == ACTIVE and is_over else state


def town_of(address: str) -> str:
    """The address as a card shows it, up to the town (町字まで): without numbers and building."""
    numbered = _NUMBERED.search(address.strip())
    return address.strip()[: numbered.start()] if numbered else address.strip()
