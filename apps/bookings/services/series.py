"""Several bookings of one registrant permitted, changed and given up as one (定期利用・繰り返し予約)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.bookings.errors import BookingError
from apps.bookings.life_errors import UnknownSeriesError
from apps.bookings.models import Booking, Series
from apps.bookings.queries.annexes import went_with
from apps.bookings.rules.states import ALLOWED, check_reason
from apps.bookings.services.annexes import lock_families
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.change import Target, change_by_staff
from apps.bookings.services.decide import permit
from apps.bookings.services.occupying import conflicts_told
from apps.bookings.services.series_mail import series_mail
from apps.registrants.models import Registrant
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together


def permit_series(*, actor: Actor, series: UUID) -> tuple[int, list[tuple[Booking, BookingError]]]:
    """Permit what waits; how many were, and which were not and why. One mail for all."""
    done: list[Booking] = []
    failed: list[tuple[Booking, BookingError]] = []
    with transaction.atomic():
        found = _series(series)
        for one in _locked(series, ALLOWED["permit"]):
            try:
                with transaction.atomic():
                    done.append(permit(actor=actor, booking=one.pk, silent=True))
            except BookingError as error:
                failed.append((one, error))
        _write_once(found.registrant_id, done, "permitted")
    return len(done), failed


def cancel_series(
    *, actor: Actor, series: UUID, bookings: Collection[UUID], reason: str, cause: str, late: bool = False
) -> int:
    """Give up those of the series that are named, all or none; one mail. ``UnknownSeriesError`` for none of it.

    Annexes first, so that none of the series is gone with its room before its turn.
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = _series(series)
        wanted = [one for one in _locked(series, ALLOWED["cancel"]) if one.pk in bookings]
        if not wanted:
            raise UnknownSeriesError
        done = [
            cancel_by_staff(actor=actor, booking=one.pk, reason=cleaned, cause=cause, late=late, silent=True)
            for one in sorted(wanted, key=lambda one: one.room.parent_id is None)
        ]
        _write_once(found.registrant_id, [*done, *went_with(done)], "cancelled")
    return len(done)


def change_series(
    *, actor: Actor, series: UUID, bookings: Collection[UUID], room: UUID, slots: tuple[int, ...], shift: int = 0
) -> int:
    """Give those that are named another room, other slots, or a day ``shift`` days later; all or none, one mail."""
    with conflicts_told(), transaction.atomic():
        found = _series(series)
        wanted = [one for one in _locked(series, ALLOWED["change"]) if one.pk in bookings]
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
        _write_once(found.registrant_id, done, "changed")
    return len(done)


def _locked(series: UUID, states: Collection[str]) -> list[Booking]:
    """The bookings of a series that are not over and in one of ``states``, in order, their rows locked at once."""
    found = Booking.objects.filter(series=series, state__in=states, during__startswith__gt=clock.now())
    lock_families(list(found.values_list("pk", flat=True)))
    return list(found.select_related("room__facility").order_by("day", "during"))


def _series(series: UUID) -> Series:
    found = Series.objects.select_for_update().filter(pk=series).first()
    if found is None:
        raise UnknownSeriesError
    return found


def _write_once(registrant: UUID, bookings: Sequence[Booking], done: str) -> None:
    account = Registrant.objects.values_list(F("portal_account"), flat=True).get(pk=registrant)
    told = series_mail(account, bookings, done)
    if told:
        insert_together(*told)
