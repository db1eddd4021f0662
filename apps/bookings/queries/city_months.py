"""The months that the facilities closed and sent (月報の提出), for the city: one statement for all tenants."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from apps.bookings.rules.figures import Figures, from_kept
from apps.bookings.rules.reports import Money
from shared.catalogue.models import CatalogueFacility

NEWEST: Final = """
SELECT DISTINCT ON (facility) facility, deed, reason, figures, at,
       count(*) FILTER (WHERE deed = 'reopen') OVER (PARTITION BY facility)
FROM shared.city_month_deed WHERE month = %s ORDER BY facility, number DESC
"""


@dataclass(frozen=True, slots=True)
class SentMonth:
    """A facility's month: ``figures`` as they were sent, None where it is not (or no longer) sent."""

    facility: CatalogueFacility
    is_sent: bool
    at: dt.datetime | None
    reason: str
    """Why it was opened again, if it is open."""
    reopened: int
    figures: Figures | None
    individuals: int
    money: Money | None = None


def months_sent(month: dt.date) -> list[SentMonth]:
    """Every facility that has a tenant, in the catalogue's order; two statements."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [month])
        newest = {row[0]: row[1:] for row in cursor.fetchall()}
    facilities = CatalogueFacility.objects.filter(tenant__isnull=False)
    return [_sent(one, newest.get(one.pk)) for one in facilities]


def _sent(facility: CatalogueFacility, row: tuple[Any, ...] | None) -> SentMonth:
    if row is None:
        return SentMonth(facility, False, None, "", 0, None, 0)
    deed, reason, kept, at, reopened = row
    if deed != "close":
        return SentMonth(facility, False, at, reason, reopened, None, 0)
    figures = json.loads(kept)
    people = figures["individuals"]
    return SentMonth(
        facility,
        True,
        at,
        "",
        reopened,
        from_kept(figures["facility"]),
        people["people"] + people["visits"],
        Money(**figures["money"]) if "money" in figures else None,
    )
