"""A group is changed with its roster; its history keeps what changed, of people only how many they were."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from apps.registrants.errors import StaleRegistrationError, UnknownRegistrantError, WrongStateError
from apps.registrants.group_errors import RequirementsUnmetError, SimilarGroupsError
from apps.registrants.models import DuplicateProposal, GroupMember, Registrant, RegistrantState, RegistrationAct
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.roster_entry import Born
from apps.registrants.rules.waiver import Waiver
from apps.registrants.services.change_group import change_group
from apps.registrants.services.register_group import register_group
from kernel import clock
from tests import factories
from tests.apps.registrants.services.grouping import (
    LICENCE,
    REPRESENTATIVE,
    clerk,
    entry,
    member,
    policy,
    roster,
)
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def group(database: None) -> Registrant:
    return registered()


def registered(**values: Any) -> Registrant:
    with as_tenant(CHUO):
        return register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=entry(**values))


def change(group: Registrant, to: GroupEntry, **values: Any) -> bool:
    told: dict[str, Any] = {"actor": clerk(), "registrant": group.pk, "seen_version": 1, "entry": to} | values
    with as_tenant(CHUO):
        return change_group(**told)


def last_act(group: Registrant) -> RegistrationAct:
    with as_tenant(CHUO):
        return RegistrationAct.objects.filter(registrant=group).order_by("-id")[0]


def names(group: Registrant) -> list[str]:
    with as_tenant(CHUO):
        return [row.kana for row in GroupMember.objects.filter(group=group)]


def test_another_representative_and_another_name_are_kept_with_before_and_after(group: Registrant) -> None:
    successor = replace(REPRESENTATIVE, given_name="花子", given_kana="ハナコ")
    to = entry(group_name="見本健康体操会", group_kana="ミホンケンコウタイソウカイ", person=successor)
    assert change(group, to, reason="代表者交代届")
    with as_tenant(CHUO):
        group.refresh_from_db()
    act = last_act(group)
    assert (group.person_name, group.kana_key, group.version) == ("見本　花子", "みほんけんこうたいそうかい", 2)
    assert act.reason == "代表者交代届"
    assert act.changes == {
        "group_name": ["見本体操クラブ", "見本健康体操会"],
        "group_kana": ["ミホンタイソウクラブ", "ミホンケンコウタイソウカイ"],
        "given_name": ["太郎", "花子"],
        "given_kana": ["タロウ", "ハナコ"],
    }


def test_the_same_again_changes_nothing(group: Registrant) -> None:
    assert not change(group, entry())
    assert last_act(group).act == "register"


def test_of_the_roster_the_history_keeps_numbers(group: Registrant) -> None:
    assert change(group, entry(members=roster(7)))
    assert last_act(group).changes == {"members": [5, 7]}
    assert len(names(group)) == 7


def test_who_left_is_gone_and_the_others_move_up(group: Registrant) -> None:
    people = roster(5)
    change(group, entry(members=(people[0], *people[2:])))
    with as_tenant(CHUO):
        places = list(GroupMember.objects.filter(group=group).values_list("position", flat=True))
    assert places == [1, 2, 3, 4]
    assert "ミホン　ハナコ" not in names(group)


def test_an_age_keeps_the_day_on_which_it_was_told(group: Registrant) -> None:
    told = dt.date(2020, 4, 1)
    aged = (member(0, born=Born(age=70)), member(1, born=Born(age=60)))
    change(group, entry(members=aged))
    with as_tenant(CHUO):
        GroupMember.objects.filter(group=group).update(told_on=told)
    change(group, entry(members=(aged[0], member(1, born=Born(age=66)))), seen_version=2)
    with as_tenant(CHUO):
        days = list(GroupMember.objects.filter(group=group).values_list("told_on", flat=True))
    assert days == [told, clock.today()]


def test_requirements_hold_at_a_change_too(group: Registrant) -> None:
    policy(least_members=5, reminder_days=[])
    with pytest.raises(RequirementsUnmetError):
        change(group, entry(members=roster(4)))
    assert change(group, entry(members=roster(4)), waiver=Waiver("退会が続いたため", is_allowed=True), reason="退会届")
    assert last_act(group).reason == "退会届 退会が続いたため"


def test_a_name_like_anothers_is_looked_at_first(group: Registrant) -> None:
    person = replace(REPRESENTATIVE, address="千葉県印西市木下2番地", phone="0476-00-0002")
    other = registered(group_name="架空囲碁会", group_kana="カクウイゴカイ", person=person, members=())
    to = entry(group_name="架空囲碁クラブ", group_kana="カクウイゴクラブ")
    with pytest.raises(SimilarGroupsError):
        change(group, to)
    assert change(group, to, seen=[other.pk])
    with as_tenant(CHUO):
        assert DuplicateProposal.objects.get().grounds == ["group_name"]


def test_a_pair_that_was_proposed_before_is_not_asked_about_again(group: Registrant) -> None:
    with as_tenant(CHUO):
        like = entry(group_name="見本体操同好会", group_kana="ミホンタイソウドウコウカイ")
        register_group(actor=clerk(), document=LICENCE, key=uuid.uuid4(), entry=like, seen=[group.pk])
    assert change(group, entry(members=roster(6)))


def test_a_page_made_before_somebody_elses_change_is_stale(group: Registrant) -> None:
    change(group, entry(members=roster(6)))
    with pytest.raises(StaleRegistrationError):
        change(group, entry(members=roster(7)))


def test_an_individual_is_no_group() -> None:
    with pytest.raises(UnknownRegistrantError):
        change(factories.individual(), entry())


def test_a_closed_group_is_not_changed() -> None:
    with pytest.raises(WrongStateError):
        change(factories.group(state=RegistrantState.CLOSED), entry())
