"""Similar groups are found by people, telephone, address and name, by indexes, in four statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from apps.registrants.models import (
    DuplicateProposal,
    GroupMember,
    ItemPolicy,
    ProposalState,
    Registrant,
    RegistrantState,
)
from apps.registrants.queries.alike import CANDIDATES, alike_to, groups_elsewhere, neighbours, portrait_of
from apps.registrants.queries.roster import roster_of
from apps.registrants.rules.policy import SIMILAR_BY
from apps.registrants.rules.roster import Member, person_key
from apps.registrants.rules.similarity import Sought
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


def collecting(*items: str) -> None:
    with as_tenant(CHUO):
        ItemPolicy.objects.bulk_create(
            ItemPolicy(item=one, since=clock.today(), purpose_of_use="確認") for one in items
        )


def found(group: Registrant, *, shared: int = 3, by: tuple[str, ...] = SIMILAR_BY) -> dict[str, tuple[str, ...]]:
    sought = Sought(shared, by)
    with as_tenant(CHUO):
        portrait = portrait_of(group, roster_of(group.pk))
        return {one.group.number: one.grounds for one in alike_to(portrait, sought, but=group.pk)}


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


def test_a_short_name_is_compared_with_names_and_with_short_names() -> None:
    collecting("short_name")
    long, short = {"group_name": "架空地域福祉推進協議会"}, {"extras": {"short_name": "架福協"}}
    other = registered(**long, **short)
    assert found(registered(group_name="架福協")) == {other.number: ("group_name",)}
    third = registered(group_name="見本福祉の輪", **short)
    assert other.number in found(third)


@pytest.mark.parametrize(
    ("ground", "values"),
    [
        ("group_name", {"group_name": "架空囲碁会", "group_kana": "カクウイゴカイ"}),
        ("phone", {"phone": "0476-00-0001"}),
        ("address", {"address": "架空市見本町1-2-3"}),
    ],
)
def test_a_ground_that_the_tenant_does_not_look_at_is_none(ground: str, values: dict[str, str]) -> None:
    other = registered(**values)
    group = registered(**values)
    assert found(group) == {other.number: (ground,)}
    assert found(group, by=tuple(one for one in SIMILAR_BY if one != ground)) == {}


def test_an_address_that_hundreds_share_hides_nobody_with_the_same_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.registrants.queries.alike.MOST", 3)
    other = registered(*PEOPLE)
    for _ in range(6):
        registered(address="架空市公民館1")
    assert other.number in found(registered(*PEOPLE, address="架空市公民館1"))


def test_parted_groups_still_share_their_people() -> None:
    one, other = sorted([registered(*PEOPLE), registered(*PEOPLE[:4])], key=lambda it: it.pk)
    with as_tenant(CHUO):
        DuplicateProposal.objects.create(
            one=one, other=other, grounds=["members"], state=ProposalState.DISMISSED, found_at=clock.now()
        )
        [met] = neighbours(portrait_of(one, roster_of(one.pk)), Sought(0, ()), sharing=4, but=one.pk)
    assert (met.group, met.shared, met.grounds, met.is_parted) == (other, 4, (), True)


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


def test_who_represents_another_group_belongs_to_it_where_the_birth_is_known() -> None:
    collecting("representative_birth_date")
    born = dt.date(1950, 4, 1)
    registered(family_kana="ヒト", given_kana="カ", extras={"representative_birth_date": "1950-04-01"})
    registered(family_kana="ヒト", given_kana="カ")
    people = [Member(person_key("", PEOPLE[0]), "resident", born), Member(person_key("", PEOPLE[0]), "resident")]
    with as_tenant(CHUO):
        assert groups_elsewhere(people) == (1, 0)


@pytest.mark.parametrize("number", [1, 12])
def test_it_takes_four_statements_however_many_are_alike(number: int) -> None:
    for _ in range(number):
        registered(*PEOPLE, phone="0476-00-0001")
    group = registered(*PEOPLE, phone="0476-00-0001")
    with as_tenant(CHUO):
        portrait = portrait_of(group, roster_of(group.pk))
        with count_statements() as statements:
            assert len(alike_to(portrait, Sought(), but=group.pk)) == number
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
