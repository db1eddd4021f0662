"""One mail a renter about all of their bookings that a public use hits: why, what became of them, what comes back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models

from apps.bookings.mail import hour_of_end, mail_context
from apps.bookings.models import Became, Booking, Displacement, DisplacementHit
from apps.bookings.queries.displacement import all_offers
from apps.bookings.rules.displacing import OTHER_ROOM, proposal_from
from apps.bookings.rules.listing import Offer
from kernel import clock
from kernel.clock import TOKYO
from shared.outbox.messages import message
from shared.publicuse.models import Occasion

MOST_PROPOSED = 3


def letters(found: Displacement, hits: Sequence[DisplacementHit]) -> list[models.Model]:
    """The unsaved mails, one an account; the hits bear the time. Who has no account is told by the notice alone."""
    by_account: dict[UUID, list[DisplacementHit]] = defaultdict(list)
    for hit in hits:
        account: UUID | None = hit.booking.account  # type: ignore[attr-defined]  # annotated by hit_by and booking_for
        if account is not None and hit.became != Became.KEPT:
            by_account[account].append(hit)
    if not by_account:
        return []
    names = {offer.room: offer for offer in all_offers()}
    now = clock.now()
    for hit in (one for mine in by_account.values() for one in mine):
        hit.told_at = now
    return [
        message(template="bookings/mail/displaced", recipient=account, context=_context(found, mine, names))
        for account, mine in by_account.items()
    ]


def _context(found: Displacement, hits: Sequence[DisplacementHit], names: dict[UUID, Offer]) -> dict[str, Any]:
    first = min(hits, key=lambda one: (one.was["day"], one.was["starts"]))
    first.booking.room.facility = found.facility
    return mail_context(first.booking) | {
        "occasion": found.occasion,
        "detail": found.detail,
        "reason": found.reason,
        "refund": sum(hit.refund for hit in hits),
        "lines": [_line(hit, names) for hit in sorted(hits, key=lambda one: (one.was["day"], one.was["starts"]))],
        "path": "/bookings/",
    }


def _line(hit: DisplacementHit, names: dict[UUID, Offer]) -> dict[str, Any]:
    booking, was = hit.booking, hit.was
    line: dict[str, Any] = {
        "became": hit.became,
        "number": booking.number,
        "day": was["day"],
        "hours": hours(*(dt.datetime.fromisoformat(was[end]) for end in ("starts", "ends"))),
        "room": was["room"],
        "room_en": was["room_en"],
        "refund": hit.refund,
        "others": [],
    }
    if hit.became == Became.MOVED:
        line["to"] = _place(booking)
    if hit.became == Became.CANCELLED:
        line["others"] = list(_others(hit, names))[:MOST_PROPOSED]
    return line


def _place(booking: Booking) -> dict[str, str]:
    return {
        "day": booking.day.isoformat(),
        "hours": hours(booking.during.lower, booking.during.upper),
        "room": booking.room.name,
        "room_en": booking.room.name_en,
    }


def _others(hit: DisplacementHit, names: dict[UUID, Offer]) -> Iterable[dict[str, str]]:
    """Other rooms that were proposed, then other times: what the renter may ask for."""
    rows = [proposal_from(one) for one in hit.proposals]
    for one in sorted(rows, key=lambda row: row.kind != OTHER_ROOM):
        offer = names.get(one.room)
        if offer is not None:
            yield {
                "day": one.day.isoformat(),
                "hours": hours(one.starts_at, one.ends_at),
                "room": offer.name,
                "room_en": offer.name_en,
            }


def hours(starts: dt.datetime, ends: dt.datetime) -> str:
    """09:00–12:00; midnight at the end is 24:00."""
    return f"{starts.astimezone(TOKYO):%H:%M}–{hour_of_end(ends)}"


def occasion_of(found: Displacement) -> str:
    """What the rooms are needed for, in words."""
    return found.detail or str(Occasion(found.occasion).label)
