"""A booking gets another day, other slots or another room (日時・室場の変更): one act, both or nothing.

Number, state and history stay. The new parts are locked and looked at before the old ones are let go.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from apps.bookings.life_errors import ChangeAskedError, NotByPortalError, NothingChangesError
from apps.bookings.models import Booking, ChangeRequest, ChangeState, FeeCause, OccupationKind
from apps.bookings.queries.grounds import Asked
from apps.bookings.queries.rooms import room_with_facility
from apps.bookings.rules.annex import check_parent
from apps.bookings.rules.choice import Choice, check_headcount, check_purpose, choose
from apps.bookings.rules.deadlines import check_deadline
from apps.bookings.rules.limits import check_limits
from apps.bookings.rules.reception import check_online, check_portal
from apps.bookings.rules.residency import who_books
from apps.bookings.rules.states import CITIZEN, PERMITTED, STAFF, check_reason
from apps.bookings.rules.window import check_not_begun, check_window
from apps.bookings.services.acting import booking_for, change, traces
from apps.bookings.services.annexes import check_annexes_stay
from apps.bookings.services.fees.aside import charge_aside, stead_of
from apps.bookings.services.fees.pricing import charge_anew
from apps.bookings.services.issuing import Issued, change_document
from apps.bookings.services.lending import follow
from apps.bookings.services.occupying import Claim, conflicts_told, occupations, secure
from apps.bookings.services.sheets import use_of
from apps.bookings.services.starting import Wish, asked, check_admitted, counted_since, counted_wish
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@dataclass(frozen=True, slots=True)
class Target:
    """What a booking is to become: the room, the day, the slots."""

    room: UUID
    day: dt.date
    slots: tuple[int, ...]


def change_by_citizen(*, actor: Actor, booking: UUID, to: Target, seen_version: int | None = None) -> Booking:
    """Change what is not permitted yet, in time, within the window, to a public room that is received alike.

    A permitted booking is changed by asking (``ask_change``). Raises the errors of ``hold_slot``,
    ``NotByPortalError``, ``TooLateForThisError`` and ``NothingChangesError``.
    """
    with conflicts_told(), transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=seen_version, who=CITIZEN)
        if found.state == PERMITTED:
            raise NotByPortalError
        by = _checked_by_citizen(found, to)
        if by.offer.reception != found.room.reception:
            raise NotByPortalError
        return _move(actor, found, to, by)


def change_by_staff(
    *,
    actor: Actor,
    booking: UUID,
    to: Target,
    override: str = "",
    seen_version: int | None = None,
    silent: bool = False,
) -> Booking:
    """Change at the counter; a permitted booking gets its 使用変更許可書. ``override``: why limits are set aside.

    Raises the errors of ``book_at_counter`` and ``NothingChangesError``.
    """
    reason = check_reason(override) if override else ""
    with conflicts_told(), transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=seen_version, who=STAFF)
        by = asked(wish_of(found, to))
        return _move(actor, found, to, by, reason=reason, overridden=bool(reason), silent=silent)


def move_aside(*, actor: Actor, booking: UUID, to: Target, reason: str) -> Booking:
    """The room is needed for a public use (行政使用): the booking goes elsewhere, with the renter's consent.

    Limits do not count, nor that the registration is suspended or over; the fee is not raised now or later, and the
    notice and the mail are the displacement's own. Inside a transaction. Raises the errors of ``book_at_counter`` but
    those of limits.
    """
    found = booking_for("change", booking=booking, seen_version=None, who=STAFF)
    by = asked(wish_of(found, to), whatever_state=True)
    return _move(actor, found, to, by, reason=check_reason(reason), overridden=True, silent=True, aside=True)


def ask_change(*, actor: Actor, booking: UUID, to: Target, seen_version: int | None = None) -> ChangeRequest:
    """Ask for a change of a permitted booking (変更申請). Nothing is occupied by it.

    Raises as ``change_by_citizen`` does, and ``ChangeAskedError`` while another one waits.
    """
    with transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=seen_version, who=CITIZEN)
        _checked_by_citizen(found, to)
        if ChangeRequest.objects.filter(booking=found, state=ChangeState.ASKED).exists():
            raise ChangeAskedError
        request = ChangeRequest(
            booking=found, room_id=to.room, day=to.day, slot_numbers=list(to.slots), asked_at=clock.now()
        )
        insert_together(request, *traces(actor, found, "ask_change", mail="", account=None))
    return request


def withdraw_change(*, actor: Actor, booking: UUID) -> None:
    """Take back what was asked for. ``ChangeAskedError`` when there is nothing."""
    with transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=None, who=CITIZEN)
        request = _asked_of(found)
        _close(request, ChangeState.WITHDRAWN)
        insert_together(*traces(actor, found, "withdraw_change", mail="", account=None))


def grant_change(*, actor: Actor, booking: UUID, override: str = "", seen_version: int | None = None) -> Booking:
    """Permit the change that was asked for. Raises as ``change_by_staff`` does, and ``ChangeAskedError``."""
    reason = check_reason(override) if override else ""
    with conflicts_told(), transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=seen_version, who=STAFF)
        request = _asked_of(found)
        to = Target(request.room_id, request.day, tuple(request.slot_numbers))
        done = _move(actor, found, to, asked(wish_of(found, to)), reason=reason, overridden=bool(reason))
        _close(request, ChangeState.GRANTED)
    return done


def refuse_change(*, actor: Actor, booking: UUID, reason: str, seen_version: int | None = None) -> Booking:
    """Leave the booking as it is, with a reason that the applicant is told."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = booking_for("change", booking=booking, seen_version=seen_version, who=STAFF)
        _close(_asked_of(found), ChangeState.REFUSED, cleaned)
        change(found)
        account: UUID | None = found.account  # type: ignore[attr-defined]  # annotated by booking_for
        told = traces(actor, found, "refuse_change", mail="change_refused", account=account, reason=cleaned)
        insert_together(*told)
    return found


def _checked_by_citizen(found: Booking, to: Target) -> Asked:
    by = asked(wish_of(found, to))
    check_online(by.who.is_counter_only)
    now = clock.now()
    check_portal(by.offer, to.day, now, by.who.asking.kind)
    check_deadline(by.terms.change_portal, day=found.day, starts_at=found.during.lower, now=now)
    check_window(by.offer, to.day, now, who_books(by.who.home, by.offer, to.day))
    chosen(found, to, by)
    return by


def chosen(found: Booking, to: Target, by: Asked) -> Choice:
    """The new day and slots, if they are other ones than now and the room offers and allows them."""
    if (found.room_id, found.day, tuple(found.slot_numbers)) == (to.room, to.day, to.slots):
        raise NothingChangesError
    choice = choose(by.offer, to.day, to.slots)
    check_not_begun(choice.starts_at, clock.now())
    if found.purpose_id is not None:
        check_purpose(by.offer, found.purpose_id)
    if found.headcount is not None:
        check_headcount(by.offer, found.headcount)
    return choice


def _move(
    actor: Actor,
    found: Booking,
    to: Target,
    by: Asked,
    *,
    reason: str = "",
    overridden: bool = False,
    silent: bool = False,
    aside: bool = False,
) -> Booking:
    choice = chosen(found, to, by)
    if not overridden:
        check_admitted(by, {to.day})
    now = clock.now()
    claim = claim_of(found, to, by, choice, now=now)
    secured = secure(claim, now=now)
    check_annexes_stay(found, to.room, claim.span)
    if not overridden:
        check_parent(by.offer, choice.starts_at, choice.ends_at, secured.others)
        wish = counted_wish(by.offer, choice, state=found.state, now=now, series=found.series_id, booking=found.pk)
        check_limits(by.terms.limits, by.terms.ceilings, asking=by.who.asking, wish=wish, others=secured.others)
    before, stead = use_of(found), stead_of(found)
    found.occupations.all().delete()
    found.room = room_with_facility(to.room)
    change(
        found,
        room_id=to.room,
        day=choice.day,
        during=claim.span,
        slot_numbers=choice.numbers,
        slot_labels=choice.labels,
    )
    if aside:
        charge_aside(actor, found, stead)
    else:
        charge_anew(actor, found, FeeCause.CHANGE, by_choice=True)
    document = None if aside or found.state != PERMITTED else change_document(found, before)
    insert_together(
        *occupations(claim, kind=OccupationKind.BOOKING, booking=found.pk),
        *_told(actor, found, document, reason, silent),
    )
    follow(found)
    return found


def claim_of(found: Booking, to: Target, by: Asked, choice: Choice, *, now: dt.datetime) -> Claim:
    """What the changed booking would occupy; its own parts do not count as taken."""
    return Claim(
        by.offer.parts,
        choice.starts_at,
        choice.ends_at,
        registrant=found.registrant_id,
        booking=found.pk,
        since=counted_since(to.day, now),
        room=by.offer.room,
        listed=by.offer.listed or None,
    )


def _told(actor: Actor, found: Booking, issued: Issued | None, reason: str, silent: bool) -> list[models.Model]:
    account: UUID | None = found.account  # type: ignore[attr-defined]  # annotated by booking_for
    return [
        *(issued.rows if issued else ()),
        *traces(actor, found, "change", mail="changed", account=None if silent else account, reason=reason),
    ]


def wish_of(found: Booking, to: Target) -> Wish:
    """The change as a wish of the same registrant."""
    return Wish(found.registrant_id, to.room, to.day, to.slots, found.idempotency_key)


def _asked_of(found: Booking) -> ChangeRequest:
    request = ChangeRequest.objects.select_for_update().filter(booking=found, state=ChangeState.ASKED).first()
    if request is None:
        raise ChangeAskedError
    return request


def _close(request: ChangeRequest, state: ChangeState, reason: str = "") -> None:
    request.state, request.decided_at, request.reason = state, clock.now(), reason
    request.save(update_fields=["state", "decided_at", "reason"])
