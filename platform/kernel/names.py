"""Names of people and groups, kept as they are given. Source: domain handbook 5.2 and 11."""

import re
import unicodedata

from kernel.errors import CodedError
from kernel.unseen import FILLERS

_EDGES = " \t\r\n\u00a0\u3000\u200b\ufeff"
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# NFC would replace these ideographs by others: U+FA19 by U+795E, which is another spelling of 神 in a name.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")


class NameTextError(CodedError):
    """Codes: `empty`, `too_long`, `control_character` (or one that is not seen, or broken text), `emoji`,
    `private_use` (外字 without a common code point)."""


def clean_name(text: str, *, max_length: int) -> str:
    """A name trimmed, in NFC, each run of spaces one space (the first of the run, ideographic or not).

    Never NFKC: IVS, supplementary planes and compatibility ideographs stay. `max_length` counts code points.
    Raises NameTextError.
    """
    name = _SPACES.sub(_one_space, _composed(text.strip(_EDGES)))
    if not name:
        raise NameTextError("empty")
    if len(name) > max_length:
        raise NameTextError("too_long")
    for char in name:
        _check(char)
    return name


def _one_space(run: re.Match[str]) -> str:
    return "\u3000" if run[0].startswith("\u3000") else " "


def _composed(text: str) -> str:
    parts = _COMPATIBILITY.split(text)
    return "".join(part if place % 2 else unicodedata.normalize("NFC", part) for place, part in enumerate(parts))


def _check(char: str) -> None:
    category = unicodedata.category(char)
    if category in _UNSEEN or char == "\ufffd" or char in FILLERS:
        raise NameTextError("control_character")
    if category == "Co":
        raise NameTextError("private_use")
    if _is_emoji(char, category):
        raise NameTextError("emoji")


def _is_emoji(char: str, category: str) -> bool:
    # Clubs do call themselves コーラス♪ or ☆: a symbol of the Japanese character sets is not an emoji.
    pictograph = "\U0001f000" <= char <= "\U0001faff" or char in "\ufe0f\u20e3"
    return pictograph or (category == "So" and not _in_japanese_charset(char))


def _in_japanese_charset(char: str) -> bool:
    try:
        char.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
