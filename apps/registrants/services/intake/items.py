"""Further items (収集項目) in a file of registrants: only those that the tenant collects are offered and taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.registrants.rules.entry import EntryError, read_item
from apps.registrants.rules.items import ITEMS, Item, ItemKind, items_for
from apps.registrants.texts import CHOICE_LABELS, ITEM_LABELS
from shared.intake.rules import cells
from shared.intake.rules.target import Cells, Context, Field, Problem

BEGINS: Final = "item_"
YES_OR_NO: Final = (("yes", _("はい")), ("no", _("いいえ")))
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("メールアドレス", "メール", "E-MAIL", "EMAIL", "MAIL"),
    "residence": ("居住区分", "地域区分", "市内外", "市内外区分", "在住区分"),
    "representative_birth_date": ("代表者生年月日",),
    "short_name": ("略称", "団体略称"),
    "note": ("備考", "特記事項", "メモ"),
    "gender": ("性別",),
    "workplace": ("勤務先", "学校名", "勤務先名"),
    "former_name": ("旧姓", "旧氏名"),
    "activity": ("活動内容", "活動目的"),
}
"""How other systems head some of them, beside their labels."""
MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "gender": {"女": "female", "男": "male", "1": "male", "2": "female"},
    "residence": {"在住": "resident", "市内": "resident", "在勤": "worker", "在学": "student", "その他": "outside"},
}


def item_fields() -> tuple[Field, ...]:
    """A field for each item that there is; which of them are offered is the tenant's choice."""
    return tuple(_field(item) for item in ITEMS.values())


def not_collected(collected: Collection[str]) -> frozenset[str]:
    """The codes of the fields that the tenant does not take in."""
    return frozenset(BEGINS + code for code in ITEMS if code not in collected)


def read_items(
    row: Cells, context: Context, kind: str, collected: Collection[str], today: dt.date
) -> dict[str, str | bool]:
    """Code -> value as it stands in ``Registrant.extras``. What cannot be read is noted and left out."""
    found = {item.code: _value(row, context, item, today) for item in items_for(kind, collected)}
    row.leave(*(BEGINS + code for code in collected if code not in found))
    return {code: value for code, value in found.items() if value}


def _value(row: Cells, context: Context, item: Item, today: dt.date) -> str | bool | None:
    code = BEGINS + item.code
    if item.kind in {ItemKind.CHOICE, ItemKind.BOOL}:
        chosen = row.choose(code, context.meanings.get(code, {}))
        return chosen if item.kind == ItemKind.CHOICE else chosen == "yes"
    if item.kind == ItemKind.BIRTH_DATE:
        born = row.lenient(code, cells.birth_date, today, otherwise=None)
        return born.isoformat() if born else None
    try:
        return read_item(item, row.get(code), today)
    except EntryError:
        row.warnings.append(Problem("row_item_unread", code))
        return None


def _field(item: Item) -> Field:
    choices = tuple((choice.code, CHOICE_LABELS[item.code, choice.code]) for choice in item.choices)
    return Field(
        BEGINS + item.code,
        ITEM_LABELS[item.code],
        (*HEADINGS.get(item.code, ()), item.label),
        choices=YES_OR_NO if item.kind == ItemKind.BOOL else choices,
        meanings=MEANINGS.get(item.code, {}),
    )
