"""The demonstration's exports and registers are there once, however often it is filled."""

from __future__ import annotations

from dataclasses import replace

from apps.compliance.models.exports import ExportRequest
from apps.compliance.queries.registers import REGISTERS
from config.demo_city.leaving import AT, let_ask
from config.demo_city.plans import TENANTS
from shared.staff.models import Role
from tests import factories
from tests.support.scopes import as_city
from tests.support.tenants import CHUO

PLAN = replace(next(plan for plan in TENANTS if plan.prefix == AT), schema=CHUO)


def test_one_export_waits_and_one_was_refused_and_each_register_has_a_row(database: None) -> None:
    factories.clerk(roles=[Role.FACILITY_MANAGER])
    factories.city_officer()
    factories.individual()
    for _ in range(2):
        let_ask(PLAN)
    with as_city():
        assert sorted(ExportRequest.objects.values_list("decision", flat=True)) == ["", "refused"]
        assert [one.model._default_manager.count() for one in REGISTERS.values()] == [1, 1, 1, 1]


def test_without_anybody_at_the_desk_nothing_is_asked(database: None) -> None:
    let_ask(PLAN)
    with as_city():
        assert not ExportRequest.objects.exists()
