"""A file in UTF-16 (Excel's 「Unicode テキスト」) as the same text in UTF-8, piece by piece, so that it has lines."""

from __future__ import annotations

import codecs
import io
from typing import IO, Any, Final

UTF16: Final = "utf-16"
"""Which of the two byte orders it is stands in the file's first two bytes."""
MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PIECE: Final = 64 * 1024


def in_utf8(stream: IO[bytes], encoding: str) -> IO[bytes]:
    """The bytes of ``stream`` from where it stands; of one in UTF-16 those of the same text in UTF-8.

    What cannot be read is U+FFFD. A file in another encoding is handed on as it is.
    """
    return io.BufferedReader(_Recoded(stream), PIECE) if encoding == UTF16 else stream


class _Recoded(io.RawIOBase):
    """One piece of the file is in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(UTF16)("replace")
        self._rest = memoryview(b"")
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest and not self._is_over:
            piece = self._stream.read(PIECE)
            self._is_over = not piece
            self._rest = memoryview(self._decoder.decode(piece, final=self._is_over).encode())
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
