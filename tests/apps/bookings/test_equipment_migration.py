"""What fee tables listed becomes the house's equipment, and what fees counted becomes reserved."""

from __future__ import annotations

from importlib import import_module

import psycopg
import pytest

from apps.bookings.models import Equipment, EquipmentUse
from apps.bookings.rules.fees.use import EquipmentUse as Item
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.fees.charging import FeeWish
from tests import factories
from tests.support.fees import fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

MOVE = import_module("apps.bookings.migrations.0030_gear_equipment")


@pytest.mark.parametrize("is_known", [True, False])
def test_items_and_reservations_are_made_of_what_tables_and_fees_say(
    database: None, superuser: psycopg.Connection, *, is_known: bool
) -> None:
    room = factories.meeting_room()
    fee_tables(room)
    fee = FeeWish(Facts(equipment=(Item("piano", 2),)))
    booking = factories.counter_booking(factories.individual(), room, fee=fee)
    superuser.execute("SET search_path = chuo, shared, extensions")
    superuser.execute("DELETE FROM bookings_equipmentuse")
    if is_known:
        superuser.execute("UPDATE bookings_equipment SET code = 'other'")
    else:
        superuser.execute("DELETE FROM bookings_equipment")
    superuser.execute(MOVE.CODES)
    superuser.execute(MOVE.USES)
    with as_tenant(CHUO):
        item = Equipment.objects.get()
        assert (item.code, item.name, item.facility_id) == ("piano", "ピアノ", room.facility_id)
        use = EquipmentUse.objects.get()
    assert (use.booking_id, use.equipment_id, use.quantity, use.during) == (booking.pk, item.pk, 2, booking.during)
