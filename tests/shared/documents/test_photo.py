"""A photograph of a code is read on the server; whatever else is sent is told as no photograph."""

import struct
from io import BytesIO

import pytest
import segno

from shared.documents.barcode import text_in
from shared.documents.photo import MOST_BYTES, SIDE, PhotoError, grey_of, redrawn
from tests.apps.compliance.photos import jpeg_with_gps


def code_png(text: str = "RA-000123-0-1", *, scale: int = 8) -> bytes:
    out = BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=scale)
    return out.getvalue()


def test_the_code_in_a_photograph_is_read() -> None:
    assert text_in(code_png()) == "RA-000123-0-1"


def test_a_large_photograph_is_made_small_and_still_read() -> None:
    photo = code_png(scale=100)
    grey = grey_of(photo)
    assert (grey.width, grey.height) == (SIDE, SIDE)
    assert text_in(photo) == "RA-000123-0-1"


def test_a_photograph_without_a_code_says_nothing() -> None:
    out = BytesIO()
    segno.make_qr("x").save(out, kind="png", dark="white", light="white")
    assert text_in(out.getvalue()) is None


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GIF89a",
        b"%PDF-1.7",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe0\x00\x00\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
    ],
)
def test_what_is_no_photograph_is_told_so(sent: bytes) -> None:
    with pytest.raises(PhotoError, match="not_a_photo"):
        text_in(sent)


def test_a_file_too_long_is_not_opened() -> None:
    with pytest.raises(PhotoError, match="too_large"):
        text_in(code_png() + bytes(MOST_BYTES))


def test_a_picture_that_would_unfold_to_gigabytes_is_not_opened() -> None:
    bomb = code_png()[:16] + struct.pack(">II", 60_000, 60_000) + code_png()[24:]
    with pytest.raises(PhotoError, match="too_large"):
        text_in(bomb)


@pytest.mark.parametrize(
    ("orientation", "size", "black"),
    [(1, (24, 8), (2, 4)), (3, (24, 8), (21, 4)), (6, (8, 24), (4, 2)), (8, (8, 24), (4, 21)), (99, (24, 8), (2, 4))],
)
def test_a_kept_picture_stands_upright_and_holds_nothing_else(
    orientation: int, size: tuple[int, int], black: tuple[int, int]
) -> None:
    picture = redrawn(jpeg_with_gps(orientation))
    assert (picture.width, picture.height) == size
    assert b"GPS-PLACE" not in picture.png
    seen = grey_of(picture.png)
    column, row = black
    assert seen.pixels[row * seen.width + column] < 60
    assert seen.pixels[(seen.height - 1 - row) * seen.width + seen.width - 1 - column] > 200


@pytest.mark.parametrize("cut", [4, 12, 20, 30, 45])
def test_a_photograph_that_ends_in_its_head_is_refused_and_no_more(cut: int) -> None:
    with pytest.raises(PhotoError, match="not_a_photo"):
        redrawn(jpeg_with_gps()[:cut])
