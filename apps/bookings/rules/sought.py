"""What number somebody typed who looks for a booking: its own, or that of one of its papers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from kernel.numbers import check_digit
from kernel.width import DASHES, bare

RECEIPT: Final = re.compile(r"\d{9}")
YEAR_AND_SERIAL: Final = re.compile(r"(20\d\d)-(\d{1,9})")
IN_WORDS: Final = re.compile(r"第(\d{1,9})号")
_DASH: Final = re.compile(f"[{re.escape(DASHES)}/]")


@dataclass(frozen=True, slots=True)
class Sought:
    """A 受付番号, or year and serial of a document (文書番号) or receipt (領収書番号); 0: of any year."""

    booking: str = ""
    year: int = 0
    serial: int = 0


def read_sought(text: str) -> Sought | None:
    """The number in ``text``, in any width and with any dashes; None where it is none of ours."""
    code = bare(text[:40])
    if RECEIPT.fullmatch(code) and check_digit(code[:8]) == code[8]:
        return Sought(booking=f"{code[:2]}-{code[2:8]}-{code[8]}")
    dashed = "-".join(bare(part) for part in _DASH.split(unicodedata.normalize("NFKC", text[:40])))
    if found := YEAR_AND_SERIAL.fullmatch(dashed):
        return Sought(year=int(found[1]), serial=int(found[2]))
    if found := IN_WORDS.search(code):
        return Sought(serial=int(found[1]))
    return None
