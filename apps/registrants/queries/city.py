"""Registrants of all tenants, for the city, by raw statements on its view.

Only ``apps.compliance.services.lookup`` may call these: it states the purpose and writes the audit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from psycopg import sql

from apps.registrants.rules.search_terms import By, Term
from shared.rows import Rows

FOUND: Final = """
SELECT tenant, id, number, kind, state, group_name, family_name || '　' || repeat('•', length(given_name)),
       extract(year FROM birth_date)::int, phone
FROM shared.city_registrant WHERE {condition} ORDER BY kana_key, tenant, number
"""
CONDITIONS: Final = {
    By.NUMBER: "number = %s",
    By.KANA: "kana_key LIKE %s || '%%'",
    By.PHONE: "phone_key = %s",
}
ONE: Final = """
SELECT tenant, id, number, kind, state, group_name, family_name, given_name, family_kana, given_kana, birth_date,
       address, phone, registered_on, valid_until
FROM shared.city_registrant WHERE tenant = %s AND id = %s
"""


@dataclass(frozen=True, slots=True)
class FoundRegistrant:
    """A line of the list: of the given name only the length leaves the database, of the birth date only the year."""

    tenant: str
    id: UUID
    number: str
    kind: str
    state: str
    group_name: str
    name: str
    birth_year: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class CityRegistrant:
    """A registrant (利用者) as the city sees one: without emergency contacts and notes."""

    tenant: str
    id: UUID
    number: str
    kind: str
    state: str
    group_name: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    birth_date: dt.date | None
    address: str
    phone: str
    registered_on: dt.date
    valid_until: dt.date | None


def found_registrants(term: Term) -> Rows[FoundRegistrant]:
    """Whoever fits, at any tenant, in the order of the kana. The key holds no character that LIKE reads."""
    query = sql.SQL(FOUND).format(condition=sql.SQL(CONDITIONS[term.by]))
    return Rows(query, [term.key], FoundRegistrant)


def registrant_at(tenant: str, registrant: UUID) -> CityRegistrant | None:
    """One registrant of one tenant; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ONE, [tenant, registrant])
        row = cursor.fetchone()
    return CityRegistrant(*row) if row else None
