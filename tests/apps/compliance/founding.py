"""What the tests of foundings ask for, and how they look at what came of it."""

from __future__ import annotations

import datetime as dt
import secrets
from string import ascii_uppercase
from typing import Any

from apps.compliance.models.founding import Founding
from kernel import clock
from shared.catalogue.models import CatalogueFacility, Category
from shared.staff.models import StaffAccount
from tests.support.scopes import as_city

OPERATOR = {
    "kind": "manager",
    "name": "見本臨時館共同事業体",
    "name_en": "",
    "corporate_number": "",
    "representative_title": "代表",
    "representative_name": "見本　代表",
    "members": "見本会 6000012345674\n架空会 6000012345682",
}
PERSON = {
    "name": "見本　窓子",
    "kana": "ミホン　マドコ",
    "title": "事務員",
    "body": "架空市臨時館課",
    "roles": ["reception"],
    "terminal": "",
    "ends_on": None,
    "trained_on": None,
}


def new_names() -> dict[str, str]:
    """Names that no other process of the cluster uses."""
    key = secrets.token_hex(4)
    prefix = "T" + "".join(secrets.choice(ascii_uppercase) for _ in range(3))
    return {"schema_name": f"temporary_{key}", "host": f"t{key}", "number_prefix": prefix}


def listed(number: str = "90001", **values: Any) -> CatalogueFacility:
    """A facility of the catalogue that is in no tenant."""
    said = {"slug": f"facility-{number}", "category": Category.COMMUNITY, "municipality_code": "999999"}
    named = {"name": f"架空臨時館{number}", "name_kana": "カクウリンジカン", "address": "架空市1"}
    where = {"number": number, "prefecture": "架空県", "municipality": "架空市"}
    with as_city():
        return CatalogueFacility.objects.create(**said | where | named | values)


def wanted(officer: StaffAccount, facility: CatalogueFacility, **values: Any) -> Founding:
    """An unsaved founding by ``officer``, with one person on the roster, run by a new department of the city."""
    first = clock.today() + dt.timedelta(days=7)
    operator = {**OPERATOR, "kind": "city", "name": PERSON["body"], "members": ""}
    said = {
        **new_names(),
        "asked_at": clock.now(),
        "asked_by": officer.pk,
        "name": "架空臨時館",
        "document_symbol": "架臨",
        "ordinance_title": "架空臨時館の設置及び管理に関する条例",
        "facilities": [facility.pk],
        "new_operator": operator,
        "first": first,
        "last": first + dt.timedelta(days=364),
        "fee_regime": "public",
        "agreement_number": "架臨第1号",
        "personal_version": 1,
        "security_version": 1,
        "privacy_officer": "館長",
        "security_officer": "館長",
        "networks": ["127.0.0.0/8", "2001:db8::/48"],
        "roster": [{**PERSON, "starts_on": first.isoformat()}],
    }
    return Founding(**said | values)
