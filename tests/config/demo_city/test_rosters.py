"""Groups of the demonstration have rosters, and two of them people in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.registrants.models import GroupMember, Registrant, RegistrantKind
from apps.registrants.queries.alike import alike_to, portrait_of
from apps.registrants.queries.judgement import sought_by
from apps.registrants.queries.policy import policy_on
from apps.registrants.queries.roster import roster_of
from config.demo_city.plans import TENANTS
from config.demo_city.registrants import register
from config.demo_city.rosters import set_requirements, write_rosters
from kernel import clock
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
PLAN = replace(TENANTS[0], schema=CHUO)


@pytest.fixture(autouse=True)
def _groups(database: None) -> None:
    with as_tenant(CHUO):
        register(PLAN, share=0.2)
        set_requirements()
        write_rosters(PLAN)


def test_every_group_has_a_roster_with_its_representative_first() -> None:
    with as_tenant(CHUO):
        for group in Registrant.objects.filter(kind=RegistrantKind.GROUP):
            first, *others = roster_of(group.pk)
            assert (first.name, first.is_contact) == (group.person_name, True)
            assert len(others) >= 4


def test_again_it_doubles_nothing() -> None:
    with as_tenant(CHUO):
        before = GroupMember.objects.count()
        set_requirements()
        write_rosters(PLAN)
        assert GroupMember.objects.count() == before


def test_the_first_two_groups_have_people_in_common() -> None:
    with as_tenant(CHUO):
        policy = policy_on(clock.today())
        one, other = Registrant.objects.filter(kind=RegistrantKind.GROUP).order_by("number")[:2]
        found = alike_to(portrait_of(one, roster_of(one.pk)), sought_by(policy), but=one.pk)
    assert [(alike.group.number, alike.grounds) for alike in found] == [(other.number, ("members",))]
    assert policy.least_members == 5
