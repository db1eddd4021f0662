"""The number on an old 登録証, as somebody at the counter tells it: of whichever facility."""

from __future__ import annotations

import re
from typing import Final

from apps.registrants.rules.numbering import SENIOR_MARK, senior_series
from apps.registrants.search_errors import MistypedNumberError, UnreadableNumberError
from kernel.numbers import NumberError
from kernel.width import bare

_SENIOR: Final = re.compile(f"{SENIOR_MARK}([A-Z]{{1,4}})[0-9]+")


def senior_number(text: str) -> str:
    """The number as it is printed (RA-000123-0). ``UnreadableNumberError``, ``MistypedNumberError``."""
    match = _SENIOR.fullmatch(bare(text).upper())
    if match is None:
        raise UnreadableNumberError(field="number")
    series = senior_series(match[1])
    try:
        return series.make(series.read(text))
    except NumberError as error:
        refusal = MistypedNumberError if error.code == "mistyped" else UnreadableNumberError
        raise refusal(field="number") from None
