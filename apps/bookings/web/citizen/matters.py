"""What the portal tells a registrant besides the registration: money, measures, points, lines (``own_matters``).

Runs as the portal's role: row rules keep it to the own registrations. What staff propose or note is not among it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from apps.bookings.models import Booking, Measure, MeasureScope, MeasureState, PenaltyPoint, Wait, WaitState
from apps.bookings.queries.ledgers import GOES_BACK, OWING, ledger_from, with_ledger
from apps.bookings.queries.obstacles import OWN
from apps.bookings.queries.past import unpaid_of
from apps.registrants.queries.own import Matter
from shared.frame.templatetags.frame import wareki, yen

YEAR: Final = dt.timedelta(days=365)
MOST: Final = 30


def money(registrant: UUID, today: dt.date) -> list[Matter]:
    """Fees that are owed and what goes back, booking by booking, with what older records say; two statements."""
    found = with_ledger(Booking.objects.filter(registrant=registrant)).filter(OWING | GOES_BACK)
    now = [_of_booking(one) for one in found.order_by("day", "during")[:MOST]]
    before = [
        Matter(gettext("未納の使用料（過去の利用）"), f"{wareki(one.day)}　{yen((one.fee or 0) - (one.paid or 0))}")
        for one in unpaid_of(registrant)
    ]
    return now + before


def measures(registrant: UUID, today: dt.date) -> list[Matter]:
    """Measures (措置) that hold or are to come; one statement. What is only proposed is nobody's to see."""
    ahead = Q(last=None) | Q(last__gte=today)
    found = _shown(Measure.objects.filter(ahead, registrant=registrant, state=MeasureState.TAKEN))
    return [Matter(gettext("利用についての措置"), _told(one)) for one in found[:MOST]]


def points(registrant: UUID, today: dt.date) -> list[Matter]:
    """Points of the last year that were not taken back, with what they are for; one statement."""
    found = PenaltyPoint.objects.only("registrant", "event", "day", "points")
    rows = found.filter(registrant=registrant, void_at=None, day__gte=today - YEAR).order_by("-day", "-id")
    return [
        Matter(
            gettext("ペナルティの点数"),
            gettext("{day}　{event}　{points}点").format(
                day=wareki(one.day), event=one.get_event_display(), points=f"{one.points.normalize():f}"
            ),
        )
        for one in rows[:MOST]
    ]


def waits(registrant: UUID, today: dt.date) -> list[Matter]:
    """How many places in lines (空き待ち) are held; one statement."""
    open_ones = Wait.objects.filter(registrant=registrant, state__in=[WaitState.WAITING, WaitState.OFFERED])
    count = open_ones.count()
    return [Matter(gettext("空き待ち"), gettext("{count}件").format(count=count), "citizen:waits")] if count else []


def _of_booking(booking: Booking) -> Matter:
    row: Any = booking
    ledger = ledger_from(booking)
    if ledger.owed > 0:
        until = gettext("（納付期限 {day}）").format(day=wareki(row.due_on)) if row.due_on else ""
        return Matter(gettext("納めていない使用料"), f"{yen(ledger.owed)}{until}　{booking.number}", OWN, booking.pk)
    amount = ledger.open or ledger.due
    return Matter(gettext("還付される使用料"), f"{yen(amount)}　{booking.number}", OWN, booking.pk)


def _shown(found: QuerySet[Measure]) -> QuerySet[Measure]:
    columns = ("registrant", "kind", "scope", "state", "first", "last", "facility__name", "facility__name_en")
    return found.select_related("facility").only(*columns).order_by("first", "id")


def _told(one: Measure) -> str:
    is_english = (get_language() or "").startswith("en")
    name = one.facility.name_en if is_english and one.facility.name_en else one.facility.name
    where = name if one.scope == MeasureScope.FACILITY else str(MeasureScope.TENANT.label)
    first = wareki(one.first) if one.first else ""
    until = gettext("{first}から{last}まで").format(first=first, last=wareki(one.last)) if one.last else first
    return f"{one.get_kind_display()}（{where}）　{until}"
