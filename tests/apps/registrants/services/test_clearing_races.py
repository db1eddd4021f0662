"""Two facilities issue to one person at the same moment: one card, whatever the way they come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections

from apps.registrants.index_errors import CardExistsError, CardUnresolvedError
from apps.registrants.models import Card
from tests import factories
from tests.support.raw import raw_superuser
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import Gate

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("database")]
ROUNDS = 20


def issue_at_once(drafts: dict[str, Card]) -> list[str]:
    """Issue all drafts, each in a thread with its own connection; the schemas that won."""
    barrier = Gate(len(drafts))

    def run(schema: str) -> str:
        barrier.wait()
        try:
            factories.issue(drafts[schema], schema)
        except (CardExistsError, CardUnresolvedError):
            return ""
        else:
            return schema
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(drafts)) as threads:
        return [schema for schema in threads.map(run, drafts) if schema]


@pytest.mark.parametrize("other_kana", ["タロウ", "タロー", "ダロウ"])
def test_two_facilities_at_once_leave_one_card(other_kana: str, superuser: psycopg.Connection) -> None:
    officers = {schema: factories.card_officer(schema) for schema in (CHUO, SPORTS)}
    for number in range(ROUNDS):
        drafts = {}
        for schema, given in ((CHUO, "タロウ"), (SPORTS, other_kana)):
            family = f"カクウ{'アカサタナハマヤラワ'[number % 10]}"
            person = factories.individual(schema, family_kana=family, given_kana=given)
            drafts[schema] = factories.senior_card_draft(schema, registrant=person)
            factories.checked_for_duplicates(drafts[schema], schema, officer=officers[schema])
        assert len(issue_at_once(drafts)) == 1
        assert superuser.execute("SELECT count(*) FROM shared.senior_card_index").fetchone() == (1,)
        superuser.execute("DELETE FROM shared.senior_card_index; DELETE FROM shared.seniorcards_call")


def test_raw_sql_cannot_enter_one_person_twice() -> None:
    factories.senior_card()
    with raw_superuser() as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(
            "INSERT INTO shared.senior_card_index (card_uid, tenant, status, kid, name_role, namesake, t1, t2, t3)"
            " SELECT gen_random_uuid(), 'sports', status, kid, name_role, namesake, t1, t2, t3"
            " FROM shared.senior_card_index"
        )
