"""A photograph as a telephone writes it: a JPEG that was taken lying, with the place in its EXIF segment."""

from __future__ import annotations

import struct
from base64 import b64decode
from typing import Final

PLAIN: Final = b64decode(
    "/9j/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBD"
    "AQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIABgD"
    "ASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAYEAEAAwEAAAAAAAAAAAAAAAAAB0WDw//EABQBAQAAAAAAAAAAAAAA"
    "AAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYKfDFzh0AFOAB/9k="
)
"""24 by 8 pixels: the left half black, the right half white."""


def jpeg_with_gps(orientation: int = 6) -> bytes:
    """``PLAIN`` with an EXIF segment that tells how the telephone was held, and where."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + bytes(4) + b"GPS-PLACE 35.8 140.1"
    return PLAIN[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + PLAIN[2:]
