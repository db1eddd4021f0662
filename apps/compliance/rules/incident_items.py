"""The nine items of a report (規則8条・43条), and which of them a step needs (domain handbook 7.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from apps.compliance.incident_errors import ItemsMissingError
from apps.compliance.rules.incidents import Step

MOST: Final = 2000
"""Characters of one item."""


class Item(StrEnum):
    """An item, in the order of the form."""

    OVERVIEW = "overview"
    """① 概要"""
    DATA = "data"
    """② 個人データの項目"""
    PERSONS = "persons"
    """③ 本人の数"""
    CAUSE = "cause"
    """④ 原因"""
    SECONDARY = "secondary"
    """⑤ 二次被害又はそのおそれの有無及びその内容"""
    TO_PERSONS = "to_persons"
    """⑥ 本人への対応の実施状況"""
    PUBLICATION = "publication"
    """⑦ 公表の実施状況"""
    PREVENTION = "prevention"
    """⑧ 再発防止のための措置"""
    OTHER = "other"
    """⑨ その他参考となる事項"""


NEEDED: Final = {
    Step.SURVEYED: (Item.OVERVIEW, Item.DATA, Item.PERSONS),
    Step.PROMPT: (Item.OVERVIEW,),
    Step.FINAL: tuple(Item),
    Step.PREVENTED: (Item.PREVENTION,),
}
"""速報 says what is known when it is made; 確報 says all nine, if only 「なし」."""


def missing(step: Step, items: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that ``step`` needs and that say nothing yet."""
    return tuple(item for item in NEEDED.get(step, ()) if not items.get(item, "").strip())


def check_items(step: Step, items: Mapping[str, str]) -> None:
    """Raises ``ItemsMissingError`` with their numbers."""
    lacking = missing(step, items)
    if lacking:
        numbers = "・".join("①②③④⑤⑥⑦⑧⑨"[tuple(Item).index(item)] for item in lacking)
        raise ItemsMissingError(items=numbers)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that a new version says differently."""
    return tuple(item for item in Item if before.get(item, "") != after.get(item, ""))
