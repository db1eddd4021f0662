"""Records whose period is over, and a disposal of them, as the tests need them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.bookings.models import Booking, Room
from apps.compliance.models.retention import Disposal
from apps.compliance.services.dispose import ask_disposal, carry_out, confirm_disposal
from apps.registrants.models import Registrant
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO

THEN = "2020-01-10 09:00"
"""In the fiscal year 2019: five years after it end on 2025-03-31."""
NOW = "2025-05-01 09:00"


def old_bookings(freeze: Freeze, room: Room, count: int = 1) -> tuple[Registrant, list[Booking]]:
    """A group with ``count`` bookings of January 2020; the clock then stands in May 2025."""
    freeze(THEN)
    who = factories.group(group_name="見本合唱団", group_kana="ミホンガッショウダン", registered_on=dt.date(2019, 4, 1))
    first = dt.date(2020, 1, 20)
    made = [
        factories.counter_booking(who, room, day=first + dt.timedelta(days=number), event_name="見本の練習")
        for number in range(count)
    ]
    freeze(NOW)
    return who, made


def privacy_officer() -> StaffAccount:
    """Who asks at the facility."""
    return factories.clerk(name="見本　申出", roles=[Role.PRIVACY_OFFICER])


def asked(kind: str, schema: str = CHUO) -> Disposal:
    """A disposal that the facility asked for."""
    officer = privacy_officer()
    with as_tenant(schema):
        return ask_disposal(actor=Actor(kind="staff", id=officer.pk), tenant=schema, kind=kind)


def confirmed(kind: str, schema: str = CHUO) -> Disposal:
    """The same, confirmed by the city for today."""
    one = asked(kind, schema)
    confirm(one.pk)
    return one


def confirm(disposal: UUID) -> None:
    """The city confirms for today."""
    officer = factories.city_officer()
    with as_city():
        confirm_disposal(actor=Actor(kind="city", id=officer.pk), disposal=disposal, execute_on=clock.today())


def disposed(kind: str, schema: str = CHUO) -> Disposal:
    """The same, carried out."""
    one = confirmed(kind, schema)
    with as_tenant(schema):
        carry_out(schema)
        return Disposal.objects.get(pk=one.pk)
