"""The year before the demonstration's history: written as it came to be, since telling every act would take minutes.

The calendar's rules decide what could be booked; the rows are those that the services leave behind, without audit,
documents and mails. What became of each day is told like any other day's (``config.demo_city.use``).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, connection, models, transaction

from apps.bookings.errors import BookingError
from apps.bookings.models import Block, Booking, BookingAct, BookingState, Channel, Occupation, OccupationKind
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.choice import Choice, choose
from apps.bookings.rules.days import slots_on
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.numbering import receipt_number
from apps.bookings.services.occupying import Claim, occupations
from config.demo_city.plans.shape import TenantPlan
from config.demo_city.registrants import registrant_id
from config.demo_city.rooms import room_id
from config.demo_city.stories import End, Story, stories
from shared.inserts import insert_together
from shared.staff.models import StaffAccount

GIVEN_UP: Final = {
    End.REFUSED: BookingState.REFUSED,
    End.CANCELLED_BY_CITIZEN: BookingState.CANCELLED,
    End.CANCELLED_BY_STAFF: BookingState.CANCELLED,
}
"""What else than a permit a story ends with."""
PLANNED_BEFORE: Final = dt.timedelta(days=100)
SERIALS: Final = "SELECT nextval('bookings_receipt_seq') FROM generate_series(1, %s)"


@dataclass(frozen=True, slots=True)
class Made:
    """A story that the calendar allowed."""

    story: Story
    claim: Claim
    choice: Choice
    serial: int

    @property
    def state(self) -> BookingState:
        """What it came to before its day."""
        return GIVEN_UP.get(self.story.end, BookingState.PERMITTED)


class Earlier:
    """The bookings of one tenant in days that are over, written at its desk."""

    def __init__(self, plan: TenantPlan) -> None:
        self._plan = plan
        self._clerk = StaffAccount.objects.values_list("pk", flat=True).first()
        self._offers = {offer.room: offer for offer in offers_of_tenant(plan.schema)}
        self._rooms = {room.name: room_id(plan, at, room) for at in plan.facilities for room in at.rooms}

    def write(self, days: Sequence[dt.date], *, share: float) -> int:
        """Write the blocks and bookings of ``days``; how many bookings. Nothing where there are any already."""
        if not days or Booking.objects.filter(day__lte=days[-1]).exists():
            return 0
        told: dict[dt.date, list[Story]] = defaultdict(list)
        for story in stories(self._plan, days, share=share):
            told[story.day].append(story)
        return sum(self._write_day(day, told[day]) for day in days)

    def _write_day(self, day: dt.date, told: Sequence[Story]) -> int:
        blocks = list(self._blocks(day))
        made = list(self._possible(told, [claim for _, claim in blocks]))
        rows: list[models.Model] = [block for block, _ in blocks]
        rows += [one for block, claim in blocks for one in occupations(claim, kind=_kind(block), block=block.pk)]
        rows += [self._booking(one) for one in made]
        rows += [row for one in made for row in _occupied(one)]
        rows += [act for one in made for act in self._acts(one)]
        try:
            with transaction.atomic():
                insert_together(*rows) if rows else None
        except IntegrityError:  # a guard of the calendar that the rules above do not know of: nobody came that day
            return 0
        return len(made)

    def _blocks(self, day: dt.date) -> Iterator[tuple[Block, Claim]]:
        for plan in self._plan.blocks:
            if (day.isoweekday(), (day.day - 1) // 7 + 1) != (plan.weekday, plan.week):
                continue
            offer = self._offers[self._rooms[plan.room]]
            found = _chosen(offer, day, [slot.number for slot in slots_on(offer, day)])
            if found is not None:
                claim, choice = found
                at = choice.starts_at - PLANNED_BEFORE
                yield (
                    Block(room_id=offer.room, kind=plan.kind, during=claim.span, label=plan.label, created_at=at),
                    claim,
                )

    def _possible(self, told: Sequence[Story], taken: list[Claim]) -> Iterator[Made]:
        """Of a day's stories those that the calendar allowed; who applied first came first."""
        serials = iter(_serials(len(told)))
        for story in sorted(told, key=lambda one: one.applied_at):
            room = room_id(self._plan, story.visit.facility, story.visit.room)
            found = _chosen(self._offers[room], story.day, story.visit.slots)
            if found is not None and not any(_meet(found[0], other) for other in taken):
                made = Made(story, *found, next(serials))
                if made.state == BookingState.PERMITTED:
                    taken.append(made.claim)
                yield made

    def _booking(self, made: Made) -> Booking:
        story, visit = made.story, made.story.visit
        return Booking(
            id=story.key,
            number=receipt_number(story.applied_at.date(), made.serial),
            registrant_id=registrant_id(self._plan, visit.number),
            room_id=room_id(self._plan, visit.facility, visit.room),
            day=story.day,
            during=made.claim.span,
            slot_numbers=made.choice.numbers,
            slot_labels=made.choice.labels,
            purpose_id=visit.purpose,
            event_name=visit.event_name,
            headcount=visit.headcount,
            state=made.state,
            channel=Channel.PORTAL if story.account else Channel.COUNTER,
            idempotency_key=story.key,
            applied_at=story.applied_at,
            decided_at=None if story.end is End.CANCELLED_BY_CITIZEN else story.decided_at,
            ended_at=story.cancelled_at if made.state == BookingState.CANCELLED else None,
            reason=story.reason if made.state != BookingState.PERMITTED else "",
            created_at=story.applied_at,
        )

    def _acts(self, made: Made) -> Iterator[BookingAct]:
        story = made.story
        applicant = ("citizen", story.account) if story.account else ("staff", self._clerk)
        desk = ("staff", self._clerk)
        told = [("apply", story.applied_at, *applicant, "")]
        if story.end is End.REFUSED:
            told.append(("refuse", story.decided_at, *desk, story.reason))
        elif story.end is not End.CANCELLED_BY_CITIZEN:
            told.append(("permit", story.decided_at, *desk, ""))
        if story.is_given_up:
            by_citizen = story.end is End.CANCELLED_BY_CITIZEN
            told.append(("cancel", story.cancelled_at, *(applicant if by_citizen else desk), story.reason))
        for act, at, kind, who, reason in told:
            yield BookingAct(booking_id=story.key, at=at, act=act, actor_kind=kind, actor_id=who, reason=reason)


def _chosen(offer: Offer, day: dt.date, slots: Sequence[int]) -> tuple[Claim, Choice] | None:
    """The slots with what they claim; None where the calendar has no such slots that day."""
    try:
        choice = choose(offer, day, slots)
    except BookingError:
        return None
    return Claim(offer.parts, choice.starts_at, choice.ends_at), choice


def _meet(one: Claim, other: Claim) -> bool:
    return bool(set(one.parts) & set(other.parts)) and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _occupied(made: Made) -> list[Occupation]:
    if made.state != BookingState.PERMITTED:
        return []
    return occupations(made.claim, kind=OccupationKind.BOOKING, booking=made.story.key)


def _kind(block: Block) -> OccupationKind:
    return OccupationKind(block.kind)


def _serials(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(SERIALS, [count])
        return [serial for (serial,) in cursor.fetchall()]
