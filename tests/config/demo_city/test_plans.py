"""What the demonstration's facilities are said to be fits together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apps.bookings.models import OccupationKind
from config.demo_city.logins import CITIZENS, STAFF
from config.demo_city.operators import OPERATORS
from config.demo_city.plans import TENANTS, TenantPlan
from config.demo_city.registrants import GROUPS, group_names
from kernel.numbers import Series
from shared.catalogue.reading import open_catalogue
from shared.catalogue.rules.rows import Entry
from tenants.models import SCHEMA_NAME

FILE = Path(__file__).parents[3] / "deploy" / "demo" / "inzai_public_facilities.csv"

each_tenant = pytest.mark.parametrize("plan", TENANTS, ids=lambda plan: plan.schema)


@each_tenant
def test_a_room_is_made_of_its_facilitys_parts_and_lets_in_the_tenants_purposes(plan: TenantPlan) -> None:
    for facility in plan.facilities:
        for room in facility.rooms:
            assert set(room.parts) <= set(facility.parts)
            assert set(room.purposes) <= set(plan.purposes)


@each_tenant
def test_every_part_can_be_booked_and_every_purpose_is_welcome_somewhere(plan: TenantPlan) -> None:
    rooms = [room for facility in plan.facilities for room in facility.rooms]
    assert {code for room in rooms for code in room.purposes} == set(plan.purposes)
    for facility in plan.facilities:
        assert {key for room in facility.rooms for key in room.parts} == set(facility.parts)


@each_tenant
def test_every_club_has_a_room(plan: TenantPlan) -> None:
    welcome = {code for facility in plan.facilities for room in facility.rooms for code in room.purposes}
    assert {purpose for _kana, purpose in plan.clubs.values()} <= welcome
    assert len(set(group_names(plan))) == GROUPS


@each_tenant
def test_blocks_name_rooms_and_kinds_that_exist(plan: TenantPlan) -> None:
    rooms = [room.name for facility in plan.facilities for room in facility.rooms]
    for block in plan.blocks:
        assert rooms.count(block.room) == 1
        assert block.kind in OccupationKind.values


@each_tenant
def test_names_that_the_platform_takes(plan: TenantPlan) -> None:
    SCHEMA_NAME(plan.schema)
    assert Series(plan.prefix, 6).make(1).startswith(f"{plan.prefix}-")


@each_tenant
def test_terms_follow_one_another_and_have_operators(plan: TenantPlan) -> None:
    days = [term.first_day for term in plan.terms]
    assert days == sorted(set(days))
    assert {term.operator for term in plan.terms} <= set(OPERATORS)


def test_every_bookable_facility_is_in_the_catalogues_file_by_number_and_name() -> None:
    listed = {one.number: one.values["name"] for one in open_catalogue(FILE).entries() if isinstance(one, Entry)}
    for plan in TENANTS:
        for facility in plan.facilities:
            assert listed[facility.number] == facility.name


def test_the_welfare_centre_is_run_by_the_consortium_since_april_2017() -> None:
    welfare = next(plan for plan in TENANTS if plan.schema == "fukushi")
    assert [(term.operator, term.first_day.isoformat()) for term in welfare.terms][-1] == ("consortium", "2017-04-01")
    assert OPERATORS["consortium"].members == ("社会福祉法人印西市社会福祉協議会", "社会福祉法人六親会")
    assert {facility.name for facility in welfare.facilities} == {"中央老人福祉センター", "地域福祉センター"}


def test_every_desk_has_a_login_and_one_citizen_is_registered_at_two_facilities() -> None:
    assert {one.schema for one in STAFF} == {"", *(plan.schema for plan in TENANTS)}
    assert max(len(one.registrations) for one in CITIZENS) == 2
    assert all(re.fullmatch("[a-z0-9]+", one.login) for one in (*CITIZENS, *STAFF))
