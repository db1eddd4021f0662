"""What the tests of the city's pages do and look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.test import Client

from apps.bookings.models import Booking, Room
from apps.bookings.services.decide import permit
from shared.actor import Actor
from shared.audit.models import AuditEntry
from tests import factories
from tests.support.clients import signed_in
from tests.support.scopes import as_city, as_tenant

Response = Any
PURPOSE = {"purpose": "inquiry", "note": "窓口での申出を確認するため"}


def officer_at_work(client: Client) -> Client:
    """``client`` with an officer who signs in now, as the clock stands."""
    return signed_in(client, factories.city_officer())


def text_of(answer: Response) -> str:
    """The page's HTML, its own part only."""
    return str(answer.content.decode()).split("<main", 1)[1].split("</main>", 1)[0]


def permitted(schema: str, room: Room, day: dt.date, slots: Sequence[int] = (1,), **values: Any) -> Booking:
    """A booking that the desk of ``schema`` made at its counter and permitted."""
    booking = factories.counter_booking(factories.individual(schema), room, schema, day=day, slots=slots, **values)
    with as_tenant(schema):
        return permit(actor=Actor(kind="staff"), booking=booking.pk)


def searching(by: str, word: str, **values: str) -> dict[str, str]:
    """What the search form sends."""
    return {**PURPOSE, "by": by, "word": word, **values}


def person(schema: str, registrant: UUID) -> str:
    """The address of a registrant at the city's site."""
    return f"/registrants/{schema}/{registrant}/"


def audited(object_type: str = "registrant") -> list[AuditEntry]:
    """The city's audit entries on that, the oldest first."""
    with as_city():
        return list(AuditEntry.objects.filter(object_type=object_type).order_by("id"))
