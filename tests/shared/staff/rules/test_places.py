"""Whether two uses of an ID are of two places."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.staff.rules.places import Whence, is_elsewhere

DESK, LAPTOP = UUID(int=1), UUID(int=2)
WHENCE = st.builds(Whence, st.sampled_from([None, "10.0.0.1", "10.0.0.2"]), st.sampled_from([None, DESK, LAPTOP]))


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        (Whence("10.0.0.1"), Whence("10.0.0.1"), False),
        (Whence("10.0.0.1"), Whence("10.0.0.2"), True),
        (Whence("10.0.0.1", DESK), Whence("10.0.0.1", LAPTOP), True),
        (Whence("10.0.0.1", LAPTOP), Whence("10.0.0.2", LAPTOP), False),
        (Whence("10.0.0.1", DESK), Whence("10.0.0.1"), False),
        (Whence("10.0.0.1", DESK), Whence("10.0.0.2"), True),
        (Whence(None), Whence("10.0.0.1"), True),
    ],
)
def test_a_terminal_is_one_place_and_an_address_without_one(one: Whence, other: Whence, elsewhere: bool) -> None:
    assert is_elsewhere(one, other) is elsewhere


@given(WHENCE, WHENCE)
def test_it_does_not_matter_which_came_first(one: Whence, other: Whence) -> None:
    assert is_elsewhere(one, other) == is_elsewhere(other, one)
    assert not is_elsewhere(one, one)
