"""The fee that comes with an application, and the reduction that is asked for with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.bookings.models import Booking, FeeCause
from apps.bookings.rules.fees.compute import granted_reduction
from apps.bookings.rules.fees.use import Facts
from apps.bookings.rules.listing import Offer
from apps.bookings.services.fees.asking import reduction_asked
from apps.bookings.services.fees.pricing import Wanted, check_seen, price, store
from shared.actor import Actor
from shared.inserts import insert_together

NOTHING_SPECIAL: Final = Facts()


@dataclass(frozen=True, slots=True)
class FeeWish:
    """What the applicant says that matters to the fee: the facts, the ground of a reduction, and the fee shown."""

    facts: Facts = NOTHING_SPECIAL
    reduction: str = ""
    seen: int | None = None


NO_WISH: Final = FeeWish()


def charge(actor: Actor, booking: Booking, offer: Offer, wish: FeeWish) -> None:
    """Compute and keep the fee of an application, inside its transaction; nothing where no tables hold.

    Raises ``FeeChangedError`` when another fee was shown, ``UnknownReductionError``.
    """
    priced = price(Wanted.of(booking), offer, wish.facts)
    if priced is None:
        return
    check_seen(priced, wish.seen)
    ground = granted_reduction(priced.in_force.tables, wish.reduction)
    store(actor, booking.pk, priced, FeeCause.APPLICATION)
    if ground is not None:
        insert_together(*reduction_asked(actor, booking, ground))
