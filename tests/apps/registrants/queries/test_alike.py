"""Similar groups are found by people, telephone, address and name, by indexes, in four statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from apps.registrants.models import DuplicateProposal, GroupMember, ProposalState, Registrant, RegistrantState
from apps.registrants.queries.alike import CANDIDATES, alike_to, groups_elsewhere, portrait_of
from apps.registrants.queries.roster import roster_of
from apps.registrants.rules.roster import Member, person_key
from apps.registrants.services.group_keys import file_groups
from kernel import clock
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
made: list[int] = []
PEOPLE = ("ヒトカ", "ヒトキ", "ヒトク", "ヒトケ", "ヒトコ")


def registered(*people: str, **values: Any) -> Registrant:
    """A group with a roster of ``people``, filed under its keys; alike to none unless ``values`` say so."""
    number = len(made)
    made.append(number)
    own = {
        "group_name": f"団体{'あいうえおかきくけこ'[number % 10] * 9}",
        "group_kana": "アイウエオカキクケコ"[number % 10] * 9,
        "family_name": f"代表{number}",
        "family_kana": "ハヒフヘホマミムメモ"[number % 10] * 3,
        "address": f"架空市架空町{number + 1}番地",
    }
    group = factories.group(**own | values)
    with as_tenant(CHUO):
        file_groups([group])
        GroupMember.objects.bulk_create(
            GroupMember(group=group, position=place, name="架空", name_key=person_key("", kana), residence="resident")
            for place, kana in enumerate(people)
        )
    return group


@pytest.fixture(autouse=True)
def _from_the_beginning() -> None:
    made.clear()


def found(group: Registrant, *, shared: int = 3) -> dict[str, tuple[str, ...]]:
    with as_tenant(CHUO):
        portrait = portrait_of(group, roster_of(group.pk))
        return {one.group.number: one.grounds for one in alike_to(portrait, most_shared=shared, but=group.pk)}


def test_groups_that_share_nothing_are_not_found() -> None:
    registered(*PEOPLE[:2])
    assert found(registered(*PEOPLE[2:])) == {}


def test_shared_members_are_found_from_the_tenants_number_on() -> None:
    other = registered(*PEOPLE)
    group = registered(*PEOPLE[:3], "ホカノヒト")
    assert [found(group, shared=number) for number in (3, 4, 0)] == [{other.number: ("members",)}, {}, {}]


def test_the_representative_counts_among_the_shared() -> None:
    other = registered(*PEOPLE[:2], family_kana="ダイヒョウ")
    group = registered(*PEOPLE[:2], person_key("", "ダイヒョウタロウ"))
    assert found(group) == {other.number: ("members",)}


def test_the_same_telephone_is_found_and_a_contacts_too() -> None:
    other, third = registered(phone="0476-00-0001"), registered(*PEOPLE[:1])
    with as_tenant(CHUO):
        GroupMember.objects.filter(group=third).update(phone_key="0476000001", phone="0476-00-0001")
    assert found(registered(phone="0476-00-0001")) == {other.number: ("phone",), third.number: ("phone",)}


def test_the_same_address_is_found_however_it_is_written() -> None:
    other = registered(address="千葉県架空市見本町１丁目２番３号")
    assert found(registered(address="架空市見本町1-2-3")) == {other.number: ("address",)}


def test_a_near_name_is_found() -> None:
    other = registered(group_name="架空フォークダンスの会", group_kana="カクウフォークダンスノカイ")
    group = registered(group_name="架空フォクダンスクラブ", group_kana="カクウフォクダンスクラブ")
    assert found(group) == {other.number: ("group_name",)}


def test_those_with_more_grounds_come_first() -> None:
    by_name = registered(group_name="架空囲碁会", group_kana="カクウイゴカイ")
    by_both = registered(group_name="架空囲碁クラブ", group_kana="カクウイゴクラブ", phone="0476-00-0001")
    group = registered(group_name="架空囲碁同好会", group_kana="カクウイゴドウコウカイ", phone="0476-00-0001")
    assert list(found(group)) == [by_both.number, by_name.number]


@pytest.mark.parametrize("state", [RegistrantState.CLOSED, RegistrantState.REFUSED])
def test_a_group_that_is_gone_is_not_found(state: RegistrantState) -> None:
    registered(phone="0476-00-0001", state=state)
    assert found(registered(phone="0476-00-0001")) == {}


def test_an_individual_with_the_same_telephone_is_not_found() -> None:
    factories.individual(phone="0476-00-0001")
    assert found(registered(phone="0476-00-0001")) == {}


def test_a_pair_that_was_found_to_be_two_stays_two() -> None:
    one, other = sorted([registered(phone="0476-00-0001"), registered(phone="0476-00-0001")], key=lambda it: it.pk)
    with as_tenant(CHUO):
        DuplicateProposal.objects.create(
            one=one, other=other, grounds=["phone"], state=ProposalState.DISMISSED, found_at=clock.now()
        )
    assert (found(one), found(other)) == ({}, {})


def test_a_persons_other_groups_are_counted_where_the_births_agree() -> None:
    born = dt.date(1950, 4, 1)
    for state in (RegistrantState.ACTIVE, RegistrantState.SUSPENDED, RegistrantState.CLOSED):
        group = registered(PEOPLE[0], PEOPLE[1], state=state)
        with as_tenant(CHUO):
            GroupMember.objects.filter(group=group, name_key=PEOPLE[0]).update(birth_date=born)
    people = [Member(PEOPLE[0], "resident", born), Member(PEOPLE[0], "resident"), Member(PEOPLE[1], "resident", born)]
    with as_tenant(CHUO):
        assert groups_elsewhere(people) == (2, 0, 0)


@pytest.mark.parametrize("number", [1, 12])
def test_it_takes_four_statements_however_many_are_alike(number: int) -> None:
    for _ in range(number):
        registered(*PEOPLE, phone="0476-00-0001")
    group = registered(*PEOPLE, phone="0476-00-0001")
    with as_tenant(CHUO):
        portrait = portrait_of(group, roster_of(group.pk))
        with count_statements() as statements:
            assert len(alike_to(portrait, most_shared=3, but=group.pk)) == number
    assert statements.count == 4, statements


def test_no_candidate_is_found_by_reading_all_groups() -> None:
    values: dict[str, str | int | list[str]] = {
        "names": ["w"],
        "address": "a",
        "phones": ["1"],
        "people": ["ア"],
        "shared": 3,
        "most": 200,
    }
    with as_tenant(CHUO), connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN {CANDIDATES}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert "Seq Scan" not in plan
