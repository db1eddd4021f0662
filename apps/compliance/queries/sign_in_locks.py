"""Locks of signing in at all places (一時停止). The counts hold keyed hashes only, so names are found by trying.

Whose ID it is: the hashes of the accounts of that place are compared. From where: those of the origins that the audit
names in failures of about that time. What cannot be named is an ID that nobody has, or an origin without an entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.compliance.queries.signin import places
from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.rules.policy import BOUNDS
from shared.throttle import keyed
from tenants.scope import SHARED_SCHEMA

MOST: Final = 200
LONGEST: Final = dt.timedelta(minutes=BOUNDS["lock_minutes"][1])
LOCKS: Final = """
SELECT * FROM (
    SELECT tenant, id, who, origin, tries, began_at FROM city_sign_in_lock
    UNION ALL SELECT 'shared', id, who, origin, tries, began_at FROM staff_signinpair WHERE tries >= most
) every WHERE began_at > %s ORDER BY began_at DESC, tenant, id LIMIT %s
"""
PEOPLE: Final = """
SELECT tenant, id, login_id, name FROM city_clerk WHERE tenant = ANY(%(places)s)
UNION ALL SELECT 'shared', id, login_id, name FROM staff_staffaccount WHERE 'shared' = ANY(%(places)s)
"""
ORIGINS: Final = """
SELECT DISTINCT tenant, host(address), terminal FROM city_audit
WHERE tenant = ANY(%(places)s) AND action = %(action)s AND at > %(since)s
"""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that holds now. Empty ``login_id``: any ID, or one that nobody has; see ``is_of_id``."""

    place: str
    pair: int
    began: dt.datetime
    until: dt.datetime
    tries: int
    is_of_id: bool
    is_of_origin: bool
    account: UUID | None
    login_id: str
    name: str
    address: str


def locks() -> list[Lock]:
    """The locks that hold, the newest first; six statements whatever there is."""
    now = clock.now()
    minutes = {place.schema: place.policy.lock_minutes for place in places()}
    found = [
        row
        for row in _rows(LOCKS, [now - LONGEST, MOST])
        if row[0] in minutes and row[5] + dt.timedelta(minutes=minutes[row[0]]) > now
    ]
    there = {"places": sorted({row[0] for row in found})}
    people = _people(_rows(PEOPLE, there))
    seen = {"action": Action.LOGIN_FAILED, "since": now - LONGEST}
    origins = _origins([*_rows(ORIGINS, there | seen), *_at_the_city(now - LONGEST)])
    return [_lock(row, dt.timedelta(minutes=minutes[row[0]]), people, origins) for row in found]


def lock_of(place: str, pair: int) -> Lock | None:
    """The lock, while it holds."""
    return next((one for one in locks() if (one.place, one.pair) == (place, pair)), None)


def _lock(row: Any, length: dt.timedelta, people: dict[Any, Any], origins: dict[Any, str]) -> Lock:
    place, pair, who, origin, tries, began = row
    account, login_id, name = people.get((place, who), (None, "", ""))
    address = origins.get((place, origin), "")
    return Lock(place, pair, began, began + length, tries, bool(who), bool(origin), account, login_id, name, address)


def _people(rows: Iterable[Any]) -> dict[tuple[str, str], tuple[UUID, str, str]]:
    """(Place, hash) -> the account, by each thing that is tried with an ID or an account."""
    found = {}
    for place, account, login_id, name in rows:
        tried = [("password", login_id)]
        tried += [(what, account) for what in ("second factor", "current password", "first code")]
        found.update({(place, keyed("who", *one)): (account, login_id, name) for one in tried})
    return found


def _origins(rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    return {(place, keyed("origin", address, terminal)): address or "" for place, address, terminal in rows}


def _at_the_city(since: dt.datetime) -> list[tuple[str, str | None, UUID | None]]:
    failed = AuditEntry.objects.filter(action=Action.LOGIN_FAILED, at__gt=since, actor_kind__in=["visitor", "city"])
    pairs = failed.order_by().values_list("address", "terminal").distinct()
    return [(SHARED_SCHEMA, address, terminal) for address, terminal in pairs]


def _rows(statement: str, values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
