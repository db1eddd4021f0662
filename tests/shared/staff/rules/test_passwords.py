"""What a password of staff must be: cases of the field, and what holds for any password."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.staff.rules.passwords import FIELD_WORDS, fault, is_guessed, is_like, kinds_in
from shared.staff.rules.policy import BOUNDS, DEFAULT, Policy, faults

WHO = {"login_id": "kamome01", "name": "架空　花子"}


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("kamo-to-rak", "short"),
        ("194857203948", "numeric"),
        ("１９４８５７２０３９４８", "numeric"),
        ("kashikan-2026", "guessed"),
        ("Inzai-Madoguchi1", "guessed"),
        ("予約予約貸館予約印西市窓口", "guessed"),
        ("カシカンヨヤクシセツ", "short"),
        ("カシカンヨヤクシセツマド", "guessed"),
        ("qwertyuiop123456", "guessed"),
        ("1qaz2wsx3edc4rfv", "guessed"),
        ("P@ssw0rd-2026!", "guessed"),
        ("qwertaiikukanpasuwado", "guessed"),
        ("aaaaaaaaaaaaaaaa", "guessed"),
        ("abcabcabcabcabc", "guessed"),
        ("reiwa8-fukushi-r8", "guessed"),
        ("my-kamome01-is-x", "similar"),
        ("ｋａｍｏｍｅ-wa-tobu", "similar"),
        ("架空の町の鳥は高く飛ぶらしい", "similar"),
        ("rakuda-to-tsubame-42", ""),
        ("雨の日の石畳と古い時計台", ""),
        ("vQ7#mLp2-xRt", ""),
    ],
)
def test_the_first_condition_that_is_not_met_is_told(password: str, told: str) -> None:
    assert fault(password, DEFAULT, **WHO, is_common=False) == told


def test_a_common_one_is_guessed() -> None:
    assert fault("rakuda-to-tsubame-42", DEFAULT, **WHO, is_common=True) == "guessed"


@pytest.mark.parametrize(
    ("password", "kinds"), [("abc", 1), ("abC", 2), ("abC1", 3), ("abC1-", 4), ("かな", 1), ("kanaかな", 2), ("", 0)]
)
def test_kinds_are_counted(password: str, kinds: int) -> None:
    assert kinds_in(password) == kinds


def test_kinds_are_asked_for_where_the_policy_does() -> None:
    assert fault("rakuda-to-tsubame", Policy(kinds=3), **WHO, is_common=False) == "few_kinds"


@given(st.lists(st.sampled_from([*FIELD_WORDS, "2026", "1234", "qwer", "-", "!"]), min_size=1, max_size=6))
def test_words_of_the_field_alone_are_always_guessed(parts: list[str]) -> None:
    assert is_guessed("".join(parts))


@given(st.text(alphabet=string.ascii_letters + string.digits + "-かな", max_size=40))
def test_any_text_is_judged(password: str) -> None:
    assert fault(password, DEFAULT, **WHO, is_common=False) in {"", "short", "numeric", "guessed", "similar"}


@given(st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=10), st.text(max_size=10), st.text(max_size=10))
def test_what_holds_the_id_is_like_it(login_id: str, before: str, after: str) -> None:
    assert is_like(before + login_id.upper() + after, login_id=login_id, name="")


def test_the_default_policy_is_within_the_bounds() -> None:
    assert faults(DEFAULT) == {}


@pytest.mark.parametrize("name", BOUNDS)
def test_no_policy_is_weaker_than_the_floor_or_beyond_the_ceiling(name: str) -> None:
    low, high = BOUNDS[name]
    outside: list[dict[str, Any]] = [{name: low - 1}, {name: high + 1}]
    assert [set(faults(replace(DEFAULT, **values))) for values in outside] == [{name}, {name}]


def test_a_rotation_is_none_or_a_month_at_least() -> None:
    assert [set(faults(Policy(rotation_days=days))) for days in (0, 1, 29, 30)] == [
        set(),
        {"rotation_days"},
        {"rotation_days"},
        set(),
    ]
