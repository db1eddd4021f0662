"""The picture in a photograph: PNG or JPEG in, grey for a barcode reader or a plain PNG to keep out, all in memory.

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
KEPT_SIDE: Final = 1400
"""The same for a picture that is kept and looked at."""
KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
"""All that a picture is made of; a PNG's texts, times and colour profiles are none of it."""
ORIENTATION: Final = 0x0112
TURNS: Final = {3: 180, 6: 90, 8: 270}
"""EXIF's orientation -> degrees clockwise; mirrored ones, which no camera writes, are shown as they lie."""
_PAGE: Final = (
    "#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
    '#image(bytes(sys.inputs.photo), format: "svg", width: 100%, height: 100%)'
)
_WRAPPED: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><g transform="{turn}">'
    '<image width="{lying}" height="{standing}" href="data:image/{kind};base64,{data}"/></g></svg>'
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


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of our own making, with nothing in it but the picture."""

    png: bytes
    width: int
    height: int


def grey_of(photo: bytes) -> Grey:
    """The picture of ``photo``, its longer side ``SIDE`` pixels at most. Raises PhotoError."""
    return _read_png(_drawn(photo, *_judged(photo), side=SIDE))


def redrawn(photo: bytes) -> Picture:
    """The picture of ``photo`` drawn anew, its longer side ``KEPT_SIDE`` pixels at most. Raises PhotoError.

    What a camera writes beside the picture (place, time, its own number, a small copy) is gone; a photograph that was
    taken lying is set upright first.
    """
    kind, width, height = _judged(photo)
    degrees = TURNS.get(_orientation(photo), 0) if kind == "jpeg" else 0
    made = _drawn(photo, kind, width, height, side=KEPT_SIDE, degrees=degrees)
    png = PNG_HEAD + b"".join(_chunk(name, body) for name, body in _chunks(made) if name in KEPT_CHUNKS)
    return Picture(png, *struct.unpack(">II", png[16:24]))


def _judged(photo: bytes) -> tuple[str, int, int]:
    """Kind, width and height of a photograph within the bounds."""
    if len(photo) > MOST_BYTES:
        raise PhotoError("too_large")
    kind, width, height = _head(photo)
    if width * height > MOST_PIXELS:
        raise PhotoError("too_large")
    return kind, width, height


def _orientation(photo: bytes) -> int:
    """How the camera was held, by the first EXIF segment of a JPEG; 1 where it is not told, or cannot be read."""
    place = 2
    try:
        while photo[place] == 0xFF and photo[place + 1] != 0xDA:
            (length,) = struct.unpack(">H", photo[place + 2 : place + 4])
            if photo[place + 4 : place + 10] == b"Exif\0\0":
                return _tag(photo[place + 10 : place + 2 + length])
            place += 2 + length
    except (struct.error, IndexError):
        return 1
    return 1


def _tag(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return 1
    (start,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[start : start + 2])
    for number in range(count):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        tag, _kind, _count, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == ORIENTATION:
            return int(value)
    return 1


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


def _drawn(  # what is drawn, and how
    photo: bytes, kind: str, width: int, height: int, *, side: int, degrees: int = 0
) -> bytes:
    scale = min(1.0, side / max(width, height))
    lying, standing = max(1, round(width * scale)), max(1, round(height * scale))
    is_turned = degrees in {90, 270}
    size = {"width": standing if is_turned else lying, "height": lying if is_turned else standing}
    turn = {
        0: "",
        90: f"translate({standing} 0) rotate(90)",
        180: f"translate({lying} {standing}) rotate(180)",
        270: f"translate(0 {lying}) rotate(270)",
    }[degrees]
    data = b64encode(photo).decode()
    wrapped = _WRAPPED.format(**size, turn=turn, lying=lying, standing=standing, kind=kind, data=data)
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


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


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
