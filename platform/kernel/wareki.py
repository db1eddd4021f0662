"""Japanese eras (和暦) and fiscal years (年度). Source: domain handbook 6.1 and 12.

Dates before 明治6年 (1873), when Japan took the Gregorian calendar, have no wareki here.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kernel.errors import CodedError
from kernel.spans import Span, SpanError, between
from kernel.width import DASHES, visible


class WarekiError(CodedError):
    """Codes: `unreadable`, `no_such_date` (30 February), `outside_era` (昭和65年, or before 明治6年)."""


@dataclass(frozen=True, slots=True)
class Era:
    """An era (元号): its days from `begins` to `ends`, both in it; `first_year` is the Gregorian year of its 元年."""

    name: str
    short: str
    letter: str
    first_year: int
    begins: date
    ends: date


ERAS = (
    # The day an emperor died until 1926 bears both names: the new era was proclaimed within that day.
    Era("明治", "明", "M", 1868, date(1873, 1, 1), date(1912, 7, 30)),
    Era("大正", "大", "T", 1912, date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "昭", "S", 1926, date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "平", "H", 1989, date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "令", "R", 2019, date(2019, 5, 1), date.max),
)
_BY_LABEL = {label: era for era in ERAS for label in (era.name, era.short, era.letter)}
WEEKDAYS = "月火水木金土日"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SEPARATORS = str.maketrans(dict.fromkeys(DASHES + "年月/.・", "-"))
_DIGITS_ONLY = re.compile(r"([0-9]{4}|[MTSHR][0-9]{2})([0-9]{2})([0-9]{2})")
_DATE = re.compile(
    rf"(?:(?P<western>[0-9]{{4}})|(?P<era>{'|'.join(_BY_LABEL)})(?P<year>元|[0-9]{{1,3}}))"
    r"-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
)


def era_of(day: date) -> Era:
    """The era of a day in Japan; a day two eras share is the newer one's. WarekiError `outside_era` before 1873."""
    for era in reversed(ERAS):
        if era.begins <= day:
            return era
    raise WarekiError("outside_era")


def format_date(day: date, *, weekday: bool = False, full_width: bool = False) -> str:
    """A day as 「令和8年4月1日」, with 「（水）」 or in full-width figures if wanted; the first year is 元年."""
    text = f"{_year(day)}年{day.month}月{day.day}日"
    if weekday:
        text += f"（{WEEKDAYS[day.weekday()]}）"
    return text.translate(_WIDE) if full_width else text


def parse_date(text: str, *, goes_on: bool = False) -> date:
    """The day that was typed in any width, in 西暦 (2026-04-01, 2026/4/1, 20260401, 2026年4月1日)
    or 和暦 (S23.4.1, s23/4/1, S230401, 昭和23年4月1日, 昭23.4.1, 令和元年5月1日). Raises WarekiError.

    ``goes_on``: years are counted on behind an era's end, as whoever wrote 平成35年 in 平成28年 did."""
    match = _DATE.fullmatch(_plain(text))
    if match is None:
        raise WarekiError("unreadable")
    era = _BY_LABEL.get(match["era"])
    day = _date(_gregorian_year(match, era), int(match["month"]), int(match["day"]))
    if era is not None and not era.begins <= day <= (date.max if goes_on else era.ends):
        raise WarekiError("outside_era")
    return day


def fiscal_year(day: date) -> int:
    """The 年度 of a day: it begins on 1 April, so March belongs to the year before. Source: domain handbook 12."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_span(year: int) -> Span:
    """From 1 April of `year` to the next, in Japan. SpanError `out_of_range` where Python's calendar ends."""
    try:
        return between(date(year, 4, 1), date(year + 1, 4, 1))
    except ValueError:
        raise SpanError("out_of_range") from None


def format_fiscal_year(year: int) -> str:
    """「令和8年度」. A year in which the era changes has one name throughout, the era's of 31 December:
    2019 is 令和元年度, as the ministries agreed on 2019-04-02 (改元に伴う元号による年表示の取扱い)."""
    return f"{_year(_date(year, 12, 31))}年度"


def _year(day: date) -> str:
    era = era_of(day)
    number = day.year - era.first_year + 1
    return f"{era.name}{'元' if number == 1 else number}"


def _plain(text: str) -> str:
    narrow = "".join(unicodedata.normalize("NFKC", visible(text)).split()).upper()
    dashed = narrow.removesuffix("日").translate(_SEPARATORS)
    compact = _DIGITS_ONLY.fullmatch(dashed)
    return "-".join(compact.groups()) if compact else dashed


def _gregorian_year(match: re.Match[str], era: Era | None) -> int:
    if era is None:
        return int(match["western"])
    number = 1 if match["year"] == "元" else int(match["year"])
    return era.first_year + number - 1


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WarekiError("no_such_date") from None
