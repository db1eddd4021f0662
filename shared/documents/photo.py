"""The grey picture in a photograph, for a barcode reader: PNG or JPEG in, one byte a pixel out, all in memory.

The compiler of the documents decodes and scales it (it is here anyway, and written in Rust); what it draws is a PNG
of its own making, read here. A picture is judged by its head first: one that would unfold to gigabytes is not opened.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import typst

MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
"""A telephone's largest ordinary photograph."""
SIDE: Final = 1200
"""Pixels of the longer side after scaling: a card fills a good part of the picture, and its code 60 of them."""
PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PAGE: Final = (
    '#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image(bytes(sys.inputs.photo), format: "svg")'
)
_WRAPPED: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<image width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
)
"""The compiler takes what is not on disk as text only."""


class PhotoError(ValueError):
    """Codes: `too_large`, `not_a_photo` (neither PNG nor JPEG, or broken)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Grey:
    """A picture of one byte a pixel, row by row."""

    width: int
    height: int
    pixels: bytes


def grey_of(photo: bytes) -> Grey:
    """The picture of ``photo``, its longer side ``SIDE`` pixels at most. Raises PhotoError."""
    if len(photo) > MOST_BYTES:
        raise PhotoError("too_large")
    kind, width, height = _head(photo)
    if width * height > MOST_PIXELS:
        raise PhotoError("too_large")
    return _read_png(_drawn(photo, kind, width, height))


def _head(photo: bytes) -> tuple[str, int, int]:
    """Kind, width and height as the file's head says."""
    try:
        if photo.startswith(PNG_HEAD):
            width, height = struct.unpack(">II", photo[16:24])
            found = ("png", width, height)
        elif photo.startswith(b"\xff\xd8"):
            found = ("jpeg", *_jpeg_size(photo))
        else:
            raise PhotoError("not_a_photo")
    except (struct.error, IndexError):
        raise PhotoError("not_a_photo") from None
    if not (found[1] and found[2]):
        raise PhotoError("not_a_photo")
    return found


def _jpeg_size(photo: bytes) -> tuple[int, int]:
    """Width and height in the start of frame (SOF), which stands behind segments of other kinds."""
    place = 2
    while True:
        marker, length = struct.unpack(">HH", photo[place : place + 4])
        if 0xFFC0 <= marker <= 0xFFCF and marker not in {0xFFC4, 0xFFC8, 0xFFCC}:
            height, width = struct.unpack(">HH", photo[place + 5 : place + 9])
            return width, height
        if marker < 0xFFC0 or length < 2:
            raise PhotoError("not_a_photo")
        place += 2 + length


def _drawn(photo: bytes, kind: str, width: int, height: int) -> bytes:
    scale = min(1.0, SIDE / max(width, height))
    size = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
    wrapped = _WRAPPED.format(**size, kind=kind, data=b64encode(photo).decode())
    try:
        made = typst.compile(_PAGE.format(**size).encode(), sys_inputs={"photo": wrapped}, format="png", ppi=72)
    except RuntimeError:
        raise PhotoError("not_a_photo") from None
    assert isinstance(made, bytes)  # noqa: S101  # one page
    return made


def _read_png(png: bytes) -> Grey:
    """The green of a PNG of 8-bit RGB or RGBA, which is grey enough for bars."""
    chunks = list(_chunks(png))
    width, height, _depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    samples = {2: 3, 6: 4}[colour]
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    rows, above = [], bytes(width)
    for place in range(0, height * (1 + width * samples), 1 + width * samples):
        green = raw[place + 2 : place + 1 + width * samples : samples]
        above = _FILTERS[raw[place]](green, above)
        rows.append(above)
    return Grey(width, height, b"".join(rows))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_HEAD)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


def _plain(row: bytes, _above: bytes) -> bytes:
    return row


def _sub(row: bytes, _above: bytes) -> bytes:
    return bytes(value & 255 for value in accumulate(row))


def _up(row: bytes, above: bytes) -> bytes:
    return bytes((value + over) & 255 for value, over in zip(row, above, strict=True))


def _average(row: bytes, above: bytes) -> bytes:
    made, left = bytearray(), 0
    for value, over in zip(row, above, strict=True):
        left = (value + (left + over) // 2) & 255
        made.append(left)
    return bytes(made)


def _paeth(row: bytes, above: bytes) -> bytes:
    made, left, corner = bytearray(), 0, 0
    for value, over in zip(row, above, strict=True):
        guess = left + over - corner
        distances = abs(guess - left), abs(guess - over), abs(guess - corner)
        left = (value + (left, over, corner)[distances.index(min(distances))]) & 255
        corner = over
        made.append(left)
    return bytes(made)


_FILTERS: Final[tuple[Callable[[bytes, bytes], bytes], ...]] = (_plain, _sub, _up, _average, _paeth)
