"""Group names in the form in which they are compared (団体名の照合). Source: domain handbook 2.2.

Two names are near when one character was dropped, added, replaced or moved. That is found through an index: each name
has the keys of itself and of itself without one character, and near names have a key in common (decision 0013).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from kernel.kana import dashes_to_long, to_katakana
from kernel.kanji_key import kanji_key
from kernel.name_keys import folded_key
from kernel.width import DASHES, visible

SHORTEST_CORE: Final = 2
"""Characters that must remain when an ending or beginning is taken off: 会 alone says more than nothing."""
SHORTEST_NEAR: Final = 4
"""Shorter written names are near only when they are equal: さくら and さつき are two groups."""
SHORTEST_NEAR_KANA: Final = 5
SHORTEST_NEAR_ALONE: Final = 6
"""Length from which the written name alone decides where a kana name is missing."""
LONGEST: Final = 40
"""Characters of a core that are compared: longer names that begin alike are told apart by nothing else."""
_LEGAL: Final = (
    "特定非営利活動法人|特非|NPO法人|NPO|社会福祉法人|学校法人|一般社団法人|公益社団法人|一般財団法人|公益財団法人"
    "|株式会社|有限会社|合同会社"
)
LEGAL_FORMS: Final = re.compile(f"^({_LEGAL})|({_LEGAL})$")
SHORT_FORMS: Final = re.compile(r"\((株|有|合|社|福|学|財|特非|一社|公社|一財|公財|NPO|NPO法人)\)")
"""（株） and the like, before the brackets go."""
BEGINNINGS: Final = re.compile("^(同好会|愛好会|倶楽部|クラブ|サークル|グループ|チーム|CLUB|CIRCLE|GROUP|TEAM)")
KANA_BEGINNINGS: Final = re.compile("^(ドウコウカイ|アイコウカイ|クラブ|サークル|グループ|チーム)")
ENDINGS: Final = re.compile(
    "(ノ会|友ノ会|同好会|愛好会|愛好者会|会|倶楽部|クラブ|サークル|グループ|チーム|教室|部|CLUB|CIRCLE|GROUP|TEAM)$"
)
KANA_ENDINGS: Final = re.compile(
    "(トモノカイ|ノカイ|ドウコウカイ|アイコウカイ|アイコウシャカイ|カイ|クラブ|サークル|グループ|チーム|キョウシツ|ブ)$"
)
TELLS_APART: Final = frozenset("0123456789一二三四五六七八九十百東西南北上下左右前後中大小新旧男女")
"""What tells sister groups apart: 第一 and 第二, 東 and 西. Never taken for a slip."""
_LONE_LETTER: Final = re.compile("(?<![A-Z])[A-Z](?![A-Z])")


@dataclass(frozen=True, slots=True)
class NameForms:
    """A group's name and kana without width, kind of kana, spaces, signs and what any club is called (会, サークル).

    ``written`` has each kanji in one form: 齋藤 and 斉藤, 髙 and 高 are the same.
    """

    written: str
    kana: str


def forms_of(name: str, kana: str) -> NameForms:
    """The compared forms of a group's name; ``kana`` may be empty."""
    bare = LEGAL_FORMS.sub("", _plain(SHORT_FORMS.sub("", unicodedata.normalize("NFKC", name))))
    written = kanji_key(_core(bare, ENDINGS, BEGINNINGS)) or visible(name).strip()
    return NameForms(written[:LONGEST], folded_key(_core(_plain(kana), KANA_ENDINGS, KANA_BEGINNINGS))[:LONGEST])


def names_of(name: str, kana: str, short_name: str = "") -> tuple[NameForms, ...]:
    """The compared forms of a group's name, and of its 略称 if it has one."""
    return (forms_of(name, kana), forms_of(short_name, "")) if short_name else (forms_of(name, kana),)


def keys_of(forms: NameForms) -> frozenset[str]:
    """The keys under which the name is found: two names that ``are_alike`` have one in common."""
    return frozenset(f"w{key}" for key in _written_keys(forms)) | {f"k{key}" for key in _kana_keys(forms)}


def are_alike(one: NameForms, other: NameForms) -> bool:
    """Equal as written or in kana; or near as written, and in kana too where both have them."""
    if one.written == other.written or (one.kana and one.kana == other.kana):
        return True
    if not _written_keys(one) & _written_keys(other):
        return False
    if one.kana and other.kana:
        return bool(_kana_keys(one) & _kana_keys(other))
    return min(len(one.written), len(other.written)) >= SHORTEST_NEAR_ALONE


def _plain(text: str) -> str:
    folded = dashes_to_long(to_katakana(text)).upper()
    return "".join(char for char in folded if char in DASHES or unicodedata.category(char)[0] in "LN")


def _core(text: str, endings: re.Pattern[str], beginnings: re.Pattern[str]) -> str:
    """``text`` without its endings, one after the other, and its beginning; never so much that nothing is said."""
    core = endings.sub("", text)
    if core != text and len(core) >= SHORTEST_CORE:
        return _core(core, endings, beginnings)
    rest = beginnings.sub("", text)
    return rest if len(rest) >= SHORTEST_CORE else text


def _written_keys(forms: NameForms) -> frozenset[str]:
    word = forms.written
    if len(word) < SHORTEST_NEAR:
        return frozenset({word})
    alone = {match.start() for match in _LONE_LETTER.finditer(word)}
    slips = [place for place, char in enumerate(word) if char not in TELLS_APART and place not in alone]
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in slips)})


def _kana_keys(forms: NameForms) -> frozenset[str]:
    word = forms.kana
    if len(word) < SHORTEST_NEAR_KANA:
        return frozenset({word} if word else ())
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})
