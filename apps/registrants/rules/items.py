"""Further items (収集項目) that a tenant may collect, each only for a stated purpose. Domain handbook 2.1.

The items of the 2017 document (Q3) are columns of the registrant and always asked; none of them stands here. Labels are
Japanese; ``apps.registrants.texts`` lists them for translation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from apps.registrants.item_errors import ItemMissingError, ItemNotCollectedError


class ItemKind(StrEnum):
    """How an item is asked, and how it stands in ``Registrant.extras``."""

    TEXT = "text"  # a string
    KANA = "kana"  # a string of full-width katakana
    CHOICE = "choice"  # the code of the choice
    EMAIL = "email"  # a string
    BOOL = "bool"  # true, or absent
    BIRTH_DATE = "birth_date"  # YYYY-MM-DD
    DATE = "date"  # YYYY-MM-DD, past or to come


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an item of choices."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """A further item: for whom, of which kind, how long, and the purpose that is suggested when it is switched on."""

    code: str
    label: str
    kind: ItemKind
    purpose: str
    for_individuals: bool = True
    for_groups: bool = True
    limit: int = 100
    """Characters of a text."""
    choices: tuple[Choice, ...] = ()

    def is_for(self, kind: str) -> bool:
        """Whether it is asked of ``kind``: individual or group."""
        return self.for_groups if kind == "group" else self.for_individuals

    def label_of(self, value: str) -> str:
        """The label of the choice with the code ``value``; ``value`` itself when there is none."""
        return next((choice.label for choice in self.choices if choice.code == value), value)


def _of_individuals(code: str, label: str, kind: ItemKind, purpose: str, **more: object) -> Item:
    return Item(code, label, kind, purpose, for_groups=False, **more)  # type: ignore[arg-type]


def _of_groups(code: str, label: str, kind: ItemKind, purpose: str, **more: object) -> Item:
    return Item(code, label, kind, purpose, for_individuals=False, **more)  # type: ignore[arg-type]


RESIDENCES: Final = (
    Choice("resident", "市内在住"),
    Choice("worker", "市内在勤"),
    Choice("student", "市内在学"),
    Choice("outside", "市外"),
)
_ALL: Final = (
    _of_individuals(
        "gender",
        "性別",
        ItemKind.CHOICE,
        "利用者数の統計のため",
        choices=(Choice("female", "女性"), Choice("male", "男性"), Choice("other", "その他")),
    ),
    _of_individuals("residence", "居住区分", ItemKind.CHOICE, "利用資格と料金の区分を確認するため", choices=RESIDENCES),
    _of_individuals("workplace", "勤務先・学校名", ItemKind.TEXT, "市内在勤・在学であることを確認するため"),
    _of_individuals("former_name", "旧氏名", ItemKind.TEXT, "以前の登録と照らし合わせるため", limit=80),
    _of_individuals("former_kana", "旧氏名のフリガナ", ItemKind.KANA, "以前の登録と照らし合わせるため", limit=120),
    Item("email", "メールアドレス", ItemKind.EMAIL, "登録の決定や有効期限のお知らせを送るため", limit=254),
    Item(
        "mail_wish",
        "メールの送信",
        ItemKind.CHOICE,
        "希望されたお知らせだけを送るため",
        choices=(Choice("all", "すべて送る"), Choice("draw", "抽選の結果のみ送る"), Choice("none", "送らない")),
    ),
    Item("reduction", "減免資格", ItemKind.TEXT, "使用料の減免の審査を速やかに行うため"),
    Item("reduction_since", "減免資格の適用日", ItemKind.DATE, "使用料の減免の審査を速やかに行うため"),
    Item("reduction_until", "減免資格の期限", ItemKind.DATE, "使用料の減免の審査を速やかに行うため"),
    Item("use", "主な利用の目的", ItemKind.TEXT, "施設の運営の参考にするため", limit=200),
    _of_groups("short_name", "団体の略称", ItemKind.TEXT, "予定表に表示するため", limit=40),
    _of_groups("representative_birth_date", "代表者の生年月日", ItemKind.BIRTH_DATE, "代表者の年齢要件を確認するため"),
    _of_groups("activity", "活動内容", ItemKind.TEXT, "団体の登録要件を確認するため", limit=200),
    _of_groups("activity_days", "活動日", ItemKind.TEXT, "利用の見込みを把握するため"),
    _of_groups("age_band", "主な年齢層", ItemKind.TEXT, "利用者数の統計のため", limit=40),
    _of_groups("dues", "会費", ItemKind.TEXT, "営利を目的としない活動であることを確認するため", limit=60),
    _of_groups("lecturer", "講師の氏名", ItemKind.TEXT, "営利を目的としない活動であることを確認するため", limit=80),
    _of_groups(
        "lecturer_fee", "講師への謝礼", ItemKind.TEXT, "営利を目的としない活動であることを確認するため", limit=60
    ),
    _of_groups("guardian_consent", "保護者の同意", ItemKind.BOOL, "代表者が18歳未満の団体の登録を認めるため"),
    Item("note", "備考", ItemKind.TEXT, "窓口での対応に必要な事項を引き継ぐため", limit=500),
)
ITEMS: Final = MappingProxyType({item.code: item for item in _ALL})
"""Code -> item, in the order in which they are asked."""


def items_for(kind: str, collected: Collection[str]) -> list[Item]:
    """The ``collected`` items that are asked of ``kind``, in their order; a code that is no item counts for nothing."""
    return [item for item in ITEMS.values() if item.code in collected and item.is_for(kind)]


def check_extras(extras: Mapping[str, Any], *, collected: Collection[str], required: Collection[str] = ()) -> None:
    """The last guard of data minimisation: ``ItemNotCollectedError`` for a value that is not ``collected`` for the
    registrant's kind, ``ItemMissingError`` for a ``required`` one that is not there."""
    if extras.keys() - set(collected):
        raise ItemNotCollectedError
    for code in required:
        if not extras.get(code):
            raise ItemMissingError(field=f"item_{code}")
