"""The waiting list (空き待ち): somebody asks for slots that are taken; once free, the first in line gets a hold.

Whoever is closed, or lets the registration go, is taken out of the lines by a trigger (``shared.end_waits``).
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.bookings.errors import BookingError, UnknownBookingError
from apps.bookings.life_errors import NotWaitableError, TooManyWaitsError
from apps.bookings.mail import mail_context
from apps.bookings.models import BookingState, Channel, Occupation, OccupationKind, Wait, WaitState
from apps.bookings.queries.rooms import room_with_facility
from apps.bookings.rules.choice import choose
from apps.bookings.rules.reception import check_online, check_portal
from apps.bookings.rules.residency import who_books
from apps.bookings.rules.window import check_not_begun, check_window
from apps.bookings.services.occupying import Claim, conflicts_told, occupations
from apps.bookings.services.starting import Wish, asked, check_admitted, start
from apps.registrants.models import Registrant
from kernel import clock
from shared.actor import SYSTEM, Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.messages import message

BATCH = 100
OPEN = (WaitState.WAITING, WaitState.OFFERED)


def join_line(*, actor: Actor, wish: Wish) -> Wait:
    """Take the last place in the line for slots that are taken now. Asked for again, the place is the same.

    Raises the errors of ``hold_slot``, ``NotWaitableError`` for slots that are free, ``TooManyWaitsError``.
    """
    with transaction.atomic():
        by = asked(wish)
        check_online(by.who.is_counter_only)
        now = clock.now()
        check_portal(by.offer, wish.day, now, by.who.asking.kind)
        check_window(by.offer, wish.day, now, who_books(by.who.home, by.offer, wish.day))
        check_admitted(by, {wish.day})
        choice = choose(by.offer, wish.day, wish.slots)
        check_not_begun(choice.starts_at, now)
        claim = Claim(by.offer.parts, choice.starts_at, choice.ends_at, registrant=wish.registrant)
        _check_taken(claim, now)
        mine = list(Wait.objects.filter(registrant=wish.registrant, state__in=OPEN))
        same = next((one for one in mine if (one.room_id, one.day, one.slot_numbers) == _place(wish)), None)
        if same is not None:
            return same
        if len(mine) >= by.terms.waiting.places:
            raise TooManyWaitsError(most=by.terms.waiting.places)
        wait = Wait(
            registrant_id=wish.registrant,
            room_id=wish.room,
            day=wish.day,
            during=claim.span,
            slot_numbers=choice.numbers,
            slot_labels=choice.labels,
            asked_at=now,
        )
        insert_together(wait, _entry(actor, wait, "join"))
    return wait


def leave_line(*, actor: Actor, wait: UUID) -> None:
    """Give the place up. ``UnknownBookingError`` for one that is not the caller's, or is over."""
    with transaction.atomic():
        found = Wait.objects.filter(pk=wait, state=WaitState.WAITING).first()
        if found is None or not Wait.objects.filter(pk=wait, state=WaitState.WAITING).update(state=WaitState.WITHDRAWN):
            raise UnknownBookingError
        insert_together(_entry(actor, found, "leave"))


def serve_lines(*, at_most: int = BATCH) -> int:
    """Give freed slots to whoever is first in line, close what is over; how many got a hold.

    Each is a transaction of its own, along the one write path: of two runs at once one gives the slot.
    """
    _close_lines()
    served = 0
    for wait in list(_hopeful()[:at_most]):
        served += _serve(wait)
    return served


def _serve(wait: Wait) -> bool:
    wish = Wish(wait.registrant_id, wait.room_id, wait.day, tuple(wait.slot_numbers), wait.pk)
    try:
        with conflicts_told(), transaction.atomic():
            by = asked(wish)
            check_online(by.who.is_counter_only)
            check_window(by.offer, wish.day, clock.now(), who_books(by.who.home, by.offer, wish.day))
            begun = start(wish, by, state=BookingState.HOLD)
            if begun.secured.existing is not None or not _is_waiting(wait):
                return False
            until = min(begun.now + dt.timedelta(hours=by.terms.waiting.hours), begun.choice.starts_at)
            hold = begun.booking(state=BookingState.HOLD, channel=Channel.PORTAL, hold_expires_at=until)
            hold.room = room_with_facility(wait.room_id)
            account: UUID | None = wait.account  # type: ignore[attr-defined]  # annotated by _hopeful
            mail = mail_context(hold) | {"until": until.isoformat()}
            insert_together(
                hold,
                *occupations(begun.claim, kind=OccupationKind.HOLD, booking=hold.pk, expires_at=until),
                entry(
                    SYSTEM,
                    Action.CREATE,
                    object_type="booking",
                    object_id=hold.pk,
                    persons=[hold.registrant_id],
                    state=BookingState.HOLD,
                ),
                *([message(template="bookings/mail/freed", recipient=account, context=mail)] if account else []),
            )
            Wait.objects.filter(pk=wait.pk).update(state=WaitState.OFFERED, hold=hold, offered_until=until)
    except BookingError:
        return False
    return True


def _is_waiting(wait: Wait) -> bool:
    """Under lock, the registrant first: a closing or a merge locks whoever waits before the places in lines."""
    list(Registrant.objects.select_for_update(no_key=True).filter(pk=wait.registrant_id).values_list("pk"))
    mine = Wait.objects.filter(pk=wait.pk, registrant=wait.registrant_id, state=WaitState.WAITING)
    return mine.select_for_update().exists()


def _hopeful() -> QuerySet[Wait]:
    """Those who wait for what may be free now, the first in line first. The write path looks again, under lock."""
    now = clock.now()
    parts = Occupation.objects.filter(part__room_parts__room=OuterRef("room"), during__overlap=OuterRef("during"))
    taken = parts.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return (
        Wait.objects.filter(~Exists(taken), state=WaitState.WAITING, during__startswith__gt=now)
        .annotate(account=F("registrant__portal_account"))
        .order_by("asked_at", "id")
    )


def _close_lines() -> None:
    """Who took the offer up has taken it; whose hold is over, or whose day has come, waits no more."""
    now = clock.now()
    offered = Wait.objects.filter(state=WaitState.OFFERED)
    offered.filter(hold__applied_at__isnull=False).update(state=WaitState.TAKEN)
    offered.filter(Q(hold=None) | Q(offered_until__lte=now) | Q(hold__state=BookingState.CANCELLED)).update(
        state=WaitState.OVER
    )
    Wait.objects.filter(state=WaitState.WAITING, during__startswith__lte=now).update(state=WaitState.OVER)


def _check_taken(claim: Claim, now: dt.datetime) -> None:
    span = DateTimeTZRange(claim.starts_at, claim.ends_at)
    found = Occupation.objects.filter(part__in=claim.parts, during__overlap=span)
    if not found.filter(Q(expires_at=None) | Q(expires_at__gt=now)).exists():
        raise NotWaitableError(field="slots")


def _place(wish: Wish) -> tuple[UUID, dt.date, list[int]]:
    return wish.room, wish.day, sorted(wish.slots)


def _entry(actor: Actor, wait: Wait, act: str) -> AuditEntry:
    return entry(actor, Action.CHANGE, object_type="wait", object_id=wait.pk, persons=[wait.registrant_id], act=act)
