"""Counting tries so that guessing ends and nobody can lock another out (試行回数の制限).

A try is counted before it is looked at, in one statement, so that tries sent at once do not slip through. It is counted
for the pair of ID and origin (address and terminal), for the ID over all origins, and for the origin over all IDs. A
pair that has used up its tries is locked; other origins are not. When an ID fails from many origins, an origin that it
never signed in from gets one try: its own known terminals go on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models

from kernel import clock
from shared.staff.errors import LockedError
from shared.staff.rules.policy import Policy
from shared.throttle import keyed

MANY: Final = 20
"""Failures of one ID over all origins within the time of a lock: somebody guesses from many places."""
OF_AN_ORIGIN: Final = 100
"""Failures of one origin over all IDs: an office behind one address has many people."""
FORGOTTEN: Final = dt.timedelta(days=1)
KNOWN: Final = dt.timedelta(days=90)
COUNT: Final = """
INSERT INTO {table} AS p (who, origin, tries, most, began_at)
SELECT who, origin, 1, most, %(now)s FROM unnest(%(who)s::text[], %(origin)s::text[], %(most)s::int[])
    AS given (who, origin, most) ORDER BY who, origin
ON CONFLICT (who, origin) DO UPDATE SET
    tries = CASE WHEN p.began_at <= %(since)s THEN 1 ELSE p.tries + 1 END,
    began_at = CASE WHEN p.began_at <= %(since)s OR p.tries + 1 = EXCLUDED.most THEN %(now)s ELSE p.began_at END,
    most = EXCLUDED.most
RETURNING who, origin, tries, began_at, known_at
"""
FITTED: Final = """
WITH held AS (
    SELECT id FROM {table}
    WHERE (who, origin) IN ((%(who)s, %(origin)s), (%(who)s, ''), ('', %(origin)s)) ORDER BY who, origin FOR UPDATE
)
UPDATE {table} p
SET tries = CASE WHEN who <> '' AND origin <> '' THEN 0 ELSE greatest(tries - 1, 0) END,
    known_at = CASE WHEN who <> '' AND origin <> '' THEN %(now)s ELSE known_at END
FROM held WHERE p.id = held.id
"""


class TriesPair(models.Model):
    """Tries of one ID from one origin, both as keyed hashes (試行回数). Empty is any: all origins, or all IDs."""

    who = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=64, blank=True)
    tries = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    """How many tries are allowed; when they are used up, ``began_at`` begins anew."""
    began_at = models.DateTimeField(db_index=True)
    known_at = models.DateTimeField(null=True)
    """When this ID last signed in from this origin: what is known is not held up by failures elsewhere."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.tries}/{self.most}"


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was counted and may be looked at."""

    table: str

    who: str
    origin: str
    is_last: bool
    """If it fails, the pair is locked."""
    shows_many: bool
    """If it fails, the ID has just failed from many origins."""

    def fitted(self) -> None:
        """It was right: the pair begins anew and is known from now on."""
        values: dict[str, Any] = {"who": self.who, "origin": self.origin, "now": clock.now()}
        with connection.cursor() as cursor:
            cursor.execute(FITTED.format(table=self.table), values)


def counted(
    *,
    pairs: type[TriesPair],
    who: tuple[object, ...],
    origin: tuple[object, ...],
    policy: Policy,
    is_again: bool = False,
) -> Try:
    """Count a try of ``who`` (an ID, whether there is one or not) from ``origin``; ``LockedError`` if one too many.

    ``pairs`` is the model whose table keeps the counts. ``is_again``: the same try was counted under another name, so
    the origin has been counted.
    """
    one, place, now = keyed("who", *who), keyed("origin", *origin), clock.now()
    lock = dt.timedelta(minutes=policy.lock_minutes)
    rows = [(one, place, policy.tries), (one, "", MANY)] + ([] if is_again else [("", place, OF_AN_ORIGIN)])
    columns = [list(column) for column in zip(*rows, strict=True)]
    values: dict[str, Any] = dict(zip(("who", "origin", "most"), columns, strict=True))
    values |= {"now": now, "since": now - lock}
    table = pairs._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(table=table), values)
        found = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
    tries, began, known = found[one, place]
    of_one, of_place = found[one, ""], found.get(("", place))
    is_known = known is not None and known > now - KNOWN
    most = policy.tries if is_known or of_one[0] <= MANY else 1
    is_place_full = of_place is not None and of_place[0] > OF_AN_ORIGIN
    if tries > most or is_place_full:
        since = began if tries > most or of_place is None else of_place[1]
        raise LockedError(minutes=max(1, -int(-(since + lock - now).total_seconds() // 60)))
    return Try(table, one, place, is_last=tries == most, shows_many=of_one[0] == MANY)


def forget_tries(pairs: type[TriesPair]) -> int:
    """Delete the counts that hold up nobody, and the origins that were not used for long; how many were."""
    now = clock.now()
    idle = pairs._default_manager.filter(began_at__lte=now - FORGOTTEN)
    deleted, _ = (idle.filter(known_at=None) | idle.filter(known_at__lte=now - KNOWN)).delete()
    return deleted
