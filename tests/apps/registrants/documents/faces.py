"""Cards to print. All people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.registrants.documents.data import CardFace
from apps.registrants.rules.card_issuer import CardIssuer

MANAGER = CardIssuer("総合福祉センター", ("架空市総合福祉センター指定管理者", "架空市社協・見本会共同事業体"))
SENIOR: dict[str, Any] = {
    "kind": "senior",
    "title": "老人福祉センター・老人憩いの家登録証",
    "number": "RA-000123-0",
    "branch": 1,
    "code": "RA-000123-0-1",
    "holder": "架空　花子",
    "issued_on": date(2026, 11, 26),
    "valid_from": date(2026, 11, 26),
    "valid_until": None,
    "birth": date(1958, 4, 12),
    "address": "千葉県架空市見本台",
    "issuer": MANAGER,
    "is_reissue": False,
    "is_substitute": False,
    "representative": "",
    "registered_on": None,
}
GROUP: dict[str, Any] = {
    "kind": "group",
    "title": "利用者カード",
    "number": "A-000123-0",
    "branch": 1,
    "code": "A-000123-0-1",
    "holder": "架空朗読の会",
    "issued_on": date(2026, 11, 26),
    "valid_from": None,
    "valid_until": date(2029, 3, 31),
    "birth": None,
    "address": "",
    "issuer": MANAGER,
    "is_reissue": False,
    "is_substitute": False,
    "representative": "架空　花子",
    "registered_on": date(2024, 4, 2),
}


def senior(**values: Any) -> CardFace:
    """A 登録証."""
    return CardFace(**SENIOR | values)


def group(**values: Any) -> CardFace:
    """A 利用者カード."""
    return CardFace(**GROUP | values)
