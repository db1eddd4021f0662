"""On what grounds two groups may be one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.rules.group_names import names_of
from apps.registrants.rules.roster import Member
from apps.registrants.rules.similarity import Portrait, Sought, address_key, grounds_of, shared_members


def people(*keys: str) -> tuple[Member, ...]:
    return tuple(Member(key, "resident") for key in keys)


GROUP = Portrait(
    names_of("架空体操クラブ", "カクウタイソウクラブ"),
    people("ア", "イ", "ウ", "エ", "オ"),
    frozenset({"0476000001", "09000000002"}),
    address_key("架空市架空町1番地"),
)
STRANGER = Portrait(names_of("見本囲碁会", "ミホンイゴカイ"), people("カ", "キ"), frozenset({"0476000009"}), "別町2")


@pytest.mark.parametrize(
    ("changes", "grounds"),
    [
        ({}, ()),
        ({"names": names_of("架空体操会", "カクウタイソウカイ")}, ("group_name",)),
        ({"names": names_of("別の名の会", "ベツノナノカイ", "架空体操会")}, ("group_name",)),
        ({"people": people("ア", "イ", "ウ", "カ", "キ")}, ("members",)),
        ({"people": people("ア", "イ", "カ", "キ", "ク")}, ()),
        ({"phones": frozenset({"09000000002"})}, ("phone",)),
        ({"address": address_key("千葉県架空市架空町１")}, ("address",)),
        ({"address": ""}, ()),
        ({"people": GROUP.people, "phones": GROUP.phones}, ("members", "phone")),
    ],
)
def test_the_grounds_are_named(changes: dict[str, object], grounds: tuple[str, ...]) -> None:
    other = replace(STRANGER, **changes)  # type: ignore[arg-type]  # fields of a portrait
    assert grounds_of(GROUP, other, Sought()) == grounds


def test_where_the_tenant_does_not_look_at_people_they_are_no_ground() -> None:
    other = replace(STRANGER, people=GROUP.people)
    assert grounds_of(GROUP, other, Sought(0)) == ()


def test_namesakes_of_other_births_are_not_shared() -> None:
    born = tuple(replace(one, birth_date=dt.date(1950, 1, 1)) for one in GROUP.people)
    others = tuple(replace(one, birth_date=dt.date(1951, 1, 1)) for one in GROUP.people)
    assert [shared_members(born, some) for some in (others, GROUP.people, born)] == [0, 5, 5]


def test_two_namesakes_and_one_share_one() -> None:
    assert shared_members(people("ア", "ア"), people("ア")) == 1


@pytest.mark.parametrize(
    "other",
    [
        "千葉県架空市架空町1丁目2番3号コーポ見本101",
        "架空市架空町一丁目2番地の3　コーポ見本101",
        "架空市架空町１－２－３コーポ見本１０１",
        "架空市架空町1ー2ー3 コーポ見本101",
        "架空市架空町1丁目2の3コーポ見本101号",
    ],
)
def test_an_address_is_the_same_however_it_is_written(other: str) -> None:
    assert address_key(other) == address_key("架空市架空町1-2-3コーポ見本101")


@pytest.mark.parametrize("other", ["架空市架空町1-23", "架空市架空町12-3", "架空市見本町1-2-3", "架空市架空町1-2-3-4"])
def test_another_address_is_another(other: str) -> None:
    assert address_key(other) != address_key("架空市架空町1-2-3")


PORTRAITS = st.builds(
    Portrait,
    names=st.builds(names_of, st.text("かくう体操会", min_size=1, max_size=8), st.text("カクウ", max_size=8)),
    people=st.lists(
        st.builds(
            Member,
            key=st.sampled_from("アイウエオ"),
            residence=st.just("resident"),
            birth_date=st.none() | st.sampled_from([dt.date(1950, 1, 1), dt.date(1951, 1, 1)]),
        ),
        max_size=6,
    ).map(tuple),
    phones=st.frozensets(st.sampled_from(["1", "2", "3"])),
    address=st.sampled_from(["", "架空町1", "架空町2"]),
)


@given(PORTRAITS, PORTRAITS, st.integers(0, 4))
def test_likeness_holds_both_ways(one: Portrait, other: Portrait, most: int) -> None:
    assert grounds_of(one, other, Sought(most)) == grounds_of(other, one, Sought(most))


@given(PORTRAITS, st.integers(0, 4))
def test_a_group_is_alike_to_itself(one: Portrait, most: int) -> None:
    assert "group_name" in grounds_of(one, one, Sought(most))


@given(st.text("架空市町県都千葉12ー-番地号の丁目一二コーポA", max_size=40))
def test_width_and_spaces_change_no_key_of_an_address(address: str) -> None:
    wide = address.translate({ord("A"): "Ａ", ord("1"): "１", ord("2"): "２", ord("-"): "－"})
    assert address_key("　".join(wide)) == address_key(address)
