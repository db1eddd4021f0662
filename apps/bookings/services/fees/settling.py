"""Computing a booking's fee anew at the desk: by what was really used (実績精算), or by what was said wrongly."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.bookings.errors import NoPriceError
from apps.bookings.models import FeeCause, FeeSheet
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.acting import booking_for
from apps.bookings.services.fees.asking import reduction_traces
from apps.bookings.services.fees.pricing import charge_anew
from shared.actor import Actor
from shared.inserts import insert_together


def settle_fee(*, actor: Actor, booking: UUID, facts: Facts, seen_version: int | None = None) -> FeeSheet:
    """Compute the fee by ``facts``; a reduction that was granted goes on, the older fee stays as history.

    Raises the errors of ``booking_for``, ``NoPriceError`` where no tables hold.
    """
    with transaction.atomic():
        found = booking_for("charge", booking=booking, seen_version=seen_version)
        sheet = charge_anew(actor, found, FeeCause.SETTLEMENT, facts=facts)
        if sheet is None:
            raise NoPriceError
        insert_together(*reduction_traces(actor, found, "fee"))
    return sheet
