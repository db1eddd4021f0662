"""Invented people and clubs. Family names are words of sky, field and water; nobody is meant."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Person:
    """Family and given name with their kana."""

    family: str
    given: str
    family_kana: str
    given_kana: str


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, kana) for name, _, kana in (word.partition("/") for word in words.split()))


FAMILIES: Final = _pairs(
    "青空/アオゾラ 若葉/ワカバ 花園/ハナゾノ 風見/カザミ 水辺/ミズベ 朝霧/アサギリ 夕凪/ユウナギ 雪野/ユキノ "
    "菜花/ナバナ 松風/マツカゼ 梅里/ウメサト 竹里/タケサト 稲穂/イナホ 里山/サトヤマ 雲井/クモイ 虹野/ニジノ "
    "光野/ミツノ 泉野/イズミノ 紅葉/モミジ 白鷺/シラサギ 沼辺/ヌマベ 葦原/アシハラ 野菊/ノギク 露草/ツユクサ "
    "柿ノ木/カキノキ 栗林/クリバヤシ 麦畑/ムギハタ 蓮池/ハスイケ 鴨川原/カモガワラ 月影/ツキカゲ"
)
GIVENS: Final = _pairs(
    "太郎/タロウ 花子/ハナコ 一郎/イチロウ 幸子/サチコ 健一/ケンイチ 恵子/ケイコ 誠/マコト 由美子/ユミコ "
    "浩/ヒロシ 和子/カズコ 正/タダシ 節子/セツコ 実/ミノル 文子/フミコ 茂/シゲル 洋子/ヨウコ "
    "隆/タカシ 京子/キョウコ 進/ススム 美智子/ミチコ 聡/サトシ 直美/ナオミ 大輔/ダイスケ 愛/アイ "
    "拓也/タクヤ 千尋/チヒロ 翔/ショウ 美咲/ミサキ 清/キヨシ 久子/ヒサコ"
)
PLACES: Final = _pairs(
    "木下/キオロシ 大森/オオモリ 小林/コバヤシ 草深/ソウフケ 牧の原/マキノハラ 本埜/モトノ 印旛/インバ 高花/タカハナ "
    "小倉台/オグラダイ 永治/エイジ 船穂/フナホ 滝野/タキノ"
)
"""Districts that clubs are called after."""


def person(luck: Random) -> Person:
    """Somebody who does not exist."""
    (family, family_kana), (given, given_kana) = luck.choice(FAMILIES), luck.choice(GIVENS)
    return Person(family, given, family_kana, given_kana)
