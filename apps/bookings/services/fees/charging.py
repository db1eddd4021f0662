"""The fee that comes with an application, and the reduction that is asked for with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models

from apps.bookings.models import Booking, FeeCause
from apps.bookings.rules.fees.compute import granted_reduction
from apps.bookings.rules.fees.due import DueTerms
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.fees.asking import reduction_asked
from apps.bookings.services.fees.dues import due_by
from apps.bookings.services.fees.pricing import Priced, check_seen, fee_rows
from shared.actor import Actor

NOTHING_SPECIAL: Final = Facts()


@dataclass(frozen=True, slots=True)
class FeeWish:
    """What the applicant says that matters to the fee: the facts, the ground of a reduction, and the fee shown."""

    facts: Facts = NOTHING_SPECIAL
    reduction: str = ""
    seen: int | None = None


NO_WISH: Final = FeeWish()


def charged(
    actor: Actor, booking: Booking, priced: Priced | None, wish: FeeWish, payment: DueTerms
) -> list[models.Model]:
    """The fee of an application with its lines and the reduction asked for, unsaved; nothing where there is no price.

    Raises ``FeeChangedError`` when another fee was shown, and ``UnknownReductionError``.
    """
    if priced is None:
        return []
    check_seen(priced, wish.seen)
    ground = granted_reduction(priced.in_force.tables, wish.reduction)
    asked = reduction_asked(actor, booking, ground) if ground is not None else []
    due = due_by(payment, booking)
    return [*fee_rows(actor, booking.pk, priced, FeeCause.APPLICATION, due=due), *asked]
