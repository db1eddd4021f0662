"""Times of day as other systems write them. One that could be meant in two ways is not read."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from shared.intake.rules.cells import UnfitError
from shared.intake.rules.numerals import in_figures

DAY_MINUTES: Final = 24 * 60
HALF_PAST: Final = 30
LONGEST: Final = 60
DAY_BEFORE: Final = re.compile(r"^\s*[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]+")
"""What stands before a time that another system keeps as an instant."""
CLOCK: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"|([0-9]{1,2})時(?:([0-9]{1,2})分?(?:[0-9]{1,2}秒)?|(半))?"
    r"|([0-9]{1,2})([0-9]{2})|([0-9]{2})([0-9]{2})[0-5][0-9]"
)
"""9:00:00, 9時30分, 9時半, 0900 and 090000. 9:3 may be 9:03 or 9:30."""
HALF: Final = re.compile(r"(午前|AM)?(午後|PM)?(.+?)(AM)?(PM)?")
NEXT_DAY: Final = re.compile(r"翌日?.*")


def minute_of_day(cell: str) -> int | None:
    """Minutes since 0:00 of a time in any width and in the forms that occur; 24:00 is 1,440. None for an empty cell.

    「午前12時」 and 「午後12時」 are noon and midnight by the decree of 1872 (明治5年太政官布告第337号), and the other
    way round on a digital clock: ``row_time_twelve``. What lies behind midnight is ``row_time_next_day``.
    """
    if len(cell) > LONGEST:
        raise UnfitError("row_time")
    return _minute(cell)


@lru_cache(maxsize=10_000)
def _minute(cell: str) -> int | None:
    narrow = DAY_BEFORE.sub("", unicodedata.normalize("NFKC", cell))
    written = in_figures("".join(narrow.split()).upper()).replace("正午", "12:00")
    if not written:
        return None
    if NEXT_DAY.fullmatch(written):
        raise UnfitError("row_time_next_day")
    hour, minute = _parted(written)
    if minute > 59 or hour > 47:
        raise UnfitError("row_time")
    if hour * 60 + minute > DAY_MINUTES:
        raise UnfitError("row_time_next_day")
    return hour * 60 + minute


def _parted(written: str) -> tuple[int, int]:
    """Hour and minute, the hour as on a clock of 24."""
    halves = HALF.fullmatch(written)
    found = CLOCK.fullmatch(halves[3]) if halves else None
    if halves is None or found is None:
        raise UnfitError("row_time")
    hour, minute, *_ = *filter(None, found.groups()), "0"
    is_morning, is_afternoon = bool(halves[1] or halves[4]), bool(halves[2] or halves[5])
    return (
        _of_24(int(hour), is_morning=is_morning, is_afternoon=is_afternoon),
        HALF_PAST if minute == "半" else int(minute),
    )


def _of_24(hour: int, *, is_morning: bool, is_afternoon: bool) -> int:
    if not (is_morning or is_afternoon):
        return hour
    if hour == 12 and is_morning != is_afternoon:
        raise UnfitError("row_time_twelve")
    if hour > 11 or is_morning == is_afternoon:
        raise UnfitError("row_time")
    return hour + 12 if is_afternoon else hour
