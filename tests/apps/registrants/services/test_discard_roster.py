"""A roster's names go once they are not needed; how many they were by residence and age stays."""

from __future__ import annotations

import uuid

import pytest

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.group_errors import NoRosterError
from apps.registrants.models import GroupMember, Registrant, RegistrationAct, RosterSummary
from apps.registrants.queries.roster import discarded_roster_of
from apps.registrants.rules.roster_entry import Born
from apps.registrants.services.change_group import change_group
from apps.registrants.services.discard_roster import discard_roster
from apps.registrants.services.register_group import register_group
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.registrants.services.grouping import LICENCE, clerk, entry, member, policy
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = (
    member(0, born=Born(age=71)),
    member(1, born=Born(age=68), residence="worker"),
    member(2, born=Born(age=62), residence="outside"),
    member(3, born=Born()),
)


@pytest.fixture
def group(database: None) -> Registrant:
    with as_tenant(CHUO):
        return register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=entry(members=PEOPLE))


def discard(group: Registrant, version: int = 1) -> RosterSummary:
    with as_tenant(CHUO):
        return discard_roster(actor=clerk(), registrant=group.pk, seen_version=version)


def test_names_go_and_figures_stay(group: Registrant) -> None:
    discard(group)
    with as_tenant(CHUO):
        assert not GroupMember.objects.exists()
        kept = discarded_roster_of(group.pk)
    assert kept is not None
    assert (kept.count, kept.by_residence) == (4, {"resident": 2, "worker": 1, "outside": 1})
    assert kept.by_age_band == {"60": 2, "70": 1}


def test_it_is_an_act_in_numbers(group: Registrant) -> None:
    discard(group)
    with as_tenant(CHUO):
        act = RegistrationAct.objects.filter(registrant=group).order_by("-id")[0]
        audit = AuditEntry.objects.first()
    assert act.changes == {"roster_discarded": [4, 0]}
    assert audit is not None
    assert audit.detail == {"act": "change", "fields": ["roster_discarded"]}


def test_a_group_without_a_roster_has_none_to_discard(group: Registrant) -> None:
    discard(group)
    with pytest.raises(NoRosterError):
        discard(group, 2)


def test_its_people_are_not_asked_about_again_when_something_else_changes(group: Registrant) -> None:
    policy(least_members=4, least_member_age=16, reminder_days=[])
    discard(group)
    with as_tenant(CHUO):
        to = entry(group_name="見本体操の会", members=())
        assert change_group(actor=clerk(), registrant=group.pk, seen_version=2, entry=to)


def test_an_individual_has_no_roster() -> None:
    with pytest.raises(UnknownRegistrantError):
        discard(factories.individual())
