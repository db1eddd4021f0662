"""What a password of staff must be (パスワードの条件)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from shared.staff.rules.policy import Policy

FIELD_WORDS: Final = (
    "kashikan", "yoyaku", "shisetsu", "shisetu", "koukyou", "kokyo", "inzai", "inzaishi", "madoguchi", "madoguti",
    "kominkan", "kouminkan", "taiikukan", "bunkahall", "bunka", "fukushi", "fukusi", "chuo", "chuuou", "center",
    "sentaa", "shiyakusho", "siyakusyo", "shiteikanri", "kanrisha", "shokuin", "syokuin", "touroku", "riyousha",
    "chiba", "nihon", "japan", "password", "passw0rd", "pasuwado", "pasuwaado", "himitsu", "admin", "welcome",
    "letmein", "login", "sakura", "sports", "senior", "reservation", "facility", "office", "staff",
    "かしかん", "よやく", "しせつ", "いんざい", "いんざいし", "まどぐち", "こうみんかん", "たいいくかん", "ぶんか",
    "ふくし", "せんたー", "しやくしょ", "ぱすわーど", "ひみつ", "ちば", "さくら", "とうろく", "りようしゃ",
    "貸館", "予約", "施設", "印西", "印西市", "窓口", "公民館", "体育館", "福祉", "市役所", "千葉", "職員",
)  # fmt: skip
"""Words of this field and this city, in romaji, kana and kanji; matched after katakana became hiragana."""
ROWS: Final = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()", "!\"#$%&'()", "あいうえお", "かきくけこ", "さしすせそ", "いろはにほへと",
)  # fmt: skip
RUN: Final = 4
"""Neighbours on a keyboard row from this many on are one guess."""
YEAR: Final = re.compile(r"(?:19|20)\d\d|(?:reiwa|heisei|showa|令和|平成|昭和|[rhs])\d{1,2}(?!\d)")
REPEATED: Final = re.compile(r"(.)\1{2,}|(..+?)\2+")
LEAST_OWN: Final = 6
"""Characters that must be left when everything that is guessed first has been taken out."""
LIKE: Final = 0.7
KATAKANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
LEET: Final = str.maketrans("@4301$5", "aaeoiss")


def folded(text: str) -> str:
    """``text`` as it is compared: one width, small letters, hiragana."""
    return unicodedata.normalize("NFKC", text).lower().translate(KATAKANA)


def kinds_in(password: str) -> int:
    """How many of small letters, capitals, figures and others it mixes."""
    tests = (str.islower, str.isupper, str.isdecimal, lambda one: not one.isalnum() or not one.isascii())
    return sum(any(test(one) for one in password) for test in tests)


def is_guessed(password: str) -> bool:
    """Whether hardly anything is left of it beside words of the field, keyboard rows, years and repetitions."""
    text = folded(password)
    return min(_own_characters(text), _own_characters(_plain(text))) < LEAST_OWN


def is_like(password: str, *, login_id: str, name: str) -> bool:
    """Whether it holds the ID or a part of the name, or is nearly the ID."""
    text = folded(password)
    login = folded(login_id)
    parts = [login, re.sub(r"[\d._-]+", "", login), *folded(name).split()]
    if any(len(part) >= (3 if part.isascii() else 2) and part in text for part in parts):
        return True
    return SequenceMatcher(None, text, login).quick_ratio() >= LIKE


def fault(password: str, policy: Policy, *, login_id: str, name: str, is_common: bool) -> str:
    """The first condition that is not met: short, few_kinds, numeric, guessed or similar; empty for a good one."""
    if len(password) < policy.least_length:
        return "short"
    if kinds_in(password) < policy.kinds:
        return "few_kinds"
    if folded(password).isdecimal():
        return "numeric"
    if is_like(password, login_id=login_id, name=name):
        return "similar"
    return "guessed" if is_common or is_guessed(password) else ""


def _plain(text: str) -> str:
    """``text`` with the usual disguises taken off: @ for a, 0 for o."""
    return text.translate(LEET)


def _own_characters(text: str) -> int:
    """The fewest characters that are left when cheap pieces cover the rest, wherever pieces meet or overlap."""
    left = [0, *[len(text)] * len(text)]
    for at, one in enumerate(text):
        is_mark = not one.isalnum()
        left[at + 1] = min(left[at + 1], left[at] + (0 if is_mark else 1))
        for size, cost in _cheap_at(text, at):
            left[at + size] = min(left[at + size], left[at] + cost)
    return left[-1]


def _cheap_at(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Sizes and costs of the pieces from ``at`` on that anybody tries; a repetition costs what is repeated."""
    yield from ((len(word), 0) for word in FIELD_WORDS if text.startswith(word, at))
    yield from ((size, 0) for size in range(RUN, _run_at(text, at) + 1))
    if year := YEAR.match(text, at):
        yield len(year[0]), 0
    if again := REPEATED.match(text, at):
        yield len(again[0]), len(again[1] or again[2])


def _run_at(text: str, at: int) -> int:
    """How many characters from ``at`` on are neighbours on one row, in either direction."""
    length = 1
    for row in ROWS:
        for way in (row, row[::-1]):
            size = length
            while at + size < len(text) and text[at : at + size + 1] in way:
                size += 1
            length = max(length, size)
    return length
