"""One name against many cards: a handful of index pages, whatever their number.

``CARDS=1000000`` in the environment fills a million, and ``-s`` shows the milliseconds (docs/performance.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from shared.actor import Actor
from shared.seniorcards import asking
from shared.seniorcards.tokens import arrays
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import SPORTS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]
CARDS = int(os.environ.get("CARDS", "50000"))
FILL = """
INSERT INTO shared.senior_card_index
    (card_uid, tenant, status, issued_year, kid, name_role, namesake, t1, t2, t3, t4)
SELECT gen_random_uuid(), 'chuo', 'active', 2025, 'test', 'current', 0, sha256(('1' || n)::bytea),
       sha256(('2' || n)::bytea), sha256(('3' || n / 2)::bytea), sha256(('4' || n / 2)::bytea)
FROM generate_series(1, %s) n
"""


@pytest.fixture
def many_cards(superuser: psycopg.Connection, database: None) -> Iterator[None]:
    """The cards of nobody; every T3 and T4 stands for two."""
    superuser.execute(FILL, [CARDS])
    superuser.execute("VACUUM ANALYZE shared.senior_card_index")
    yield
    superuser.execute("TRUNCATE shared.senior_card_index")


def test_a_check_reads_a_few_pages_of_many_cards(many_cards: None, superuser: psycopg.Connection) -> None:
    factories.senior_card()
    draft = factories.senior_card_draft(SPORTS)
    actor = Actor(kind="staff", id=factories.card_officer(SPORTS).pk)
    born = draft.registrant.birth_date
    assert born is not None
    tokens = factories.tokens_for("カクウタロウ", "架空太郎", born)
    stated = ["check", "new", actor.id, True, draft.pk, None]
    asked: list[float] = []
    answered: list[float] = []
    with as_tenant(SPORTS):
        for _ in range(10):
            asked.append(spent(asking.ASK, [*stated, *arrays(tokens), None, ""]))
            answered.append(spent(asking.CHECK, [newest(superuser), *arrays(tokens)]))
        [found] = asking.check(newest(superuser), tokens)
    assert found.grade == 1
    kids, _proofs, roles, *made = arrays(tokens)
    values = [draft.pk, roles, *made]
    _first, whole = looked_up(superuser, values), looked_up(superuser, values)  # the first reads the catalogue too
    pages = whole["Plan"]["Shared Hit Blocks"] + whole["Plan"]["Shared Read Blocks"]
    print(
        f"{CARDS} cards, {len(kids)} key: the question {min(asked):.2f} ms, its answer {min(answered):.2f} ms"
        f" (medians {median(asked):.2f}, {median(answered):.2f});"
        f" the look-up alone {whole['Execution Time']:.2f} ms, {pages} pages"
    )
    assert pages <= 100


def spent(statement: str, values: Sequence[Any]) -> float:
    """Milliseconds that PostgreSQL spends on ``statement``, which is carried out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
        [plan] = cursor.fetchone()
    found: float = plan[0]["Execution Time"]
    return found


def looked_up(superuser: psycopg.Connection, values: Sequence[Any]) -> Any:
    """The plan of the look-up alone, as it was carried out."""
    look_up = "SELECT * FROM shared.senior_matches(%s, %s, %s, %s, %s, %s, %s)"
    [[plan]] = superuser.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {look_up}", values).fetchall()
    return plan[0]


def newest(superuser: psycopg.Connection) -> UUID:
    """The ticket of the last question."""
    [[ticket]] = superuser.execute("SELECT id FROM shared.seniorcards_call ORDER BY at DESC LIMIT 1").fetchall()
    found: UUID = ticket
    return found
