"""A group is registered with its roster; unmet requirements and similar groups wait for an answer."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from apps.registrants.errors import ReasonMissingError
from apps.registrants.group_errors import RequirementsUnmetError, SimilarGroupsError, WaiverNotAllowedError
from apps.registrants.models import (
    DuplicateProposal,
    GroupKeys,
    GroupMember,
    IdentityCheck,
    Registrant,
    RegistrationAct,
)
from apps.registrants.rules.roster_entry import Born
from apps.registrants.rules.waiver import Waiver
from apps.registrants.services.register_group import register_group
from kernel import clock
from shared.audit.models import AuditEntry
from tests.apps.registrants.services.grouping import LICENCE, clerk, entry, member, policy, roster
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def register(**values: Any) -> Registrant:
    told: dict[str, Any] = {"actor": clerk(), "document": LICENCE, "key": uuid.uuid4(), "entry": entry()} | values
    with as_tenant(CHUO):
        return register_group(**told)


def test_a_group_is_active_at_once_with_its_roster_and_what_was_shown() -> None:
    group = register(entry=entry(members=(*roster(3), member(3, phone="090-0000-0001", born=Born(age=70)))))
    with as_tenant(CHUO):
        group.refresh_from_db()
        *_others, last = GroupMember.objects.filter(group=group)
        check = IdentityCheck.objects.get(registrant=group)
    assert (group.kind, group.state, group.number[:2]) == ("group", "active", "A-")
    assert (last.position, last.is_contact, last.phone_key) == (4, True, "09000000001")
    assert (last.age, last.told_on, last.birth_date) == (70, clock.today(), None)
    assert check.document == LICENCE


def test_where_the_policy_wants_a_review_it_waits_for_one() -> None:
    policy(needs_review=True, reminder_days=[60, 30, 7])
    assert register().state == "under_review"


def test_a_term_of_years_begins_on_the_day() -> None:
    policy(renewal="years", validity_years=2, reminder_days=[60])
    until = register().valid_until
    assert until is not None
    assert until > clock.today()


def test_the_audit_and_the_act_hold_no_name_of_the_roster() -> None:
    register()
    with as_tenant(CHUO):
        acts = str(list(RegistrationAct.objects.values()))
        audit = str(list(AuditEntry.objects.values()))
    assert "register" in acts
    assert "register" in audit
    assert "見本" not in acts + audit
    assert "ミホン" not in acts + audit


def test_the_same_form_sent_twice_registers_once() -> None:
    key = uuid.uuid4()
    assert register(key=key).number == register(key=key).number
    with as_tenant(CHUO):
        assert Registrant.objects.count() == 1


def test_unmet_requirements_refuse_and_nothing_is_written() -> None:
    policy(least_members=10, least_city_percent=51, reminder_days=[])
    with pytest.raises(RequirementsUnmetError) as refused:
        register()
    assert refused.value.params == {"count": 1}
    with as_tenant(CHUO):
        assert (Registrant.objects.count(), RegistrationAct.objects.count(), GroupKeys.objects.count()) == (0, 0, 0)


def test_the_manager_registers_all_the_same_with_a_reason_that_is_kept() -> None:
    policy(least_members=10, reminder_days=[])
    group = register(waiver=Waiver("発足したばかりで、年度内に増えるため", is_allowed=True))
    with as_tenant(CHUO):
        act = RegistrationAct.objects.get(registrant=group)
    assert act.reason == "発足したばかりで、年度内に増えるため"
    assert act.changes == {"requirements": [["too_few_members"], "waived"]}


@pytest.mark.parametrize(
    ("waiver", "error"),
    [(Waiver("理由", is_allowed=False), WaiverNotAllowedError), (Waiver(" ", is_allowed=True), ReasonMissingError)],
)
def test_nobody_else_does_and_nobody_without_a_reason(waiver: Waiver, error: type[Exception]) -> None:
    policy(least_members=10, reminder_days=[])
    with pytest.raises(error):
        register(waiver=waiver)


def test_a_reason_that_was_not_needed_is_not_kept() -> None:
    group = register(waiver=Waiver("念のため", is_allowed=True))
    with as_tenant(CHUO):
        assert RegistrationAct.objects.get(registrant=group).reason == "窓口での申請による"


def test_one_group_more_than_a_person_may_belong_to_is_refused() -> None:
    policy(most_groups_a_person=1, most_shared_members=0, reminder_days=[])
    register()
    other = entry(group_name="架空囲碁会", group_kana="カクウイゴカイ", members=(member(4),))
    with pytest.raises(RequirementsUnmetError):
        register(entry=other)


def test_a_similar_group_is_looked_at_first_and_then_becomes_a_proposal() -> None:
    first = register()
    second = entry(group_name="見本体操同好会", group_kana="ミホンタイソウドウコウカイ")
    with pytest.raises(SimilarGroupsError):
        register(entry=second)
    group = register(entry=second, seen=[first.pk])
    with as_tenant(CHUO):
        proposal = DuplicateProposal.objects.get()
    assert {proposal.one_id, proposal.other_id} == {first.pk, group.pk}
    assert proposal.one_id < proposal.other_id
    assert proposal.grounds == ["group_name", "members", "phone", "address"]


@pytest.mark.parametrize("number", [1, 8])
def test_the_statements_do_not_grow_with_the_roster(number: int) -> None:
    with as_tenant(CHUO), count_statements() as statements:
        register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=entry(members=roster(number)))
    assert statements.count == 16, statements
