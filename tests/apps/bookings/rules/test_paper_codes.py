"""確認番号: read as it was written, however it is typed; and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings.paper_errors import NoSuchCodeError
from apps.bookings.rules.paper_codes import ALPHABET, Coded, code_of, read_code
from apps.bookings.rules.paper_standing import Standing, standing_of
from apps.bookings.rules.states import STATES

KEY, OLD, OTHER = b"k" * 32, b"o" * 32, b"x" * 32
CODED = st.builds(Coded, st.integers(0, 65535), st.binary(min_size=8, max_size=8).map(bytes.hex))


@given(CODED)
def test_a_code_comes_back_under_its_key_and_under_that_of_before(coded: Coded) -> None:
    assert read_code(code_of(coded, KEY), [KEY]) == coded
    assert read_code(code_of(coded, OLD), [KEY, OLD]) == coded
    with pytest.raises(NoSuchCodeError):
        read_code(code_of(coded, OTHER), [KEY, OLD])


@given(CODED, st.data())
def test_a_changed_letter_is_told(coded: Coded, data: st.DataObject) -> None:
    letters = list(code_of(coded, KEY).replace("-", ""))
    place = data.draw(st.integers(0, len(letters) - 1))
    letters[place] = data.draw(st.sampled_from([one for one in ALPHABET if one != letters[place]]))
    with pytest.raises(NoSuchCodeError):
        read_code("".join(letters), [KEY])


def test_it_is_read_however_it_is_typed() -> None:
    coded = Coded(1, "00ff" * 4)
    code = code_of(coded, KEY)
    wide = code.translate({ord(one): ord(one) + 0xFEE0 for one in code})
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        f" {code.replace('-', ' ')} ",
        wide,
        code.replace("0", "O"),
    ):
        assert read_code(typed, [KEY]) == coded


@pytest.mark.parametrize(
    "text", ["", "-", "0" * 23, "0" * 25, "U" * 24, "あ" * 24, "0" * 100_000, "\x00" * 24, "²" * 24]
)
def test_what_is_no_code_is_told_alike(text: str) -> None:
    with pytest.raises(NoSuchCodeError):
        read_code(text, [KEY])


@pytest.mark.parametrize(
    ("kind", "state", "is_replaced", "standing"),
    [
        ("permit", "permitted", False, Standing.VALID),
        ("permit", "used", False, Standing.VALID),
        ("permit", "permitted", True, Standing.REPLACED),
        ("permit", "revoked", False, Standing.REVOKED),
        ("change", "revoked", True, Standing.REVOKED),
        ("permit", "cancelled", False, Standing.ENDED),
        ("permit", "called_off", True, Standing.ENDED),
        ("refusal", "refused", False, Standing.VALID),
        ("revocation", "revoked", False, Standing.VALID),
        ("given_up", "cancelled", False, Standing.VALID),
        ("reduction", "under_review", False, Standing.VALID),
        ("reduction", "cancelled", False, Standing.ENDED),
        ("receipt", "issued", False, Standing.VALID),
        ("receipt", "void", False, Standing.VOID),
        ("measure", "issued", False, Standing.VALID),
    ],
)
def test_what_is_told_of_a_document(kind: str, state: str, is_replaced: bool, standing: Standing) -> None:
    assert standing_of(kind, state, is_replaced=is_replaced) is standing


def test_a_permit_stands_in_no_state_in_which_the_use_does_not() -> None:
    standing = {state for state in STATES if standing_of("permit", state, is_replaced=False) is Standing.VALID}
    assert standing == {"permitted", "used", "no_show"}
