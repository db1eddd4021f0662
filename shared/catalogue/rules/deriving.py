"""What the open data does not say and the search needs: category, area, address name."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Final

from kernel.kana import to_katakana
from shared.catalogue.rules.romaji import romaji

WORDS: Final = (
    (
        "welfare",
        "福祉 老人 高齢者 障害 障がい 地域包括 憩いの家 憩の家 作業所 子どもふれあい 子育て 児童館 保健 デイサービス",
    ),
    ("sports", "体育 プール 温水 陸上 競技場 運動 スポーツ 武道 柔道 剣道 弓道 球場 野球 テニス アリーナ グラウンド"),
    ("community", "公民館 コミュニティ ふれあいセンター 交流館 交流センター 集会所 自治会館 生涯学習 市民活動"),
    ("culture", "文化 ホール 図書 美術 博物 資料館 音楽 劇場 民俗 歴史"),
)
"""Words of a facility's name -> category. The first hit from above holds: 「地域福祉センターホール」 is welfare.

POI codes are kept but not used: the code list was not at hand when this was written.
"""
TOWN_ENDS: Final = re.compile(r"[0-9一二三四五六七八九十]+(丁目|番地|番|号|-)|[0-9]|[(\[、,]")
SLUG_LENGTH: Final = 60


def category_of(name: str) -> str:
    """Category (施設分類) by the words of a facility's name; ``other`` when none is known."""
    return next((category for category, words in WORDS if any(word in name for word in words.split())), "other")


def area_of(address: str, *, prefecture: str, municipality: str) -> str:
    """地域: the town (町字) of an address, e.g. 大森 of 千葉県印西市大森2364-2; empty when none can be seen."""
    rest = unicodedata.normalize("NFKC", address).replace(" ", "")
    for part in (prefecture, municipality):
        rest = rest.removeprefix(unicodedata.normalize("NFKC", part))
    town = TOWN_ENDS.split(rest.removeprefix("大字"), maxsplit=1)[0]
    return town[:40]


def slugs_for(name_kana: str, *, municipality_code: str, number: str) -> tuple[str, ...]:
    """Names for a facility's web address, the nicest first; the last is that facility's alone."""
    spoken = romaji(to_katakana(name_kana))[:SLUG_LENGTH]
    plain = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")
    own = blake2b(number.encode(), digest_size=8).hexdigest()
    wishes = (spoken, f"{spoken[: SLUG_LENGTH - 22]}-{plain}" if spoken and plain else "")
    return (*filter(None, wishes), f"{municipality_code}-{own}")
