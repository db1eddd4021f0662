"""From a cell of another system to a value, leniently: width, padding and 和暦 are forgiven, nonsense is not.

Each function raises ``UnfitError`` with the code of a row's problem (``shared.intake.texts``). The cell itself never
stands in it.
"""

from __future__ import annotations

import datetime as dt
import html
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
from shared.intake.rules.numerals import in_figures

EDGES: Final = " \t\r\n\u00a0\u3000\u200b\ufeff"
NO_DATE: Final = re.compile(r"[0/.\-年月日 ]*|9999.*|-+|無期限|期限なし|永年|なし|無し")
"""What other systems write for no date: 0000/00/00, 99991231, 「  年  月  日」, 無期限."""
APPENDED: Final = re.compile(
    r"(\([月火水木金土日](曜日?)?\))?([ T]+([01]?[0-9]|2[0-3])(:[0-5][0-9]){1,2}(\.[0-9]+)?)?(生(まれ)?)?$"
)
"""What other systems append to a day: the day of the week, the time at which somebody was entered, 生."""
UNSET: Final = frozenset(map(dt.date.fromisoformat, ("0001-01-01", "1753-01-01", "1899-12-30", "1900-01-01")))
"""Days that a database or a spreadsheet gives for none; nobody alive was born so early."""
ERA_IN_FIGURES: Final = re.compile(r"([1-5])([0-9]{6})")
"""3230401: the era by its number, then year, month and day, as municipal systems write them."""
ERA_WITH_POINT: Final = re.compile(r"([MTSHR])\.(?=[0-9 元])", re.IGNORECASE)
ERAS: Final = " MTSHR"
LONGEST_DAY: Final = 60
"""Characters: a search in longer ones takes a time that grows with their square."""
OLDEST: Final = 130
"""Years that nobody reaches."""
FORMULA: Final = re.compile(r'\s*="(.*)"\s*', re.DOTALL)
"""How a cell is written so that a spreadsheet leaves its zeros: ="0123"."""
REFERENCE: Final = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot);")
"""How a browser sent to a page in Shift_JIS what that cannot write, and how some such pages kept texts."""
NOTHING: Final = frozenset({"NULL", "null", "Null", "(NULL)", "(null)", "<NULL>", "<null>", "\\N"})
"""How the dump of a database writes that there is no value."""
NO_TEXTS: Final = {
    **dict.fromkeys(("〃", "々", "仝", "同上", "″", '"'), "row_text_ditto"),
    **dict.fromkeys(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"), "row_text_sheet"),
}
"""Texts that stand for another one, or for one that a spreadsheet has lost -> what is told of them."""
LOST: Final = "〓"
"""What is printed for a character that a system does not have; a spreadsheet fills a column that is too narrow by #."""
SHORTENED: Final = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
"""What a spreadsheet has made of a long number: 1.23457E+11."""
TOTAL: Final = re.compile("([合小総]?[ 　]*計|件数|合計件数)[ 　]*[:：]?")
"""What stands for a number at the beginning of a line of totals."""
MONEY_MARKS: Final = "円¥\\,人名"
NUMBER: Final = re.compile(
    rf"[¥\\]? *([0-9]{{1,40}}|[0-9]{{1,3}}(?:,[0-9]{{3}})+)(?:\.0+)? *[円人名]? *[{re.escape(DASHES)}]*"
)
"""With the yen sign as CP932 has it too. Figures that something parts but thousands' marks are two numbers."""
NEGATIVE: Final = re.compile(rf"[{re.escape(DASHES)}△▲][0-9]{{1,40}}(\.0+)?|\([0-9]{{1,40}}(\.0+)?\)")
LONGEST_PLAIN: Final = 20
"""Digits that are a number without a further look: most cells are."""
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
    bare_line = one_line.strip(EDGES)
    if not bare_line:
        return ""
    if bare_line in NO_TEXTS:
        raise UnfitError(NO_TEXTS[bare_line])
    if LOST in bare_line or not bare_line.strip("#"):
        raise UnfitError("row_text_lost")
    try:
        return clean_name(one_line, max_length=longest)
    except NameTextError as error:
        raise UnfitError(f"row_text_{error.code}", longest=longest) from None


def name(cell: str, longest: int) -> str:
    """A person's name. ``row_text_lost`` where a question mark stands for a character that a system did not have."""
    written = text(cell, longest)
    if "?" in written or "？" in written:
        raise UnfitError("row_text_lost")
    return written


def bare_cell(cell: str) -> str:
    """What a program meant by the cell: ="0123" is 0123, &#39641; is 髙, NULL is nothing."""
    if "=" in cell and (formula := FORMULA.fullmatch(cell)):
        cell = formula[1].replace('""', '"')
    if "&" in cell:
        cell = REFERENCE.sub(lambda found: html.unescape(found[0]), cell)
    return "" if cell.strip() in NOTHING else cell


def code(cell: str, longest: int) -> str:
    """A number as it is written. ``row_code_shortened`` for what a spreadsheet has left of a long one: 1.2E+11;
    ``row_code_total`` for 合計."""
    written = text(cell, longest)
    if ("+" in written or "＋" in written) and SHORTENED.fullmatch(unicodedata.normalize("NFKC", written)):
        raise UnfitError("row_code_shortened")
    if not written.isascii() and TOTAL.fullmatch(written):
        raise UnfitError("row_code_total")
    return written


def key(cell: str, longest: int) -> str:
    """A number by which another system knows something: the same in every width, without what a spreadsheet adds."""
    return code("".join(unicodedata.normalize("NFKC", cell).split()).removeprefix("'"), longest)


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
    whole = unicodedata.normalize("NFKC", written)
    appended = APPENDED.search(whole)
    narrow = in_figures(whole[: appended.start()] if appended else whole)
    if NO_DATE.fullmatch(narrow):
        return None
    if era_in_figures := ERA_IN_FIGURES.fullmatch(narrow):
        narrow = ERAS[int(era_in_figures[1])] + era_in_figures[2]
    try:
        found = parse_date(ERA_WITH_POINT.sub(r"\1", narrow), goes_on=goes_on)
    except WarekiError as error:
        raise UnfitError(f"row_date_{error.code}") from None
    return None if found in UNSET else found


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
    if len(cell) < LONGEST_PLAIN and cell.isascii() and cell.isdigit():
        return _at_most(int(cell), most)
    narrow = unicodedata.normalize("NFKC", visible(cell)).strip(EDGES)
    without_marks = "".join(char for char in narrow if not char.isspace() and char not in MONEY_MARKS).rstrip(DASHES)
    if not without_marks:
        return None
    if NEGATIVE.fullmatch(without_marks):
        raise UnfitError("row_negative")
    found = NUMBER.fullmatch(narrow)
    if found is None:
        raise UnfitError("row_number")
    return _at_most(int(found[1].replace(",", "")), most)


def _at_most(value: int, most: int) -> int:
    if value > most:
        raise UnfitError("row_number_too_large", most=f"{most:,}")
    return value


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
