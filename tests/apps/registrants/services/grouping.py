"""Entries of groups as the counter makes them. All people are invented."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from apps.registrants.models import IdentityDocument, RegistrationPolicy
from apps.registrants.rules.entry import Person
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.roster_entry import Born, MemberEntry
from shared.actor import Actor
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

LICENCE: Final = IdentityDocument.DRIVING_LICENCE.value
REPRESENTATIVE: Final = Person("見本", "太郎", "ミホン", "タロウ", "2701396", "千葉県印西市大森1番地", "0476-00-0001")
FIRST_NAMES: Final = ("タロウ", "ハナコ", "イチロウ", "サチコ", "ケンイチ", "ケイコ", "マコト", "ユミコ")
MANAGER: Final = ("facility_manager",)


def member(number: int, **values: Any) -> MemberEntry:
    """Member ``number``; the representative is number 0."""
    given = FIRST_NAMES[number]
    told: dict[str, Any] = {
        "name": f"見本　{number}" if number else "見本　太郎",
        "kana": f"ミホン　{given}",
        "born": Born(date=dt.date(1950, 4, 1 + number)),
        "residence": "resident",
    }
    return MemberEntry(**told | values)


def roster(count: int, **values: Any) -> tuple[MemberEntry, ...]:
    """The representative and others, ``count`` in all."""
    return tuple(member(number, **values) for number in range(count))


def entry(**values: Any) -> GroupEntry:
    """A group of five."""
    told: dict[str, Any] = {
        "group_name": "見本体操クラブ",
        "group_kana": "ミホンタイソウクラブ",
        "person": REPRESENTATIVE,
        "members": roster(5),
    }
    return GroupEntry(**told | values)


def policy(schema: str = CHUO, **values: Any) -> None:
    """What the tenant's ordinance asks of groups."""
    with as_tenant(schema):
        RegistrationPolicy.objects.create(valid_from=dt.date(2020, 4, 1), **values)


def clerk() -> Actor:
    """Somebody at the counter."""
    return Actor(kind="staff", id=uuid.UUID(int=7))
