"""Uses of long ago whose period is over: one disposal that is done, and one that waits for the city."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from apps.bookings.models import PastBooking, PastState, Room
from apps.compliance.models.retention import Disposal
from apps.compliance.services.dispose import ask_disposal, carry_out, confirm_disposal
from apps.registrants.models import Registrant
from config.demo_city.plans.shape import TenantPlan
from kernel import clock
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount
from tenants.scope import city_scope, desk_scope, unit_of_work

AT: Final = "FUK"
"""The prefix of the facility under a designated manager."""
KIND: Final = "past_bookings"
YEARS: Final = 8


def dispose_of_old_uses(plan: TenantPlan) -> None:
    """Dispose of three old uses and list four more, once."""
    if plan.prefix != AT:
        return
    with unit_of_work(desk_scope(plan.schema)):
        clerk = _actor("staff", Role.FACILITY_MANAGER)
        if clerk is None or Disposal.objects.exists() or not _old_uses(3):
            return
        done = ask_disposal(actor=clerk, tenant=plan.schema, kind=KIND)
    with unit_of_work(city_scope()):
        officer = _actor("city", Role.GENERAL)
        if officer is None:
            return
        confirm_disposal(actor=officer, disposal=done.pk, execute_on=clock.today())
    with unit_of_work(desk_scope(plan.schema)):
        carry_out(plan.schema)
        _old_uses(4)
        ask_disposal(actor=clerk, tenant=plan.schema, kind=KIND)


def _old_uses(count: int) -> bool:
    room, who = Room.objects.order_by("pk").first(), Registrant.objects.filter(kind="group").order_by("number").first()
    if room is None or who is None:
        return False
    first = clock.today() - dt.timedelta(days=366 * YEARS)
    for number in range(count):
        key = uuid.uuid4().hex[:8]
        PastBooking.objects.create(
            source_key=f"旧システム:{key}",
            number=f"H-{key}",
            registrant=who,
            room=room,
            room_name=room.name,
            day=first + dt.timedelta(days=number),
            event_name="見本の集い",
            purpose_name="会議",
            headcount=10 + number,
            state=PastState.PERMITTED,
            fee=600,
            paid=600,
        )
    return True


def _actor(kind: str, role: Role) -> Actor | None:
    found = StaffAccount.objects.filter(roles__contains=[role.value]).order_by("login_id").first()
    return Actor(kind=kind, id=found.pk) if found else None
