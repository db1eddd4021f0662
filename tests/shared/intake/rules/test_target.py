"""Source keys, and what a row tells of its choices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.intake.rules.forgotten import MARK, forgotten_key
from shared.intake.rules.target import LONGEST_KEY, Cells, Context

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=150)


def test_a_key_that_is_short_enough_is_kept_as_it_is() -> None:
    assert Context("旧システム", "staff", None).key("1001") == "旧システム:1001"


@given(st.text("元旧", min_size=1, max_size=40), TEXT, TEXT)
def test_different_keys_stay_different_and_fit_however_long_they_are(source: str, one: str, other: str) -> None:
    context = Context(source, "staff", None)
    assert len(context.key(one)) <= LONGEST_KEY
    assert (context.key(one) == context.key(other)) == (one == other)


@given(TEXT)
def test_what_is_left_of_a_forgotten_key_fits_and_does_not_tell_it(key: str) -> None:
    assert len(forgotten_key(key)) == len(MARK) + 64
    assert forgotten_key(key) == forgotten_key(key)


def test_a_row_tells_the_texts_that_stand_for_choices_whether_they_are_understood_or_not() -> None:
    row = Cells({"kind": " １ ", "state": "？", "other": ""})
    assert row.choose("kind", {"1": "group"}) == "group"
    assert row.choose("state", {}, otherwise="-") == "-"
    assert row.choose("other", {}, "usual") == "usual"
    assert row.reading("k", lambda: None).texts == {"kind": "1", "state": "?"}
