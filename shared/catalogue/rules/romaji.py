"""Katakana to Latin letters for web addresses: Hepburn as in passports, long vowels not marked."""

from __future__ import annotations

import re
from typing import Final

ROWS: Final = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ",
    "m": "マミムメモ", "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ",
    "p": "パピプペポ",
}  # fmt: skip
IRREGULAR: Final = {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ヤ": "ya", "ユ": "yu",
    "ヨ": "yo", "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o", "ン": "n", "ヴ": "vu", "ァ": "a", "ィ": "i", "ゥ": "u",
    "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヵ": "ka", "ヶ": "ga",
}  # fmt: skip
SYLLABLES: Final = {
    kana: head + vowel for head, row in ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)
} | IRREGULAR
SMALL_Y: Final = {"ャ": "a", "ュ": "u", "ョ": "o"}
SMALL_VOWELS: Final = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
WITH_H: Final = ("sh", "ch", "j")
"""Syllables whose y is already heard: シャ is sha, ジョ is jo."""


def romaji(katakana: str) -> str:
    """Lower-case letters, figures and single hyphens; what cannot be said is a hyphen. マツヤマ -> matsuyama."""
    heads: list[str] = []
    for kana in katakana:
        if heads and (joined := _joined(heads[-1], kana)):
            heads[-1] = joined
        else:
            heads.append(SYLLABLES.get(kana, kana.lower()))
    spoken = _doubled("".join(heads).replace("ー", ""))
    spoken = re.sub("o[ou]", "o", spoken).replace("uu", "u")
    return re.sub("[^a-z0-9]+", "-", spoken).strip("-")


def _joined(syllable: str, small: str) -> str:
    """A syllable with the small kana after it (キ + ャ: kya, フ + ォ: fo), or nothing if they do not join."""
    if small in SMALL_Y and syllable.endswith("i"):
        head = syllable[:-1]
        return head + SMALL_Y[small] if head in WITH_H else f"{head}y{SMALL_Y[small]}"
    if small in SMALL_VOWELS and len(syllable) > 1:
        return syllable[:-1] + SMALL_VOWELS[small]
    return ""


def _doubled(spoken: str) -> str:
    """The consonant after each ッ twice (t before ch); a last ッ is not said."""
    return re.sub(
        "ッ+", "", re.sub("ッ+([a-z])", lambda match: ("t" if match[1] == "c" else match[1]) + match[1], spoken)
    )
