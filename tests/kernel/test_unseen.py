"""Text as it is read: marks of direction and characters of no width go, what is given on purpose stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.names import clean_name
from kernel.unseen import without_unseen

CURIOUS = (
    "架空a邊\U000e0101❤\ufe0f\u200d🔥👨👩🏽\u200c\u200b\u202e\u2069\u0915\u094d\n\t\x08\u2028🏴\U000e0067\U000e007f"
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("不\u202e許\u202c可", "不許可"),
        ("\u2066許\u2069可\u200e\u200f\u061c", "許可"),
        ("山\u200b田\u2060\ufeff", "山田"),
        ("山\u200d田\u200c\u200d", "山田"),
        ("\u200d山", "山"),
        ("邊\U000e0101\u200d", "邊\U000e0101"),
        ("0476\u00ad00", "047600"),
        ("一\u2028二\u2029三", "一\n二\n三"),
        ("a\U000e0061\U000e0062", "a"),
        ("\u3164\uffa0\u115f\u1160", ""),
    ],
)
def test_what_nobody_sees_goes(typed: str, read: str) -> None:
    assert without_unseen(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "渡邊\U000e0101",
        "神\ufa19𠮷野",
        "葛\ufe00",
        "❤\ufe0f\u200d🔥",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d🔧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u0915\u094d\u200d\u0937",
        "京\x07子",
        "一行目\r\n\t二行目\u3000",
    ],
)
def test_what_is_given_on_purpose_stays(text: str) -> None:
    assert without_unseen(text) == text


@given(st.text(st.sampled_from(CURIOUS) | st.characters(exclude_categories=["Cs"]), max_size=30))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = without_unseen(text)
    assert without_unseen(once) == once


@given(st.text(st.sampled_from(CURIOUS), max_size=10))
def test_no_mark_of_direction_is_left(text: str) -> None:
    assert not set(without_unseen(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")


def test_a_name_that_came_with_such_characters_can_be_kept() -> None:
    assert clean_name(without_unseen("架\u200b空\u202c"), max_length=5) == "架空"
