"""What may stand in a block, and what is said of what may not."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bookings import paper_errors
from apps.bookings.errors import BookingError
from apps.bookings.paper_texts import PAPER_TEXTS
from apps.bookings.rules.wording_blocks import Block, Shape, Wording, check_wording, filled
from apps.bookings.rules.wording_diff import COME, GONE, SAME, pieces
from apps.bookings.rules.wording_texts import BLOCKS, DOCUMENTS

LINE = Block("x", "line", Shape.LINE, ("標準",), ("施設名",))
LIST = Block("x", "list", Shape.LIST, (), ("施設名", "市名"), may_be_empty=True)
PAIR = Block("x", "pair", Shape.PAIR, ("第１条", "とき。"))


@pytest.mark.parametrize(
    ("block", "text", "paragraphs"),
    [
        (LINE, "  {施設名}許可書 ", ("{施設名}許可書",)),
        (LIST, "", ()),
        (LIST, "一\r\n\r\n 二 \n", ("一", "二")),
        (PAIR, "第９条\n支障があるとき。", ("第９条", "支障があるとき。")),
        (LINE, '#import "x": * $a$ ] [ \\ ', ('#import "x": * $a$ ] [ \\',)),
        (LINE, "あ" * 120, ("あ" * 120,)),
        (LINE, "𠮷野家の髙﨑", ("𠮷野家の髙﨑",)),
        (LINE, "｛施設名｝", ("｛施設名｝",)),
    ],
)
def test_what_may_stand(block: Block, text: str, paragraphs: tuple[str, ...]) -> None:
    assert check_wording(block, text) == paragraphs


@pytest.mark.parametrize(
    ("block", "text", "code"),
    [
        (LINE, "", "wording_missing"),
        (LINE, " \n ", "wording_missing"),
        (LINE, "一\n二", "wording_paragraphs"),
        (PAIR, "第９条", "wording_paragraphs"),
        (LIST, "\n".join("あ" * 31), "wording_paragraphs"),
        (LINE, "あ" * 121, "wording_too_long"),
        (LINE, "{氏名}", "wording_unknown_field"),
        (LINE, "{}", "wording_unknown_field"),
        (LINE, "{0}", "wording_unknown_field"),
        (LINE, "{施設名.__class__}", "wording_unknown_field"),
        (PAIR, "{施設名}\nとき。", "wording_unknown_field"),
        (LINE, "{施設名", "wording_broken_field"),
        (LINE, "施設名}", "wording_broken_field"),
        (LINE, "{{施設名}}", "wording_broken_field"),
        (LINE, "{施設名!r}", "wording_broken_field"),
        (LINE, "{施設名:>9999999}", "wording_broken_field"),
        (LINE, "a\x00b", "wording_control"),
        (LINE, "a\x07b", "wording_control"),
        (LINE, "a\u202eb", "wording_control"),
        (LINE, "a\u200bb", "wording_control"),
        (LINE, "a\ue000b", "wording_control"),
        (LINE, "a\tb", "wording_control"),
    ],
)
def test_what_may_not(block: Block, text: str, code: str) -> None:
    with pytest.raises(BookingError) as told:
        check_wording(block, text)
    assert (told.value.code, told.value.field) == (code, "text")
    assert str(PAPER_TEXTS[code]).format(**told.value.params)


@given(st.text(max_size=200))
def test_whatever_is_accepted_can_be_filled(text: str) -> None:
    try:
        found = check_wording(LIST, text)
    except BookingError:
        return
    for paragraph in found:
        assert filled(paragraph, {"施設名": "{市名}", "市名": "x"}) is not None


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert filled("{施設名}の", {"施設名": "{市名}", "市名": "x"}) == "{市名}の"


def test_the_standard_wording_passes_its_own_check() -> None:
    for block in BLOCKS.values():
        assert check_wording(block, "\n".join(block.standard)) == block.standard
        named = {name for text in block.standard for _, name, _, _ in Formatter().parse(text) if name is not None}
        assert named <= set(block.fields), block.key


def test_every_block_says_which_version_holds() -> None:
    wording = Wording(BLOCKS)
    assert all(one.endswith("/1") for one in wording.versions(*DOCUMENTS))
    assert len(wording.versions(*DOCUMENTS)) == len(BLOCKS)
    with pytest.raises(paper_errors.UnknownBlockError):
        wording.chosen("permit.nothing")


def test_the_difference_is_told_piece_by_piece() -> None:
    found = [(piece.text, piece.mark) for piece in pieces(("許可します。",), ("許可しません。",))]
    assert found == [("許可しま", SAME), ("す", GONE), ("せん", COME), ("。", SAME)]


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
def test_the_pieces_are_the_two_texts(before: list[str], after: list[str]) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.mark != COME) == "\n".join(before)
    assert "".join(piece.text for piece in found if piece.mark != GONE) == "\n".join(after)
