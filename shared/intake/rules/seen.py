"""Which keys a file has had already, in few bytes a row: a table of 64-bit hashes with the lines they were on."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import Final

ROOM: Final = 2
"""Places a key, so that a probe is short."""


class Seen:
    """Remembers at most ``capacity`` keys in 24 bytes each. Two of a million keys meet by chance in 1 of 10^7 files."""

    def __init__(self, capacity: int) -> None:
        self._places = max(8, capacity * ROOM)
        self._hashes = array("Q", bytes(8 * self._places))
        self._lines = array("L", bytes(array("L").itemsize * self._places))
        self._left = max(1, capacity)

    def first_line(self, key: str, line: int) -> int:
        """The line on which ``key`` was first, or 0 if it is new; it is then remembered with ``line``."""
        hashed = int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1
        place = hashed % self._places
        while self._hashes[place]:
            if self._hashes[place] == hashed:
                return self._lines[place]
            place = (place + 1) % self._places
        if not self._left:
            raise OverflowError("more keys than lines")
        self._left -= 1
        self._hashes[place], self._lines[place] = hashed, line
        return 0
