"""A booking ends: one path for every act that ends it, for the annexes that go with it, and for what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import models

from apps.bookings.models import Booking, BookingState, Occupation
from apps.bookings.queries.terms import terms_on
from apps.bookings.rules.annex import act_along, reason_along
from apps.bookings.rules.deadlines import FACILITYS_CAUSE, Cause
from apps.bookings.rules.grounds import Ground
from apps.bookings.rules.states import HOLD
from apps.bookings.rules.terms import Terms
from apps.bookings.services.acting import change, traces
from apps.bookings.services.fees.refunding import rate_for
from apps.bookings.services.issuing import Issued, refusal_document, revocation_document
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together

STATE_AFTER: Final = {
    "cancel": BookingState.CANCELLED,
    "call_off": BookingState.CALLED_OFF,
    "refuse": BookingState.REFUSED,
    "revoke": BookingState.REVOKED,
    "expire": BookingState.EXPIRED,
}
MAIL: Final = {
    "cancel": "cancelled",
    "call_off": "called_off",
    "refuse": "refused",
    "revoke": "revoked",
    "expire": "expired",
}
DOCUMENTS: Final[dict[str, Callable[[Booking, Ground], Issued]]] = {
    "refuse": refusal_document,
    "revoke": revocation_document,
}
"""Acts that bear a numbered document of their own."""
LEADS: Final = {
    "cancel": "一緒に利用する予約（受付番号{number}）の取消しに伴うもの。",
    "call_off": "一緒に利用する予約（受付番号{number}）の施設の都合による取消しに伴うもの。",
    "refuse": "一緒に利用する予約（受付番号{number}）の不許可に伴うもの。",
    "revoke": "一緒に利用する予約（受付番号{number}）の許可の取消しに伴うもの。",
    "expire": "一緒に利用する予約（受付番号{number}）の期限切れに伴うもの。",
}
"""In the official language, since it stands on documents: with which booking an annex's went."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a booking ends: in words, by which ground of the ordinance, for which 取消事由 by which terms."""

    reason: str = ""
    ground: Ground | None = None
    cause: Cause | None = None
    terms: Terms | None = None


def end(
    actor: Actor, booking: Booking, act: str, why: Why, *, annexes: Iterable[Booking] = (), silent: bool = False
) -> list[Booking]:
    """End a booking that is locked, and the ``annexes`` that rest on it; those that went along.

    Each has its act, its refund and, where the act bears one, its own document; one mail tells of all.
    ``NoOperatorError`` when nobody can sign.
    """
    was_hold = booking.state == HOLD
    gone = [one for one in annexes if act_along(act, one.state) is not None]
    Occupation.objects.filter(booking__in=[booking, *gone]).delete()
    issued = _ended(booking, act, why)
    rows = [row for one in gone for row in _along(actor, booking, act, one, why)]
    account: UUID | None = booking.account  # type: ignore[attr-defined]  # annotated by booking_for
    told = traces(
        actor,
        booking,
        act,
        mail=MAIL[act],
        account=None if was_hold or silent else account,
        reason=why.reason,
        more={"along": lines(gone)},
    )
    insert_together(*in_order([*(issued.rows if issued else ()), *rows, *told]))
    return gone


def lines(annexes: Sequence[Booking]) -> list[dict[str, str]]:
    """What a mail says of annexes that went along: no name and no address."""
    return [
        {"number": one.number, "room": one.room.name, "room_en": one.room.name_en, "state": str(one.state)}
        for one in annexes
    ]


def in_order(rows: Iterable[models.Model]) -> list[models.Model]:
    """The rows of each model together, the models as they first come."""
    found = list(rows)
    order = list(dict.fromkeys(type(one) for one in found))
    return sorted(found, key=lambda one: order.index(type(one)))


def _along(actor: Actor, booking: Booking, act: str, annex: Booking, why: Why) -> list[models.Model]:
    then = act_along(act, annex.state)
    assert then is not None  # noqa: S101  # ``end`` takes no other
    reason = reason_along(LEADS[act].format(number=booking.number), why.reason)
    issued = _ended(annex, then, _own(annex, act, then, replace(why, reason=reason)), went_with=booking)
    return [
        *(issued.rows if issued else ()),
        *traces(actor, annex, then, mail="", account=None, reason=reason),
    ]


def _own(annex: Booking, act: str, then: str, why: Why) -> Why:
    """Whose cause it is that the annex goes: the facility's where it is called off though its room is not."""
    if then != "call_off" or act == then:
        return why
    terms = terms_on(annex.room.facility_id, clock.today())
    return replace(why, terms=terms, cause=next(one for one in terms.causes if one.whose == FACILITYS_CAUSE))


def _ended(booking: Booking, act: str, why: Why, *, went_with: Booking | None = None) -> Issued | None:
    """The booking as it is over; the unsaved document of the act, if it bears one."""
    values = _values(booking, act, why)
    along = {"went_with_id": went_with.pk} if went_with else {}
    change(booking, state=STATE_AFTER[act], due_at=None, hold_expires_at=None, reason=why.reason, **values, **along)
    document = DOCUMENTS.get(act)
    return document(booking, why.ground) if document and why.ground else None


def _values(booking: Booking, act: str, why: Why) -> dict[str, Any]:
    """What is kept of the end: when, for which cause, and which share goes back. None of it is the whole."""
    if act == "refuse":
        return {"decided_at": clock.now()}
    if act == "revoke":
        return {"ended_at": clock.now(), "refund_percent": 0}
    share = rate_for(booking, why.cause, why.terms).percent if why.cause and why.terms else None
    is_told = booking.state != HOLD and why.cause is not None
    return {
        "ended_at": clock.now(),
        "cause": why.cause.code if is_told and why.cause else "",
        "refund_percent": share if is_told else None,
    }
