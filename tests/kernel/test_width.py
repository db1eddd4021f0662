import pytest

from kernel.width import DASHES, bare, number, visible


@pytest.mark.parametrize(
    "text", ["ab1", "ａｂ１", " a\u3000b\n1", "a-b‐1", "aｰb－1", "a\u200bb\ufe0f1", "\ufeffab1", "a⁻b₋1"]
)
def test_a_bare_code_has_no_width_spaces_dashes_or_unseen_characters(text: str) -> None:
    assert bare(text) == "ab1"


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_goes(dash: str) -> None:
    assert bare(f"1{dash}2") == "12"


def test_more_characters_go_when_they_are_named() -> None:
    assert bare("（1）2", also="()") == "12"
    assert bare("（1）2") == "(1)2"


def test_visible_text_keeps_spaces_and_width() -> None:
    assert visible("邊\U000e0101　Ａ\u200d") == "邊　Ａ"


@pytest.mark.parametrize(
    ("typed", "read"), [("１２", "12"), (" 1 2人", "12"), ("-1", "-1"), ("　－１", "-1"), ("1-", "1"), ("", "")]
)
def test_a_number_keeps_the_minus_before_it(typed: str, read: str) -> None:
    assert number(typed, also="人") == read
