"""Keys that find one person under two spellings of the kana name (登録証の重複確認). Source: domain handbook 5.2, 5.3.

Stored tokens are made from these keys: a change here needs a new version of every token.
"""

import re
import unicodedata

from kernel.kana import LONG, TO_LARGE, dashes_to_long, rejoined, to_katakana, without_marks
from kernel.width import DASHES

_VOICED = "\u3099"
_VA_ROW = {
    "ヴァ": "バ",
    "ヴィ": "ビ",
    "ヴェ": "ベ",
    "ヴォ": "ボ",
    "ヴャ": "ビャ",
    "ヴュ": "ビュ",
    "ヴョ": "ビョ",
    "ヷ": "バ",
    "ヸ": "ビ",
    "ヹ": "ベ",
    "ヺ": "ボ",
}
_VA = re.compile("|".join(_VA_ROW))
_OLD_KANA = str.maketrans("ヴヰヱヲ", "ブイエオ")
_SAME_SOUND = str.maketrans("ヂヅ", "ジズ")
_ROWS = {
    "ア": "アカガサザタダナハバパマヤラワ",
    "イ": "イキギシジチニヒビピミリ",
    "ウ": "ウクグスズツヌフブプムユル",
    "エイ": "エケゲセゼテデネヘベペメレ",
    "オウ": "オコゴソゾトドノホボポモヨロ",
}
_LENGTHENED_BY = {kana: vowels for vowels, row in _ROWS.items() for kana in row}


def strict_key(kana: str) -> str:
    """K1: the same kana name in another width, kana kind, spacing or old spelling gives the same key.

    `kana` is family and given name joined; the key is katakana, empty where `kana` holds no letter.
    """
    return re.sub(f"{LONG}+", LONG, _base(kana))


def folded_key(kana: str) -> str:
    """K2: K1 that also ignores small and large kana, ジズ for ヂヅ, and whether a vowel is long."""
    large = strict_key(kana).translate(TO_LARGE).translate(_SAME_SOUND)
    return _without_long_vowels(large.replace(LONG, ""))


def phonetic_key(kana: str) -> str:
    """K3: K2 that also ignores voicing marks (ヤマサキ, ヤマザキ)."""
    parted = unicodedata.normalize("NFD", folded_key(kana))
    return unicodedata.normalize("NFC", without_marks(parted))


def _base(kana: str) -> str:
    written = "".join(char for char in to_katakana(kana) if _is_written(char))
    expanded = _without_repeat_marks(dashes_to_long(rejoined(written)))
    return _VA.sub(lambda match: _VA_ROW[match[0]], expanded).translate(_OLD_KANA)


def _is_written(char: str) -> bool:
    category = unicodedata.category(char)
    return char in DASHES or not (category[0] in "ZPS" or category in {"Cc", "Cf"})


def _without_repeat_marks(text: str) -> str:
    kept: list[str] = []
    for char in text:
        kept.append(_repeated(kept[-1], char) if kept and char in "ヽヾ" else char)
    return "".join(kept)


def _repeated(kana: str, mark: str) -> str:
    if mark == "ヽ":
        return kana  # it stands for the kana with its voicing mark (くりかへし符号の使ひ方, 文部省 1946)
    voiced = unicodedata.normalize("NFC", unicodedata.normalize("NFD", kana)[0] + _VOICED)
    return voiced if len(voiced) == 1 else kana


def _without_long_vowels(text: str) -> str:
    # Compared with the last kana kept, so that ケイイチ, ケーイチ and ケエイチ meet whatever was dropped before.
    kept = ""
    for char in text:
        if not (kept and char in _LENGTHENED_BY.get(kept[-1], "")):
            kept += char
    return kept
