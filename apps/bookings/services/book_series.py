"""A series is booked (定期利用・繰り返し予約): all its days or none, in a number of statements that no day adds to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import models, transaction

from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, BookingState, Channel, FeeSheet, OccupationKind, Series
from apps.bookings.queries.fees import tables_until
from apps.bookings.queries.grounds import Asked
from apps.bookings.queries.rooms import room_of
from apps.bookings.rules.ceilings import check_people, check_unpaid
from apps.bookings.rules.choice import Choice, check_headcount, check_purpose, choose
from apps.bookings.rules.limits import check_limits
from apps.bookings.rules.series import Pattern, Picked
from apps.bookings.rules.states import check_reason
from apps.bookings.rules.window import check_not_begun
from apps.bookings.services.acting import traces
from apps.bookings.services.apply import Application
from apps.bookings.services.counter import overriding
from apps.bookings.services.fees.charging import charged
from apps.bookings.services.fees.pricing import Wanted, price_for
from apps.bookings.services.occupying import Claim, Secured, conflicts_told, occupations
from apps.bookings.services.occupying_many import SecuredMany, secure_all
from apps.bookings.services.series_mail import series_mail
from apps.bookings.services.starting import Start, Wish, asked_all, check_admitted, counted_since, counted_wish
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """For whom what is booked when. ``key`` makes the same request, sent twice, book once."""

    registrant: UUID
    picked: Sequence[Picked]
    pattern: Pattern
    key: UUID


def book_series(*, actor: Actor, wish: SeriesWish, application: Application, override: str = "") -> Series:
    """Book all that was picked, or nothing. The same key again gives the same series.

    Raises the errors of ``book_at_counter``; ``on`` among the parameters of a day's error is that day.
    """
    reason = check_reason(override) if override else ""
    with conflicts_told(), transaction.atomic():
        grounds = _grounds(wish, application, is_bound=not reason)
        begun = _begun(wish, grounds)
        series = _series(actor, wish)
        secured = secure_all(
            [one.claim for one in begun], registrant=wish.registrant, series=series.pk, now=series.created_at
        )
        if secured.known:
            return Series.objects.get(pk=series.pk)
        made = [_booking(one, serial, series, application) for one, serial in zip(begun, secured.serials, strict=True)]
        fees = _fees(actor, made, grounds, application)
        if not reason:
            _check_limits(begun, made, grounds, secured, fees)
        told = series_mail(grounds[begun[0].wish.room].who.account, made, "applied")
        insert_together(*_in_order([series, *_rows(actor, begun, made, reason), *fees, *told]))
    return series


def _grounds(wish: SeriesWish, application: Application, *, is_bound: bool) -> dict[UUID, Asked]:
    """What each room offers, once the purpose and the number of people were looked at."""
    rooms, days = {one.room for one in wish.picked}, {one.day for one in wish.picked}
    grounds = asked_all(wish.registrant, rooms, days)
    for by in grounds.values():
        check_purpose(by.offer, application.purpose)
        check_headcount(by.offer, application.headcount)
        if is_bound:
            check_admitted(by, days)
            check_people(by.terms.ceilings, application.headcount)
    return grounds


def _begun(wish: SeriesWish, grounds: Mapping[UUID, Asked]) -> list[Start]:
    now = clock.now()
    return [_start(wish, one, grounds[one.room], now) for one in sorted(wish.picked, key=lambda one: one.day)]


def _start(wish: SeriesWish, one: Picked, by: Asked, now: dt.datetime) -> Start:
    offer = by.offer
    choice = _chosen(by, one, now)
    claim = Claim(
        offer.parts,
        choice.starts_at,
        choice.ends_at,
        registrant=wish.registrant,
        since=counted_since(one.day, now),
        room=offer.room,
        listed=offer.listed,
    )
    mine = Wish(wish.registrant, one.room, one.day, one.slots, uuid5(wish.key, one.day.isoformat()))
    return Start(mine, offer, choice, claim, Secured(0, None), now)


def _chosen(by: Asked, one: Picked, now: dt.datetime) -> Choice:
    try:
        choice = choose(by.offer, one.day, one.slots)
        check_not_begun(choice.starts_at, now)
    except BookingError as error:
        error.params["on"] = one.day.isoformat()
        raise
    return choice


def _series(actor: Actor, wish: SeriesWish) -> Series:
    return Series(
        id=uuid5(wish.key, "series"),
        registrant_id=wish.registrant,
        pattern=_stored(wish.pattern),
        created_at=clock.now(),
        created_by=actor.id,
    )


def _booking(begun: Start, serial: int, series: Series, application: Application) -> Booking:
    booking = begun.numbered(
        serial,
        state=BookingState.UNDER_REVIEW,
        channel=Channel.COUNTER,
        purpose_id=application.purpose,
        headcount=application.headcount,
        event_name=application.event_name.strip(),
        applied_at=begun.now,
        series=series,
    )
    booking.room = room_of(begun.offer)
    return booking


def _fees(
    actor: Actor, made: Sequence[Booking], grounds: Mapping[UUID, Asked], application: Application
) -> list[models.Model]:
    """The fee of each day with its lines, by the tables of that day; one statement."""
    facility = next(iter(grounds.values())).offer.facility
    tables = tables_until(facility, grounds, max(one.day for one in made))
    rows: list[models.Model] = []
    for one in made:
        by = grounds[one.room_id]
        wanted, facts = Wanted.of(one), application.fee.facts
        priced = price_for(tables.on(one.room_id, one.day), wanted, by.offer, facts, by.who.home)
        rows += charged(actor, one, priced, application.fee, by.terms.payment)
    return rows


def _check_limits(
    begun: Sequence[Start],
    made: Sequence[Booking],
    grounds: Mapping[UUID, Asked],
    secured: SecuredMany,
    fees: Sequence[models.Model],
) -> None:
    """Each day counts beside what there is and the days before it."""
    others, unpaid = list(secured.others), secured.unpaid
    costly = {one.booking_id for one in fees if isinstance(one, FeeSheet) and one.total}
    for start, booking in zip(begun, made, strict=True):
        by = grounds[booking.room_id]
        wish = counted_wish(
            by.offer, start.choice, state=booking.state, now=start.now, series=booking.series_id, booking=booking.pk
        )
        try:
            check_limits(by.terms.limits, by.terms.ceilings, asking=by.who.asking, wish=wish, others=others)
            if booking.pk in costly:
                check_unpaid(by.terms.ceilings, unpaid)
        except BookingError as error:
            error.params["on"] = booking.day.isoformat()
            raise
        others.append(wish)
        unpaid += booking.pk in costly


def _rows(actor: Actor, begun: Sequence[Start], made: Sequence[Booking], reason: str) -> list[models.Model]:
    rows: list[models.Model] = []
    for start, booking in zip(begun, made, strict=True):
        rows += [
            booking,
            *occupations(start.claim, kind=OccupationKind.BOOKING, booking=booking.pk),
            *traces(actor, booking, "apply", mail="", account=None),
            *(overriding(actor, booking, reason) if reason else ()),
        ]
    return rows


def _in_order(rows: Sequence[models.Model]) -> list[models.Model]:
    """The rows of each model together, the models in the order in which they first come."""
    kinds = list(dict.fromkeys(type(one) for one in rows))
    return sorted(rows, key=lambda one: kinds.index(type(one)))


def _stored(pattern: Pattern) -> Mapping[str, Any]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in asdict(pattern).items()}
