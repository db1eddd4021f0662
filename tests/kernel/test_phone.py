import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.phone import PhoneError, digits, format_phone, is_phone

numbers = st.from_regex(r"0[1-9][0-9]{8,9}", fullmatch=True).filter(is_phone)


@pytest.mark.parametrize(
    "text",
    [
        "0476-00-1234",
        "0476001234",
        "０４７６－００－１２３４",
        "0476ー00ー1234",
        "(0476)00-1234",
        "（０４７６）００−１２３４",
        " 0476 00 1234 ",
        "+81 476-00-1234",
        "+81(0)476-00-1234",
        "＋８１４７６００１２３４",
        "0476\u200b-00-1234",
    ],
)
def test_a_number_is_the_same_digits_however_it_is_typed(text: str) -> None:
    assert digits(text) == "0476001234"


def test_the_beginning_of_a_number_can_be_searched() -> None:
    assert digits("0476-0") == "04760"


@pytest.mark.parametrize("text", ["", "-", "()", "0476-00-12a4", "090-0000-0000(自宅)", "+1 476", "٠٩٠", "#123"])
def test_anything_but_a_number_is_unreadable(text: str) -> None:
    with pytest.raises(PhoneError) as refusal:
        digits(text)
    assert refusal.value.code == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "0476-00-1234",
        "03-0000-1234",
        "090-0000-1234",
        "070-0000-1234",
        "050-0000-1234",
        "0120-000-123",
        "0800-000-1234",
    ],
)
def test_ten_digits_or_eleven_of_a_mobile_are_a_phone_number(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["", "0476-00-123", "0476-00-12345", "090-0000-123", "090-0000-00001", "1476001234", "0076001234", "abc"]
)
def test_a_number_with_a_digit_too_few_or_too_many_is_none(text: str) -> None:
    assert not is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "0476-00-1234",  # 成田・印西
        "03-0000-1234",  # 東京
        "06-1000-1234",  # 大阪
        "011-000-1234",  # 札幌
        "043-000-1234",  # 千葉
        "047-400-0000",  # 船橋
        "04-7100-0000",  # 柏
        "04-7090-0000",  # 鴨川
        "0470-20-0000",  # 館山
        "0438-00-1234",  # 木更津
        "0475-50-0000",  # 東金
        "0478-00-1234",  # 香取
        "0479-20-0000",  # 銚子
        "04-2900-0000",  # 所沢
        "0422-40-0000",  # 武蔵野
        "042-500-0000",  # 立川
        "045-000-1234",  # 横浜
        "0466-00-1234",  # 藤沢
        "052-000-1234",  # 名古屋
        "092-100-1234",  # 福岡
        "01267-0-1234",  # 三笠の一部
        "04992-0-1234",  # 伊豆大島
        "090-0000-1234",
        "050-0000-1234",
        "0800-000-1234",
        "0120-000-123",
        "0570-000-123",
    ],
)
def test_a_number_is_cut_where_its_area_code_ends(text: str) -> None:
    assert format_phone(text.replace("-", "")) == text


def test_a_number_that_cannot_be_one_is_not_formatted() -> None:
    with pytest.raises(PhoneError) as refusal:
        format_phone("0476-00-123")
    assert refusal.value.code == "no_such_number"


@given(numbers)
def test_formatting_changes_no_digit(number: str) -> None:
    assert digits(format_phone(number)) == number


@given(numbers)
def test_a_formatted_number_has_three_parts_that_hold_digits(number: str) -> None:
    parts = format_phone(number).split("-")
    assert len(parts) == 3
    assert all(parts)
