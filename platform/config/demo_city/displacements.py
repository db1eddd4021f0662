"""An election day in the demonstration: a hall that is booked becomes a polling place; and an order that still waits.

The bookings hit are moved where there is room, with a consent that is invented, and cancelled where there is none.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from apps.bookings.errors import BookingError
from apps.bookings.models import Booking, Consent, Displacement, DisplacementHit
from apps.bookings.queries.displacement import hits_of
from apps.bookings.rules.displacing import CANCEL, MOVE
from apps.bookings.rules.states import AHEAD
from apps.bookings.services.displacement.carry_out import carry_out
from apps.bookings.services.displacement.choosing import Choice, choose, choose_for_all, targets
from apps.bookings.services.displacement.draft import Draft, draft
from apps.bookings.services.displacement.find import find_hits
from apps.compliance.services.public_use import OrderedPlace, Wanted, order_public_use
from config.demo_city.plans.shape import SUNDAY, TenantPlan
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.occupancy.models import RoomListing
from shared.publicuse.models import Order
from shared.staff.models import Role, StaffAccount
from tenants.scope import city_scope, unit_of_work

SOONEST: Final = dt.timedelta(days=7)
LATEST: Final = dt.timedelta(days=60)
FEWEST: Final = 2
"""Bookings that an election day must hit to show something."""


def hold_an_election() -> None:
    """Make the rooms that are booked on a Sunday to come a polling place; once, and only where some are booked.

    Where the house is shut on Sundays it is a place of early voting on another day.
    """
    if Displacement.objects.exists():
        return
    found = _busiest()
    if found is None:
        return
    facility, rooms, day = found
    actor = Actor(kind="staff", id=StaffAccount.objects.values_list("pk", flat=True).first())
    begin = dt.datetime.combine(day, dt.time(), TOKYO)
    place = "投票所" if day.isoweekday() == SUNDAY else "期日前投票所"
    wanted = Draft(
        facility=facility,
        rooms=tuple(rooms),
        spans=((begin, begin + dt.timedelta(days=1)),),
        occasion="polling",
        detail="市議会議員選挙（見本）",
        article="公職選挙法第39条、設置管理条例第８条第３号",
        reason=f"市議会議員選挙の{place}として使用するため",
    )
    made = draft(actor=actor, wanted=wanted)
    find_hits(actor=actor, displacement=made.pk)
    _choose(actor, made)
    try:
        carry_out(actor=actor, displacement=made.pk)
    except BookingError:
        return  # a renter who is not in force any more: the page shows it as it waits


def order_a_drill(tenants: Sequence[TenantPlan]) -> None:
    """The city orders rooms for a drill; the facilities have not received it yet."""
    with unit_of_work(city_scope()):
        officer = StaffAccount.objects.filter(roles__contains=[Role.GENERAL]).order_by("login_id").first()
        schemas = [plan.schema for plan in tenants][:2]
        rooms = RoomListing.objects.filter(tenant__in=schemas, is_public=True).order_by("tenant", "-capacity", "room")
        if officer is None or Order.objects.exists() or not rooms:
            return
        largest = {one.tenant: one for one in reversed(rooms)}
        day = clock.today() + dt.timedelta(days=45)
        begin = dt.datetime.combine(day, dt.time(9), TOKYO)
        order_public_use(
            actor=Actor(kind="city", id=officer.pk),
            wanted=Wanted(
                occasion="shelter",
                detail="避難所開設訓練（見本）",
                article="災害対策基本法第48条",
                reason="避難所の開設訓練を行うため",
                spans=((begin, begin + dt.timedelta(hours=8)),),
                places=[OrderedPlace(one.tenant, one.facility, (one.room,)) for one in largest.values()],
            ),
        )


def _busiest() -> tuple[UUID, list[UUID], dt.date] | None:
    """The facility and day with the most bookings, a Sunday before other days, and the rooms that are booked."""
    today = clock.today()
    rows = Booking.objects.filter(state__in=AHEAD, day__range=(today + SOONEST, today + LATEST))
    booked: dict[tuple[UUID, dt.date], list[UUID]] = defaultdict(list)
    for facility, day, room in rows.values_list("room__facility", "day", "room").order_by("day", "during", "pk"):
        booked[(facility, day)].append(room)
    days = [(facility, day, rooms) for (facility, day), rooms in booked.items() if len(rooms) >= FEWEST]
    if not days:
        return None
    facility, day, rooms = min(days, key=lambda one: (one[1].isoweekday() != SUNDAY, -len(one[2]), one[1]))
    return facility, list(dict.fromkeys(rooms)), day


def _choose(actor: Actor, made: Displacement) -> None:
    """The first is moved if it can be, the next cancelled, and so on in turn."""
    rows = list(hits_of(made.pk))
    first = [row for row in rows if targets(row)][::2]
    said = {row.pk: Choice(MOVE, 0, Consent.PHONE) for row in _apart(first)}
    choose(actor=actor, displacement=made.pk, choices=said)
    choose_for_all(actor=actor, displacement=made.pk, fate=CANCEL)


def _apart(rows: Sequence[DisplacementHit]) -> list[DisplacementHit]:
    """Those whose best place no earlier one takes: at another time."""
    seen: set[object] = set()
    kept = []
    for row in rows:
        best = targets(row)[0]
        place = (best.room, best.starts_at)
        if place not in seen:
            kept.append(row)
            seen.add(place)
    return kept
