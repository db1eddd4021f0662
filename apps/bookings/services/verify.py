"""Finding a document by the code on it (確認番号), for anybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import connection

from apps.bookings.paper_errors import NoSuchCodeError
from apps.bookings.rules.paper_codes import read_code
from apps.bookings.rules.paper_standing import Standing, standing_of
from apps.bookings.services.marks import keys
from shared.throttle import Limit

FROM_ONE_CLIENT: Final = Limit("paper-codes-of-a-client", tries=60, minutes=10)
FACTS: Final = {
    True: "SELECT * FROM shared.paper_facts_at_desk(%s, %s)",
    False: "SELECT * FROM shared.paper_facts(%s, %s)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """All that anybody is told of a document."""

    kind: str
    number: str
    issued_on: dt.date
    facility: str
    issuer: str
    standing: Standing
    reprints: int


def verify(*, code: str, client: str | None, at_desk: bool = False) -> Found:
    """The document that bears ``code``. At most one statement.

    ``NoSuchCodeError`` alike for a code that was altered and for one that names nothing; ``TooOftenError``.
    """
    FROM_ONE_CLIENT.count(client)
    coded = read_code(code, keys())
    with connection.cursor() as cursor:
        cursor.execute(FACTS[at_desk], [coded.tenant, coded.mark])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchCodeError(field="code")
    kind, number, issued_on, facility, issuer, state, printed, is_replaced = row
    standing = standing_of(kind, state, is_replaced=is_replaced)
    return Found(kind, number, issued_on, facility, issuer, standing, max(printed - 1, 0))
