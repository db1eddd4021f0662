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
_DASH_TO_LONG = str.maketrans(dict.fromkeys(DASHES, LONG))
_KANA_FIELD = re.compile("[ァ-ヺヽヾー・ ]*[ァ-ヺ][ァ-ヺヽヾー・ ]*")


def to_katakana(text: str) -> str:
    """Kana of any kind and width as full-width katakana, voicing marks joined to their kana (ﾀﾞ, タ゛, だ: ダ).

    Applies NFKC and drops unseen characters, so it is for kana fields and keys, never for a name as given.
    """
    marks_to_join = visible(text).translate(_COMBINING)
    return unicodedata.normalize("NFKC", marks_to_join).translate(_KATAKANA)


def dashes_to_long(text: str) -> str:
    """Every look-alike of the long-vowel mark as the mark itself."""
    return text.translate(_DASH_TO_LONG)


def is_kana(text: str) -> bool:
    """Whether a kana field holds kana of any kind and width with ー, ・ and spaces, and nothing else (no kanji)."""
    return _KANA_FIELD.fullmatch(to_katakana(text)) is not None


def search_key(text: str) -> str:
    """The form in which the desk searches by the beginning of a name: hiragana, half-width capital letters and
    figures, without spaces and 中黒, every dash ー.

    Small kana become large, since many registers lost them (domain handbook 5.2): one row too many costs less
    at the desk than a person not found.
    """
    joined = "".join(to_katakana(text).replace("・", "").split())
    composed = unicodedata.normalize("NFC", joined)  # a space may have stood between a kana and its mark
    return dashes_to_long(composed).translate(TO_LARGE).translate(_HIRAGANA).upper()
