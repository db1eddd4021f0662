"""What the city types to find a registrant: whole numbers, the beginning of the kana, whole telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.errors import RegistrantError
from apps.registrants.rules.search_terms import By, Term, term
from apps.registrants.search_errors import (
    KanaNeededError,
    KanaTooShortError,
    MistypedNumberError,
    UnreadableNumberError,
    UnreadablePhoneError,
)


@pytest.mark.parametrize("typed", ["A-000012-5", "ａ０００−０１２５", "a 000012 5", "A−000012−5"])
def test_a_number_is_read_in_any_width_and_with_any_dash(typed: str) -> None:
    assert term(By.NUMBER, typed) == Term(By.NUMBER, "A-000012-5")


@pytest.mark.parametrize("typed", ["まつもと", "マツモト", "ﾏﾂﾓﾄ", "マツ モト", "まつ・もと"])
def test_kana_is_read_in_any_kind_and_width(typed: str) -> None:
    assert term(By.KANA, typed) == Term(By.KANA, "まつもと")


@pytest.mark.parametrize("typed", ["0476-00-0123", "０４７６（００）０１２３", "0476 00 0123"])
def test_a_telephone_number_is_read_in_any_width(typed: str) -> None:
    assert term(By.PHONE, typed) == Term(By.PHONE, "0476000123")


@pytest.mark.parametrize(
    ("by", "typed", "error"),
    [
        (By.NUMBER, "000012", UnreadableNumberError),
        (By.NUMBER, "A-000012-4", MistypedNumberError),
        (By.NUMBER, "'; --", UnreadableNumberError),
        (By.KANA, "松本", KanaNeededError),
        (By.KANA, "まつ%", KanaNeededError),
        (By.KANA, "__", KanaNeededError),
        (By.KANA, "\ufffd\ufffd", KanaNeededError),
        (By.KANA, "ま", KanaTooShortError),
        (By.PHONE, "0123", UnreadablePhoneError),
        (By.PHONE, "四七六", UnreadablePhoneError),
        (By.PHONE, "", UnreadablePhoneError),
    ],
)
def test_what_means_nobody_or_half_the_register_is_refused(by: By, typed: str, error: type[RegistrantError]) -> None:
    with pytest.raises(error):
        term(by, typed)


@given(st.sampled_from(By), st.text(max_size=30))
def test_a_key_never_holds_what_like_reads(by: By, typed: str) -> None:
    try:
        key = term(by, typed).key
    except RegistrantError:
        return
    assert not set("%_\\") & set(key)
