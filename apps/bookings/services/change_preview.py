"""What a change of day, slots or room would do, before it is made: the fee, and which rule stands against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from apps.bookings.models import Booking
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import fee_of, granted_code
from apps.bookings.queries.grounds import Asked
from apps.bookings.rules.choice import Choice
from apps.bookings.rules.limits import check_limits
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.states import STAFF, check_act
from apps.bookings.services.change import Target, chosen, claim_of, wish_of
from apps.bookings.services.fees.pricing import Wanted, facts_of, price
from apps.bookings.services.occupying import Secured, secure
from apps.bookings.services.starting import asked, counted_wish
from kernel import clock
from kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """A booking, what it would become, and what stands against that.

    ``refused`` is a rule that nobody sets aside; ``limit`` one that staff may, with a reason. Fees are in yen, None
    where no table holds.
    """

    booking: Booking
    offer: Offer | None = None
    choice: Choice | None = None
    fee_now: int | None = None
    fee_then: int | None = None
    refused: DomainError | None = None
    limit: DomainError | None = None

    @property
    def difference(self) -> int:
        """By how much the fee would rise; below zero, fall."""
        return (self.fee_then or 0) - (self.fee_now or 0)


def look_at_change(*, booking: UUID, to: Target) -> ChangePreview:
    """What ``change_by_staff`` would do now. It looks under the same locks, and changes nothing."""
    found = desk_booking(booking)
    try:
        with transaction.atomic():
            check_act("change", state=found.state, version=found.version, seen_version=None, who=STAFF)
            by = asked(wish_of(found, to))
            choice = chosen(found, to, by)
            now = clock.now()
            secured = secure(claim_of(found, to, by, choice, now=now), now=now)
    except DomainError as error:
        return ChangePreview(found, refused=error)
    return _priced(found, by, choice, _limit(found, by, choice, secured))


def _limit(found: Booking, by: Asked, choice: Choice, secured: Secured) -> DomainError | None:
    wish = counted_wish(by.offer, choice, state=found.state, now=clock.now(), series=found.series_id, booking=found.pk)
    try:
        check_limits(by.terms.limits, by.terms.ceilings, asking=by.who.asking, wish=wish, others=secured.others)
    except DomainError as error:
        return error
    return None


def _priced(found: Booking, by: Asked, choice: Choice, limit: DomainError | None) -> ChangePreview:
    fee = fee_of(found.pk)
    facts = replace(facts_of(found.pk), reduction=granted_code(found.pk))
    wanted = Wanted(found.registrant_id, choice.day, tuple(choice.numbers))
    priced = price(wanted, by.offer, facts)
    return ChangePreview(
        found,
        by.offer,
        choice,
        fee_now=fee.sheet.total if fee else None,
        fee_then=priced.fee.total if priced else None,
        limit=limit,
    )
