"""What the city reads of signing in at all places: policies, second factors, signs. Statements grow with no tenant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kernel import clock
from shared.policies.models import SignInPolicy
from shared.staff.rules.policy import DEFAULT, Policy
from tenants.models import Tenant
from tenants.scope import SHARED_SCHEMA

LOOKED_BACK: Final = dt.timedelta(days=30)
MOST: Final = 200
FACTORS: Final = """
SELECT * FROM city_second_factor
UNION ALL
SELECT 'shared', s.id, s.login_id, s.name, s.roles, least(a.confirmed_at, p.since),
       (SELECT count(*) FROM staff_recoverycode c WHERE c.account_id = s.id AND c.used_at IS NULL),
       a.id IS NOT NULL, coalesce(p.many, 0)
FROM staff_staffaccount s
LEFT JOIN staff_authenticator a ON a.account_id = s.id AND a.confirmed_at IS NOT NULL
LEFT JOIN (SELECT account_id, min(made_at) AS since, count(*) AS many FROM staff_passkey GROUP BY account_id) p
    ON p.account_id = s.id
WHERE a.id IS NOT NULL OR p.many IS NOT NULL
ORDER BY 1, 3
"""
SIGNS: Final = """
SELECT * FROM (
    SELECT * FROM city_sign_in_event
    UNION ALL
    SELECT 'shared', s.id, s.login_id, s.name, e.at, e.sign, e.address, e.terminal
    FROM staff_signinevent e JOIN staff_staffaccount s ON s.id = e.account_id
) every WHERE at > %s AND (sign <> 'two_places' OR tenant = 'shared') ORDER BY at DESC LIMIT %s
"""
"""Two places at once at a desk are told once: among what speaks for a shared ID (``queries.recounts.findings``)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place, the policy that holds there today, and the first day of one to come."""

    schema: str
    name: str
    name_en: str
    policy: Policy
    coming: dt.date | None


@dataclass(frozen=True, slots=True)
class Factor:
    """Somebody with a second factor."""

    place: str
    account: UUID
    login_id: str
    name: str
    roles: list[str]
    since: dt.datetime
    codes_left: int
    has_app: bool
    passkeys: int

    @property
    def since_day(self) -> dt.date:
        """The day on which it was set up."""
        return self.since.astimezone(clock.TOKYO).date()


@dataclass(frozen=True, slots=True)
class Sign:
    """Something noticed about signing in."""

    place: str
    account: UUID
    login_id: str
    name: str
    at: dt.datetime
    sign: str
    address: str | None
    terminal: UUID | None


def places() -> list[Place]:
    """The city first, then the tenants; two statements."""
    named = [(SHARED_SCHEMA, "市の画面", "The city's site"), *_tenants()]
    rows = list(SignInPolicy.objects.order_by("valid_from", "id"))
    today = clock.today()
    holding = {row.place: row.policy for row in rows if row.valid_from <= today}
    coming = {row.place: row.valid_from for row in reversed(rows) if row.valid_from > today}
    return [Place(one, name, name_en, holding.get(one, DEFAULT), coming.get(one)) for one, name, name_en in named]


def place_named(schema: str) -> Place | None:
    """The place, if there is one."""
    return next((one for one in places() if one.schema == schema), None)


def history(schema: str) -> list[SignInPolicy]:
    """All policies of a place, the newest first."""
    return list(SignInPolicy.objects.filter(Q(place=schema)).order_by("-valid_from", "-id"))


def factors() -> list[Factor]:
    """Everybody who has a second factor; one statement."""
    return [Factor(*row) for row in _rows(FACTORS, [])]


def latest_signs() -> list[Sign]:
    """What was noticed in the last thirty days, the newest first; one statement."""
    return [Sign(*row) for row in _rows(SIGNS, [clock.now() - LOOKED_BACK, MOST])]


def _tenants() -> list[tuple[str, str, str]]:
    return list(Tenant.objects.values_list("schema_name", "name", "name_en"))


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
