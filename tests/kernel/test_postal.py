import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.postal import PostalError, digits, format_postal, is_postal


@pytest.mark.parametrize(
    "text", ["270-1396", "2701396", "〒270-1396", "２７０－１３９６", "270ー1396", " 270 1396 ", "〒 ２７０１３９６"]
)
def test_a_code_is_the_same_digits_however_it_is_typed(text: str) -> None:
    assert digits(text) == "2701396"
    assert is_postal(text)


@pytest.mark.parametrize("text", ["", "270", "270-139", "270-13966", "270-139x", "印西市", "٢٧٠١٣٩٦"])
def test_anything_but_seven_digits_is_unreadable(text: str) -> None:
    assert not is_postal(text)
    with pytest.raises(PostalError) as refusal:
        digits(text)
    assert refusal.value.code == "unreadable"


@given(st.from_regex("[0-9]{7}", fullmatch=True))
def test_a_code_is_shown_with_a_hyphen_after_three_digits(code: str) -> None:
    assert format_postal(code) == f"{code[:3]}-{code[3:]}"
    assert digits(format_postal(code)) == code
