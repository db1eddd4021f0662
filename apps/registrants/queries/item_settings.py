"""All further items as the tenant has set them, for the page of settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.registrants.item_errors import UnknownItemError
from apps.registrants.models import ItemPolicy
from apps.registrants.rules.items import ITEMS, Item
from shared.audit.models import AuditEntry
from shared.staff.models import StaffAccount

KEPT: Final = """
SELECT key, count(*) FROM registrants_registrant, jsonb_object_keys(extras) key WHERE extras <> '{}'::jsonb GROUP BY key
"""
MOST: Final = 20
"""So many changes are shown, the newest."""


@dataclass(frozen=True, slots=True)
class ItemSetting:
    """An item of the registry, what the tenant has set (None: never collected), and how many values are kept."""

    item: Item
    policy: ItemPolicy | None
    kept: int


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A change of a setting: when, which item, what it said before and says after, how many values were erased."""

    at: dt.datetime
    item: str
    before: dict[str, Any] | None
    after: dict[str, Any]
    erased: int
    name: str


def item_settings() -> list[ItemSetting]:
    """Every item in its order; two statements, the second over all registrations."""
    rows = {row.item: row for row in ItemPolicy.objects.all()}
    kept = _kept()
    return [ItemSetting(item, rows.get(code), kept.get(code, 0)) for code, item in ITEMS.items()]


def item_setting(code: str) -> ItemSetting:
    """One of them; ``UnknownItemError``."""
    if code not in ITEMS:
        raise UnknownItemError
    return ItemSetting(ITEMS[code], ItemPolicy.objects.filter(item=code).first(), _kept().get(code, 0))


def item_changes() -> list[ItemChange]:
    """The newest changes of the settings, from the audit; two statements."""
    rows = list(AuditEntry.objects.filter(object_type="item_policy").order_by("-id")[:MOST])
    names = _names({row.actor_id for row in rows if row.actor_id})
    return [
        ItemChange(
            row.at,
            row.object_id,
            row.detail["before"],
            row.detail["after"],
            row.detail["erased"],
            names.get(row.actor_id, "") if row.actor_id else "",
        )
        for row in rows
        if row.object_id in ITEMS
    ]


def _kept() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return dict(cursor.fetchall())


def _names(accounts: set[UUID]) -> dict[UUID, str]:
    return dict(StaffAccount.objects.filter(pk__in=accounts).values_list("pk", "name"))
