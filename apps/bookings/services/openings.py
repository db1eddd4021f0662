"""A mail the moment the reception of a favourite room opens for a whole month (受付開始のお知らせ).

It runs as the portal and belongs to no account and no tenant: favourites are nobody else's business.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction

from apps.bookings.queries.offers import offers
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.reminders import next_opening
from apps.bookings.services.reminding import quiet_of
from kernel import clock
from shared.accounts.models import OpeningReminder
from shared.inserts import insert_together
from shared.occupancy.models import RoomListing
from shared.outbox.messages import message

WISHES: Final = "SELECT account, tenant, room, quiet_from, quiet_until, stop FROM shared.opening_wishes()"
ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('reminders of openings', 0))"
LATE: Final = dt.timedelta(days=1)
"""An opening that is longer ago is no news."""
BATCH: Final = 200


def remind_of_openings() -> int:
    """Write to whoever waits for an opening that has just been; how many mails. Run again, it goes on."""
    with connection.cursor() as cursor:
        cursor.execute(WISHES)
        wishes = cursor.fetchall()
    listed = RoomListing.objects.filter(room__in={row[2] for row in wishes}, is_public=True)
    opened = {offer.room: _opened(offer) for offer in offers(listed)} if wishes else {}
    rows = [row for room, group in groupby(wishes, key=lambda row: row[2]) if opened.get(room) for row in group]
    mails = 0
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            mails += _remind(rows[start : start + BATCH], opened)
    return mails


def _remind(wishes: list[tuple[Any, ...]], opened: dict[UUID, Any]) -> int:
    """Write those that were not written yet and whose quiet hours are over."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    known = OpeningReminder.objects.filter(account__in={row[0] for row in wishes})
    told = set(known.values_list("account", "room", "opens_at"))
    rows: list[models.Model] = []
    for account, _tenant, room, starts, ends, stop in wishes:
        offer, opens_at, month = opened[room]
        quiet = quiet_of(starts, ends)
        if (account, room, opens_at) in told or (quiet is not None and quiet.holds(now)):
            continue
        rows.append(OpeningReminder(account_id=account, room=room, opens_at=opens_at, sent_at=now))
        rows.append(message(template="bookings/mail/opening", recipient=account, context=_context(offer, month, stop)))
    if rows:
        insert_together(*sorted(rows, key=lambda row: type(row).__name__))
    return len(rows) // 2


def _opened(offer: Offer) -> tuple[Offer, dt.datetime, dt.date] | None:
    """The opening that has been within the last day, and the month that it opened."""
    now = clock.now()
    found = next_opening(offer, now - LATE)
    return (offer, *found) if found and found[0] <= now else None


def _context(offer: Offer, month: dt.date, stop: UUID) -> dict[str, Any]:
    return {
        "facility_name": offer.facility_name,
        "facility_name_en": offer.facility_name_en,
        "room_name": offer.name,
        "room_name_en": offer.name_en,
        "month": month.isoformat(),
        "path": f"/places/{offer.tenant}/rooms/{offer.room}/?month={month:%Y-%m}",
        "stop": str(stop),
    }
