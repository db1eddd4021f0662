"""Text in UTF-16 as the same text in UTF-8, wherever a piece of it ends."""

from __future__ import annotations

import io
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake import recoding
from shared.intake.recoding import in_utf8

MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("order", MARKS)
@given(text=st.text(st.characters(codec="utf-8", include_characters="\n\U00020bb7")), piece=st.integers(1, 5))
def test_every_text_is_the_same_in_both_byte_orders_and_pieces_of_any_size(order: str, text: str, piece: int) -> None:
    stream = io.BytesIO(MARKS[order] + text.encode(order))
    with patch.object(recoding, "PIECE", piece):
        assert in_utf8(stream, "utf-16").read() == text.encode()


@pytest.mark.parametrize("rest", [b"\x42\xd8a\x00", b"a\x00b", b"\x42\xd8"])
def test_what_is_no_character_is_the_mark_of_that(rest: bytes) -> None:
    assert "\ufffd" in in_utf8(io.BytesIO(MARKS["utf-16-le"] + rest), "utf-16").read().decode()


def test_the_file_itself_stays_open() -> None:
    stream = io.BytesIO(MARKS["utf-16-le"])
    in_utf8(stream, "utf-16").close()
    assert not stream.closed


def test_a_file_in_another_encoding_is_handed_on_as_it_is() -> None:
    stream = io.BytesIO("架空".encode("cp932"))
    assert in_utf8(stream, "cp932") is stream
