"""What the measurements need: a facility of ten rooms, people, and any number of bookings."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY

from apps.bookings.models import Booking, BookingState, Channel, Facility, OccupationKind, Room
from apps.bookings.queries.offers import offers_of_facility
from apps.bookings.rules.choice import choose
from apps.bookings.services.occupying import Claim, occupations
from kernel import clock
from shared.accounts.sessions import PortalSessionStore
from shared.inserts import insert_together
from tests import factories
from tests.bench.http import Browser
from tests.support.scopes import as_portal, as_tenant

SCHEMA = "chuo"
ROOMS = 10
SECRET = secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class World:
    """A facility, its rooms, and citizens with a session each."""

    facility: Facility
    rooms: list[Room]
    citizens: list[factories.Citizen]
    cookies: list[str]

    def free_slots(self) -> Iterator[tuple[Room, dt.date, int]]:
        """Slots from two weeks on, each once."""
        days = (factories.soon() + dt.timedelta(days=number) for number in range(60))
        for day, slot, room in product(days, (1, 2, 3), self.rooms):
            yield room, day, slot

    def browsers(self) -> list[Browser]:
        """A signed-in browser for each citizen."""
        return [Browser(settings.PORTAL_HOST, cookies, number=number) for number, cookies in enumerate(self.cookies)]

    def hold_form(self, number: int) -> list[tuple[str, str]]:
        """The form that holds a slot for the citizen ``number``."""
        citizen = self.citizens[number % len(self.citizens)]
        return [
            ("csrfmiddlewaretoken", SECRET),
            ("key", str(uuid.uuid4())),
            ("registrant", str(citizen.registrant.pk)),
        ]


def make_world(people: int) -> World:
    """Ten rooms with three slots a day, and ``people`` who have signed in."""
    at = factories.facility(SCHEMA)
    rooms = [factories.meeting_room(SCHEMA, at=at, name=f"会議室{number}") for number in range(1, ROOMS + 1)]
    citizens = [factories.citizen_with_registration(SCHEMA) for _ in range(people)]
    return World(at, rooms, citizens, [_cookies(citizen) for citizen in citizens])


def fill(world: World, count: int) -> None:
    """``count`` bookings: this month and next first, then further and further back."""
    today = clock.today().replace(day=1)
    with as_portal():
        offers = {offer.room: offer for offer in offers_of_facility(world.facility.pk)}
    days = (today + dt.timedelta(days=60 - number) for number in range(count))
    wanted = islice(product(days, world.rooms, (1, 2, 3)), count)
    with as_tenant(SCHEMA):
        rows: list[object] = []
        for number, (day, room, slot) in enumerate(wanted):
            rows += _booking(world, offers[room.pk], room.pk, day, slot, number)
        bookings = [row for row in rows if isinstance(row, Booking)]
        rest = [row for row in rows if not isinstance(row, Booking)]
        for start in range(0, count, 1000):
            insert_together(*bookings[start : start + 1000], *rest[start : start + 1000])  # type: ignore[arg-type]


def _booking(world: World, offer: object, room: UUID, day: dt.date, slot: int, number: int) -> list[object]:
    choice = choose(offer, day, [slot])  # type: ignore[arg-type]
    claim = Claim(offer.parts, choice.starts_at, choice.ends_at)  # type: ignore[attr-defined]
    booking = Booking(
        number=f"bench-{number}",
        registrant_id=world.citizens[0].registrant.pk,
        room_id=room,
        day=day,
        during=claim.span,
        slot_numbers=[slot],
        slot_labels=choice.labels,
        purpose_id=factories.MEETING,
        headcount=10,
        state=BookingState.PERMITTED,
        channel=Channel.COUNTER,
        idempotency_key=uuid.uuid4(),
        applied_at=clock.now(),
        created_at=clock.now(),
    )
    return [booking, *occupations(claim, kind=OccupationKind.BOOKING, booking=booking.pk)]


def _cookies(citizen: factories.Citizen) -> str:
    with as_portal():
        session = PortalSessionStore()
        session[SESSION_KEY] = str(citizen.account.pk)
        session[HASH_SESSION_KEY] = citizen.account.get_session_auth_hash()
        session.save()
    name = settings.SESSION_COOKIE_NAMES["portal"]
    return f"{name}={session.session_key}; {settings.CSRF_COOKIE_NAME}={SECRET}"
