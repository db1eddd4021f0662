"""Wishes are read again before they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.portal_errors import StrayWishError
from apps.registrants.rules.wishes import item_wishes, person_wishes, wishes_from

TODAY = dt.date(2026, 4, 1)
ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=3), max_size=2)


def test_a_wish_is_the_second_of_what_was_and_what_is_wished() -> None:
    assert wishes_from({"address": ["a", "b"], "item_use": ["c", None]}) == {"address": "b", "item_use": None}


def test_columns_and_items_are_told_apart_and_read() -> None:
    wishes = {"birth_date": "1950-04-01", "family_kana": "かくう", "item_use": "体操", "item_workplace": None}
    assert person_wishes(wishes, kind="individual", today=TODAY) == {
        "birth_date": dt.date(1950, 4, 1),
        "family_kana": "カクウ",
    }
    assert item_wishes(wishes, today=TODAY) == {"use": "体操", "workplace": None}


@pytest.mark.parametrize("name", ["state", "number", "portal_account", "kana_key", "version", "id"])
def test_no_other_column_is_ever_wished(name: str) -> None:
    with pytest.raises(StrayWishError):
        person_wishes({name: "x"}, kind="individual", today=TODAY)


@pytest.mark.parametrize("name", ["family_name", "family_kana", "birth_date"])
def test_a_groups_representative_changes_at_the_counter_alone(name: str) -> None:
    with pytest.raises(StrayWishError):
        person_wishes({name: "x"}, kind="group", today=TODAY)


@given(wishes=st.dictionaries(st.sampled_from(["address", "phone", "birth_date", "item_use", "item_x", "x"]), ANYTHING))
def test_whatever_is_wished_is_read_or_refused(wishes: dict[str, object]) -> None:
    try:
        columns = person_wishes(wishes, kind="individual", today=TODAY)
        items = item_wishes(wishes, today=TODAY)
    except StrayWishError:
        return
    assert set(columns) <= {"address", "phone", "birth_date"}
    assert set(items) <= {"use"}
