"""Who of those that came may be here already: proposed to a person, never merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from kernel import clock

PROPOSE: Final = """
INSERT INTO registrants_duplicateproposal (one_id, other_id, grounds, state, found_at)
SELECT least(a.id, b.id), greatest(a.id, b.id), array_agg(DISTINCT pair.ground ORDER BY pair.ground), 'open', %(now)s
FROM (
    SELECT a.id AS a, b.id AS b, 'name_and_birth' AS ground
    FROM registrants_registrant a JOIN registrants_registrant b ON b.birth_date = a.birth_date AND b.id <> a.id
        AND (b.kana_key = a.kana_key
             OR b.family_name = a.family_name AND b.given_name = a.given_name AND a.given_name <> '')
    WHERE a.id = ANY(%(ids)s::uuid[])
    UNION ALL
    SELECT a.id, b.id, 'phone'
    FROM registrants_registrant a JOIN registrants_registrant b ON b.phone_key = a.phone_key AND b.id <> a.id
        AND b.kind = a.kind AND (b.kana_key = a.kana_key OR b.birth_date = a.birth_date)
    WHERE a.id = ANY(%(ids)s::uuid[]) AND length(a.phone_key) >= 10
    UNION ALL
    SELECT a.id, b.id, 'group_name'
    FROM registrants_registrant a JOIN registrants_registrant b ON b.kana_key = a.kana_key AND b.id <> a.id
        AND b.kind = 'group'
    WHERE a.id = ANY(%(ids)s::uuid[]) AND a.kind = 'group' AND a.kana_key <> ''
) pair
JOIN registrants_registrant a ON a.id = pair.a JOIN registrants_registrant b ON b.id = pair.b
WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL
GROUP BY 1, 2
ON CONFLICT (one_id, other_id) DO NOTHING
"""


def propose(ids: Sequence[str]) -> None:
    """Propose the pairs of ``ids`` with anybody registered; what was dismissed before stays so. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(PROPOSE, {"ids": list(ids), "now": clock.now()})
