"""From when on somebody was suspended or closed: the history that another system's one state is made into."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Final

from django.db import connection

from apps.registrants.services.intake.person import Person

ACTIVE_BEFORE: Final = """
UPDATE registrants_statespan span SET state = 'active', during = daterange(lower(span.during), since.day)
FROM json_to_recordset(%s::json) AS since (id uuid, day date)
WHERE span.registrant_id = since.id AND lower(span.during) < since.day
"""
SINCE: Final = """
INSERT INTO registrants_statespan (registrant_id, state, during)
SELECT since.id, since.state, daterange(since.day, NULL)
FROM json_to_recordset(%s::json) AS since (id uuid, state varchar, day date)
"""


def date_states(people: Sequence[tuple[str, Person]], *, today: dt.date) -> None:
    """Part the first span of those whose 停止・抹消の日 is known: 有効 before it. Without a day the state always held.

    Just inserted, so that each has the one span that the trigger wrote. Two statements.
    """
    dated = [
        {"id": pk, "state": person.state, "day": str(person.state_since)}
        for pk, person in people
        if person.state_since and person.state_since <= today
    ]
    if dated:
        with connection.cursor() as cursor:
            cursor.execute(ACTIVE_BEFORE, [json.dumps(dated)])
            cursor.execute(SINCE, [json.dumps(dated)])
