"""From a cell of another system to a value, leniently: width, padding and 和暦 are forgiven, nonsense is not.

Each function raises ``UnfitError`` with the code of a row's problem (``shared.intake.texts``). The cell itself never
stands in it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kernel import phone as telephone
from kernel.kana import dashes_to_long, is_kana, to_katakana
from kernel.names import NameTextError, clean_name
from kernel.postal import PostalError
from kernel.postal import digits as postal_digits
from kernel.wareki import WarekiError, parse_date
from kernel.width import DASHES, bare, visible

EDGES: Final = " \t\r\n\u00a0\u3000\u200b\ufeff"
NO_DATE: Final = re.compile(r"[0/.\-年月日 ]*|9999.*|-+")
"""What other systems write for no date: 0000/00/00, 99991231, 「  年  月  日」."""
APPENDED: Final = re.compile(r"[ T　]+0?0:00(:00(\.0+)?)?$|\([月火水木金土日](曜日?)?\)$")
"""What other systems append to a day: midnight, or the day of the week."""
ERA_IN_FIGURES: Final = re.compile(r"([1-5])([0-9]{6})")
"""3230401: the era by its number, then year, month and day, as municipal systems write them."""
ERA_WITH_POINT: Final = re.compile(r"([MTSHR])\.(?=[0-9 元])", re.IGNORECASE)
ERAS: Final = " MTSHR"
DAY_BEFORE: Final = re.compile(r"^\s*[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]+")
"""What stands before a time that another system keeps as an instant."""
LONGEST_DAY: Final = 60
"""Characters: a search in longer ones takes a time that grows with their square."""
OLDEST: Final = 130
"""Years that nobody reaches."""
TIME: Final = re.compile(r"(\d{1,2})[:時](\d{1,2})?(?:[:分]\d{0,2}秒?)?|(\d{1,2})(\d{2})")
MONEY_MARKS: Final = "円¥￥,，人名"
NUMBER: Final = re.compile(r"\d{1,40}(\.0+)?", re.ASCII)
NEGATIVE: Final = re.compile(rf"[{re.escape(DASHES)}△▲]{NUMBER.pattern}|\({NUMBER.pattern}\)", re.ASCII)
MOST_YEN: Final = 99_999_999
"""As much as can be entered at the desk."""


class UnfitError(ValueError):
    """A cell that its field cannot take."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def text(cell: str, longest: int) -> str:
    """The text as it is given (NFC, never NFKC), trimmed, on one line; empty if the cell is."""
    one_line = " ".join(part for part in cell.replace("\t", " ").splitlines() if part.strip())
    if not one_line.strip(EDGES):
        return ""
    try:
        return clean_name(one_line, max_length=longest)
    except NameTextError as error:
        raise UnfitError(f"row_text_{error.code}", longest=longest) from None


def key(cell: str, longest: int) -> str:
    """A number by which another system knows something: the same in every width, without what a spreadsheet adds."""
    return text("".join(unicodedata.normalize("NFKC", cell).split()).removeprefix("'"), longest)


def kana(cell: str, longest: int) -> str:
    """Kana of any kind and width as full-width katakana; nothing else may be in it."""
    written = text(cell, 2 * longest)
    if written and not is_kana(written):
        raise UnfitError("row_kana")
    return _katakana(written, longest)


def reading(cell: str, longest: int) -> str:
    """A group's kana: Latin letters, figures and signs may stand in it, kanji may not."""
    written = _katakana(text(cell, 2 * longest), longest)
    if any("CJK UNIFIED" in unicodedata.name(char, "") for char in written):
        raise UnfitError("row_kana")
    return written


def _katakana(written: str, longest: int) -> str:
    made = dashes_to_long(to_katakana(written)).strip()
    if len(made) > longest:
        raise UnfitError("row_text_too_long", longest=longest)
    return made


def day(cell: str, *, goes_on: bool = False) -> dt.date | None:
    """A day in 西暦 or 和暦, as many systems write it; None for an empty one. ``goes_on`` as in ``parse_date``."""
    written = cell.strip(EDGES)
    if len(written) > LONGEST_DAY:
        raise UnfitError("row_date_unreadable")
    return _day(written, goes_on)


def day_set_ahead(cell: str) -> dt.date | None:
    """A day that was set ahead (a term's end, a use), often in an era that ended before it: 平成35年3月31日."""
    return day(cell, goes_on=True)


@lru_cache(maxsize=50_000)
def _day(written: str, goes_on: bool) -> dt.date | None:
    narrow = APPENDED.sub("", unicodedata.normalize("NFKC", written))
    if NO_DATE.fullmatch(narrow):
        return None
    if in_figures := ERA_IN_FIGURES.fullmatch(narrow):
        narrow = ERAS[int(in_figures[1])] + in_figures[2]
    try:
        return parse_date(ERA_WITH_POINT.sub(r"\1", narrow), goes_on=goes_on)
    except WarekiError as error:
        raise UnfitError(f"row_date_{error.code}") from None


def birth_date(cell: str, today: dt.date) -> dt.date | None:
    """A birth date: neither in the future nor of somebody of 130."""
    found = day(cell)
    if found and found > today:
        raise UnfitError("row_birth_in_future")
    if found and found.year < today.year - OLDEST:
        raise UnfitError("row_birth_too_old", years=OLDEST)
    return found


def phone(cell: str) -> str:
    """「0476-42-5111」; empty if the cell is. ``row_phone`` for what is no whole Japanese number."""
    if not cell.strip(EDGES):
        return ""
    try:
        return telephone.format_phone(cell)
    except telephone.PhoneError:
        raise UnfitError("row_phone") from None


def postal(cell: str) -> str:
    """Seven digits; empty if the cell is. A leading 0 that a spreadsheet has eaten is put back."""
    written = bare(cell, also="〒'")
    if not written:
        return ""
    try:
        return postal_digits(written.zfill(7) if len(written) == 6 and written.isdigit() else written)
    except PostalError:
        raise UnfitError("row_postal") from None


def number(cell: str, most: int = MOST_YEN) -> int | None:
    """A whole number up to ``most``, with 円, 人 and thousands' marks in any width; None for an empty cell or a dash.

    A dash at its end says that nothing follows (1,500-). Anywhere else it is a minus, or makes two numbers of it.
    """
    narrow = unicodedata.normalize("NFKC", visible(cell))
    written = "".join(char for char in narrow if not char.isspace() and char not in MONEY_MARKS).rstrip(DASHES)
    if not written:
        return None
    if NEGATIVE.fullmatch(written):
        raise UnfitError("row_negative")
    if not NUMBER.fullmatch(written):
        raise UnfitError("row_number")
    value = int(written.partition(".")[0])
    if value > most:
        raise UnfitError("row_number_too_large", most=f"{most:,}")
    return value


def time(cell: str) -> dt.time | None:
    """A time of day: 9:00, 09:00:00, 9時30分, 0900, also behind its day; 24:00 is 0:00. None for an empty cell."""
    written = "".join(DAY_BEFORE.sub("", unicodedata.normalize("NFKC", cell)).split())
    if not written:
        return None
    match = TIME.fullmatch(written)
    if match is None:
        raise UnfitError("row_time")
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise UnfitError("row_time")
    return dt.time(hour % 24, minute)


def choice(cell: str, meanings: Mapping[str, str], default: str = "") -> str:
    """What ``meanings`` (normalised text -> code) says of the cell; ``default`` for an empty one."""
    written = plain(cell)
    if not written:
        return default
    if written not in meanings:
        raise UnfitError("row_choice")
    return meanings[written]


def plain(cell: str) -> str:
    """A cell as choices are compared: NFKC without spaces, upper case."""
    return "".join(unicodedata.normalize("NFKC", cell).split()).upper()


def looks_like_data(headings: Iterable[str]) -> bool:
    """Whether what stands in the first line is a row rather than headings: a day, a telephone or a number is in it."""
    return any(_is_value(cell) for cell in headings)


def _is_value(cell: str) -> bool:
    for read in (number, day, phone):
        try:
            return bool(read(cell))
        except UnfitError:
            continue
    return False


def shape(cell: str) -> str:
    """What a cell looks like without what it says: 漢字は「漢」、かなは「ア」、数字は「0」."""
    return "".join(_shape(char) for char in cell.strip(EDGES)[:20])


def _shape(char: str) -> str:
    if char.isdigit():
        return "0"
    name = unicodedata.name(char, "")
    if "HIRAGANA" in name or "KATAKANA" in name:
        return "ｱ" if "HALFWIDTH" in name else "ア"
    if "CJK" in name:
        return char if char in "年月日円人" else "漢"
    return "A" if char.isalpha() else char
