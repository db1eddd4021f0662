"""Kana as typed at the desk: to one form for storing and searching. Source: domain handbook 5.2."""

import re
import unicodedata

from kernel.width import DASHES, visible

LONG = "ー"
"""The long-vowel mark (長音符)."""

TO_LARGE = str.maketrans(
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
)
"""Small katakana to large."""

_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_HIRAGANA = {katakana: hiragana for hiragana, katakana in _KATAKANA.items()}
_COMBINING = str.maketrans("゛゜", "\u3099\u309a")
_MARKS = str.maketrans("", "", "\u3099\u309a")
_DASH_TO_LONG = str.maketrans(dict.fromkeys(DASHES, LONG))
_KANA_LETTER = re.compile("[ァ-ヺ]")
_KANA_FIELD = re.compile("[ァ-ヺヽヾー・ ]+")


def to_katakana(text: str) -> str:
    """Kana of any kind and width as full-width katakana, voicing marks joined to their kana (ﾀﾞ, タ゛, だ: ダ).

    Applies NFKC and drops unseen characters, so it is for kana fields and keys, never for a name as given.
    """
    marks_to_join = visible(text).translate(_COMBINING)
    return unicodedata.normalize("NFKC", marks_to_join).translate(_KATAKANA)


def dashes_to_long(text: str) -> str:
    """Every look-alike of the long-vowel mark as the mark itself."""
    return text.translate(_DASH_TO_LONG)


def without_marks(text: str) -> str:
    """`text` without the voicing marks that stand as characters of their own."""
    return text.translate(_MARKS)


def rejoined(text: str) -> str:
    """Marks joined to kana that something dropped since had parted from them; a mark that fits no kana goes."""
    return without_marks(unicodedata.normalize("NFC", text))


def is_kana(text: str) -> bool:
    """Whether a kana field holds kana of any kind and width with ー, ・ and spaces, and nothing else (no kanji)."""
    kana = to_katakana(text)
    return _KANA_FIELD.fullmatch(kana) is not None and _KANA_LETTER.search(kana) is not None


def search_key(text: str) -> str:
    """The form in which the desk searches by the beginning of a name: hiragana, half-width capital letters and
    figures, without spaces and 中黒, every dash ー.

    Small kana become large, since many registers lost them (domain handbook 5.2): one row too many costs less
    at the desk than a person not found.
    """
    joined = "".join(to_katakana(text).replace("・", "").split())
    return dashes_to_long(rejoined(joined)).translate(TO_LARGE).translate(_HIRAGANA).upper()
