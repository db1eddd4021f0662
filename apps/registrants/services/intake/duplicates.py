"""Who of those that came may be here already: proposed to a person, never merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from kernel import clock

PROPOSE: Final = """
WITH fresh AS MATERIALIZED (
    SELECT id, kind, birth_date, kana_key, phone_key, family_name, given_name
    FROM registrants_registrant WHERE id = ANY(%(ids)s::uuid[])
), pairs AS MATERIALIZED (
    SELECT a.id AS a, b.id AS b, 'name_and_birth' AS ground FROM fresh a CROSS JOIN LATERAL (
        SELECT r.id FROM registrants_registrant r
        WHERE r.birth_date = a.birth_date AND r.id <> a.id AND coalesce(r.merged_into_id, r.id) = r.id
          AND (r.kana_key = a.kana_key
               OR r.family_name = a.family_name AND r.given_name = a.given_name AND a.given_name <> '')
        LIMIT %(most)s
    ) b
    UNION ALL
    SELECT a.id, b.id, 'phone' FROM fresh a CROSS JOIN LATERAL (
        SELECT r.id FROM registrants_registrant r
        WHERE r.phone_key = a.phone_key AND r.kind = a.kind AND r.id <> a.id AND coalesce(r.merged_into_id, r.id) = r.id
          AND (r.kana_key = a.kana_key OR r.birth_date = a.birth_date)
        LIMIT %(most)s
    ) b
    WHERE length(a.phone_key) >= 10
    UNION ALL
    SELECT a.id, b.id, 'group_name' FROM fresh a CROSS JOIN LATERAL (
        SELECT r.id FROM registrants_registrant r
        WHERE r.kana_key = a.kana_key AND r.kind = 'group' AND r.id <> a.id AND coalesce(r.merged_into_id, r.id) = r.id
        LIMIT %(most)s
    ) b
    WHERE a.kind = 'group' AND a.kana_key <> ''
)
INSERT INTO registrants_duplicateproposal (one_id, other_id, grounds, state, found_at)
SELECT least(a, b), greatest(a, b), array_agg(DISTINCT ground ORDER BY ground), 'open', %(now)s
FROM pairs GROUP BY 1, 2
ON CONFLICT (one_id, other_id) DO NOTHING
"""
MOST: Final = 20
"""So many are proposed for one person on one ground: a telephone number that stands for none would pair thousands."""
BY_INDEX: Final = "SELECT set_config('enable_seqscan', %s, true)"
"""In the transaction that has filled the table the planner knows nothing of it yet.

For the same reason who was merged is told in a form for which no index fits: nearly all rows are not.
"""


def propose(ids: Sequence[str]) -> None:
    """Propose the pairs of ``ids`` with anybody registered; what was dismissed before stays so.

    One statement, and two that tell the planner. Inside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX, ["off"])
        cursor.execute(PROPOSE, {"ids": list(ids), "now": clock.now(), "most": MOST})
        cursor.execute(BY_INDEX, ["on"])
