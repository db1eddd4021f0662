"""Several bookings of one registrant made, permitted, changed and given up as one (定期利用・繰り返し予約)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import F

from apps.bookings.errors import BookingError
from apps.bookings.life_errors import UnknownSeriesError
from apps.bookings.mail import mail_context
from apps.bookings.models import Booking, BookingState, Channel, OccupationKind, Series
from apps.bookings.queries.rooms import room_with_facility
from apps.bookings.rules.choice import check_headcount, check_purpose
from apps.bookings.rules.series import Pattern
from apps.bookings.rules.states import ALLOWED, check_reason
from apps.bookings.services.acting import traces
from apps.bookings.services.apply import Application
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.counter import overriding
from apps.bookings.services.decide import permit
from apps.bookings.services.occupying import Claim, conflicts_told, lock_ahead, occupations
from apps.bookings.services.starting import Start, Wish, asked, start
from apps.registrants.models import Registrant
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.inserts import insert_together
from shared.outbox.messages import message


def book_series(
    *,
    actor: Actor,
    wish: Wish,
    days: Sequence[dt.date],
    application: Application,
    pattern: Pattern,
    override: str = "",
) -> Series:
    """Book ``wish.slots`` of its room on all ``days``, or on none. The same key again gives the same series.

    Raises the errors of ``book_at_counter``; ``on`` among the parameters of a day's error is that day.
    """
    reason = check_reason(override) if override else ""
    with conflicts_told(), transaction.atomic():
        by = asked(Wish(wish.registrant, wish.room, max(days), wish.slots, wish.key))
        check_purpose(by.offer, application.purpose)
        check_headcount(by.offer, application.headcount)
        now = clock.now()
        lock_ahead([Claim(by.offer.parts, now, now, registrant=wish.registrant)])
        known = Series.objects.filter(pk=uuid5(wish.key, "series")).first()
        if known is not None:
            return known
        series = Series(
            id=uuid5(wish.key, "series"),
            registrant_id=wish.registrant,
            pattern=_stored(pattern),
            created_at=now,
            created_by=actor.id,
        )
        series.save(force_insert=True)
        made: list[Booking] = []
        for day in days:
            one = Wish(wish.registrant, wish.room, day, wish.slots, uuid5(wish.key, day.isoformat()))
            begun = _started(one, by, series, bool(reason))
            made.append(_booked(actor, begun, series, application, reason))
        _write_once(wish.registrant, series, made, "applied")
    return series


def permit_series(*, actor: Actor, series: UUID) -> tuple[int, list[tuple[Booking, BookingError]]]:
    """Permit what waits; how many were, and which were not and why. One mail for all."""
    done: list[Booking] = []
    failed: list[tuple[Booking, BookingError]] = []
    with transaction.atomic():
        found = _series(series)
        for one in bookings_of(series, ALLOWED["permit"]):
            try:
                with transaction.atomic():
                    done.append(permit(actor=actor, booking=one.pk, silent=True))
            except BookingError as error:
                failed.append((one, error))
        _write_once(found.registrant_id, found, done, "permitted")
    return len(done), failed


def cancel_series(
    *, actor: Actor, series: UUID, bookings: Collection[UUID], reason: str, cause: str, late: bool = False
) -> int:
    """Give up those of the series that are named, all or none; one mail. ``UnknownSeriesError`` for none of it."""
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = _series(series)
        wanted = [one for one in bookings_of(series, ALLOWED["cancel"]) if one.pk in bookings]
        if not wanted:
            raise UnknownSeriesError
        done = [
            cancel_by_staff(actor=actor, booking=one.pk, reason=cleaned, cause=cause, late=late, silent=True)
            for one in wanted
        ]
        _write_once(found.registrant_id, found, done, "cancelled")
    return len(done)


def change_series(
    *, actor: Actor, series: UUID, bookings: Collection[UUID], room: UUID, slots: tuple[int, ...], shift: int = 0
) -> int:
    """Give those that are named another room, other slots, or a day ``shift`` days later; all or none, one mail."""
    with conflicts_told(), transaction.atomic():
        found = _series(series)
        wanted = [one for one in bookings_of(series, ALLOWED["change"]) if one.pk in bookings]
        if not wanted:
            raise UnknownSeriesError
        order = sorted(wanted, key=lambda one: one.day, reverse=shift > 0)
        done = [
            change_by_staff(
                actor=actor,
                booking=one.pk,
                to=Target(room, one.day + dt.timedelta(days=shift), slots),
                silent=True,
            )
            for one in order
        ]
        _write_once(found.registrant_id, found, done, "changed")
    return len(done)


def bookings_of(series: UUID, states: Collection[str]) -> list[Booking]:
    """The bookings of a series that are not over and in one of ``states``, in order."""
    found = Booking.objects.filter(series=series, state__in=states, during__startswith__gt=clock.now())
    return list(found.select_related("room__facility").order_by("day", "during"))


def _series(series: UUID) -> Series:
    found = Series.objects.select_for_update().filter(pk=series).first()
    if found is None:
        raise UnknownSeriesError
    return found


def _started(wish: Wish, by: Any, series: Series, overridden: bool) -> Start:
    try:
        return start(wish, by, series=series.pk, overridden=overridden)
    except BookingError as error:
        error.params["on"] = wish.day.isoformat()
        raise


def _booked(actor: Actor, begun: Start, series: Series, application: Application, reason: str) -> Booking:
    booking = begun.booking(
        state=BookingState.UNDER_REVIEW,
        channel=Channel.COUNTER,
        purpose_id=application.purpose,
        headcount=application.headcount,
        event_name=application.event_name.strip(),
        applied_at=begun.now,
        series=series,
    )
    booking.room = room_with_facility(begun.wish.room)
    rows: list[models.Model] = [
        booking,
        *occupations(begun.claim, kind=OccupationKind.BOOKING, booking=booking.pk),
        *traces(actor, booking, "apply", mail="", account=None),
        *(overriding(actor, booking, reason) if reason else ()),
    ]
    insert_together(*rows)
    return booking


def _write_once(registrant: UUID, series: Series, bookings: Sequence[Booking], done: str) -> None:
    account = Registrant.objects.values_list(F("portal_account"), flat=True).get(pk=registrant)
    if account is None or not bookings:
        return
    first = min(bookings, key=lambda one: (one.day, one.during.lower))
    lines = [_line(one) for one in sorted(bookings, key=lambda one: (one.day, one.during.lower))]
    context = mail_context(first) | {"done": done, "lines": lines, "count": len(lines)}
    insert_together(message(template="bookings/mail/series", recipient=account, context=context))


def _line(booking: Booking) -> dict[str, str]:
    starts, ends = (one.astimezone(TOKYO) for one in (booking.during.lower, booking.during.upper))
    return {
        "day": booking.day.isoformat(),
        "hours": f"{starts:%H:%M}–{ends:%H:%M}",
        "room": booking.room.name,
        "room_en": booking.room.name_en,
        "number": booking.number,
    }


def _stored(pattern: Pattern) -> Mapping[str, Any]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in asdict(pattern).items()}
