"""The demonstration's disposals are there once, however often it is filled."""

from __future__ import annotations

from dataclasses import replace

from apps.bookings.models import PastBooking
from apps.compliance.models.retention import Disposal
from config.demo_city.disposals import AT, dispose_of_old_uses
from config.demo_city.plans import TENANTS
from shared.staff.models import Role
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

PLAN = replace(next(plan for plan in TENANTS if plan.prefix == AT), schema=CHUO)


def test_one_disposal_is_done_and_one_waits_for_the_city(database: None) -> None:
    factories.clerk(name="見本　館長", roles=[Role.FACILITY_MANAGER])
    factories.city_officer()
    factories.group()
    factories.meeting_room()
    for _ in range(2):
        dispose_of_old_uses(PLAN)
    with as_tenant(CHUO):
        assert sorted(Disposal.objects.values_list("decision", "listed", "done")) == [("", 4, 0), ("confirmed", 3, 3)]
        assert PastBooking.objects.filter(registrant=None, headcount__gte=10).count() == 3
