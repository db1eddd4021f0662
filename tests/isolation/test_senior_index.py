"""Nothing is had from the index but through its functions, and nothing of a person stands in what is shared."""

from __future__ import annotations

import os
import secrets
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo
from redis import Redis

from apps.registrants.services.checking import answer_of, ask_index, number_fits
from apps.registrants.services.inquiring import answer_inquiry, open_inquiry
from apps.registrants.tasks import retoken_cards
from shared.actor import Actor
from shared.seniorcards import asking
from shared.seniorcards.tokens import arrays
from tests import factories
from tests.support.raw import raw
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("senior_card_index", "senior_card_index_rebuilt", "seniorcards_hit", "seniorcards_call",
          "seniorcards_key", "seniorcards_rebuild", "seniorcards_terms",
          "seniorcards_inquiry", "seniorcards_exclusion", "seniorcards_namesake", "seniorcards_alert")  # fmt: skip
STATEMENTS = (
    "SELECT * FROM shared.{}",
    "SELECT count(*) FROM shared.{}",
    "SELECT 1 FROM shared.{} LIMIT 1",
    "COPY shared.{} TO STDOUT",
    "COPY (TABLE shared.{}) TO STDOUT",
    "TABLE shared.{}",
    "INSERT INTO shared.{} DEFAULT VALUES",
    "SELECT * FROM shared.{} FOR UPDATE",
    "DELETE FROM shared.{}",
    "TRUNCATE shared.{}",
    "DO $$ BEGIN LOCK TABLE shared.{}; END $$",
    "CREATE INDEX ON shared.{} ((1))",
    "CREATE TRIGGER t AFTER INSERT ON shared.{} EXECUTE FUNCTION shared.senior_card_changed()",
    "GRANT SELECT ON shared.{} TO CURRENT_USER",
    "ALTER TABLE shared.{} OWNER TO CURRENT_USER",
    "SELECT * FROM shared.senior_matches(NULL, '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}') m, shared.{}",
    "WITH gone AS (DELETE FROM shared.{} RETURNING *) SELECT * FROM gone",
    "DO $$ BEGIN PERFORM 1 FROM shared.{}; END $$",
    "EXPLAIN ANALYZE SELECT * FROM shared.{}",
)
CALLS = (
    "SELECT shared.senior_put(0::regclass, 'sports', NULL, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT shared.senior_trace('sports', 'staff', NULL, 'x', 'x', NULL, 'x', '{}')",
    "SELECT shared.senior_matches(NULL, '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT shared.senior_digests('{}', '{}', '{}', '{}', '{}', '{}', '{}', '')",
    "SELECT shared.senior_keys_fit('{}', '{}', true)",
    "SELECT shared.senior_inherit('sports', NULL)",
    "SELECT shared.senior_say(NULL, 'same', NULL, true)",
    "SELECT shared.senior_city_answer(NULL, NULL, 'same')",
    "SELECT shared.senior_decides(NULL)",
    "SELECT shared.senior_set_terms(NULL, 1, 1, 1, false, false)",
    "SELECT * FROM shared.senior_terms()",
    "SELECT shared.senior_rebuild_mark()",
    "SELECT shared.senior_rebuild_begin()",
    "SELECT shared.senior_cards_of('sports', '{}')",
    "SELECT shared.senior_holders('sports', '{}')",
    "SELECT shared.senior_officer('sports', NULL)",
    "SELECT shared.senior_alert('x', 'sports', NULL, NULL)",
    "SELECT shared.senior_part(NULL)",
    "SELECT * FROM shared.senior_rebuild_differences()",
    "SELECT shared.senior_rebuild_replace(NULL, '')",
    "SELECT shared.senior_drop_key('test', 'next')",
    "SELECT shared.senior_purge(1)",
    "SELECT shared.senior_decide(NULL, NULL, 'namesake')",
    "SELECT * FROM shared.senior_counts()",
)
NAMES = ("ヤマザキ", "ヤマサキ", "山崎", "山先", "ミホンハナコ", "1950-04-01", "昭和25", "19500401")


@pytest.mark.parametrize("table", TABLES)
def test_no_statement_of_a_tenant_reaches_a_table(table: str) -> None:
    factories.senior_card()
    with raw("tenant_chuo", schema=CHUO) as connection:
        for statement in STATEMENTS:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(sql.SQL(statement).format(sql.Identifier(table)))


@pytest.mark.parametrize("call", CALLS)
def test_no_inner_function_is_called_by_a_tenant(call: str) -> None:
    with raw("tenant_chuo", schema=CHUO) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(call)


def test_the_city_cannot_read_tokens_either() -> None:
    with raw("kashikan_city") as connection:
        for table in ("senior_card_index", "senior_card_index_rebuilt", "seniorcards_hit"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SELECT 1 FROM shared.{}").format(sql.Identifier(table)))
        for column in ("prefix", "digests", "card_uid"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SELECT {} FROM shared.seniorcards_call").format(sql.Identifier(column)))


def test_a_desk_of_one_facility_cannot_ask_as_another(superuser: psycopg.Connection) -> None:
    """With a login of its own, as in production: neither SET ROLE nor a setting makes it another facility."""
    login = sql.Identifier(f"kashikan_temporary_{secrets.token_hex(4)}")
    superuser.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT IN ROLE tenant_chuo").format(login))
    database = sql.Identifier(superuser.info.dbname)
    superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, login))
    try:
        with raw() as connection:
            url = make_conninfo(connection.info.dsn, user=login._obj[0])
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET ROLE tenant_chuo")
            for attack in ("SET ROLE tenant_sports", "SELECT set_config('role', 'tenant_sports', false)",
                           "SET SESSION AUTHORIZATION kashikan_owner", "SET LOCAL ROLE kashikan_city"):  # fmt: skip
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(attack)
            connection.execute("SELECT set_config('kashikan.account', 'tenant_sports', false)")
            assert connection.execute("SELECT * FROM shared.senior_inquiries()").fetchall() == []
    finally:
        superuser.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(login))


def test_a_crafted_search_path_changes_nothing() -> None:
    """The functions name their own; and nobody may make a table or a function that could come first."""
    factories.senior_card()
    draft = factories.senior_card_draft(SPORTS)
    tokens = factories.tokens_for("カクウタロウ", "架空太郎", draft.registrant.birth_date)  # type: ignore[arg-type]
    with raw("tenant_sports", schema=SPORTS) as connection:
        connection.execute("SET search_path = pg_temp, sports, shared")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("CREATE TEMP TABLE seniorcards_call (id uuid)")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("CREATE FUNCTION sports.senior_caller() RETURNS text LANGUAGE sql AS $$SELECT 'chuo'$$")
        with pytest.raises(errors.IntegrityError):
            connection.execute(
                asking.CHECK,
                [uuid4(), *arrays(tokens)],
            )


def test_the_portal_and_the_bare_login_call_nothing() -> None:
    for role in ("kashikan_portal", ""):
        with raw(role) as connection, pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM shared.senior_inquiries()")


def a_whole_journey() -> None:
    """Issue, check, verify, inquire, answer, retoken: everything that writes into what is shared."""
    issued = factories.individual(family_name="山崎", family_kana="ヤマザキ")
    factories.senior_card(registrant=issued, former_name="見本花子", former_kana="ミホンハナコ")
    applicant = factories.individual(SPORTS, family_name="山先", family_kana="ヤマサキ")
    draft = factories.senior_card_draft(SPORTS, registrant=applicant)
    asking = Actor(kind="staff", id=factories.card_officer(SPORTS).pk)
    with as_tenant(SPORTS):
        ticket = ask_index(actor=asking, card=draft.pk, purpose="new", identity_checked=True)
        [hit] = answer_of(card=draft.pk, ticket=ticket)
        number_fits(actor=asking, card=draft.pk, purpose="new", identity_checked=True, number="RA-000009-1")
        inquiry = open_inquiry(actor=asking, hit=hit.hit)
    with as_tenant(CHUO):
        answering = Actor(kind="staff", id=factories.card_officer().pk)
        answer_inquiry(actor=answering, inquiry=inquiry, answer="other", note="持ち主の山崎さんに電話")
    factories.issue(draft, SPORTS)
    retoken_cards(CHUO)


def dump(superuser: psycopg.Connection, *schemas: str) -> str:
    """Every row of every table of ``schemas`` in text, as a dump has it."""
    tables = superuser.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY (%s)", [list(schemas)]
    ).fetchall()
    parts: list[bytes] = []
    for table in tables:
        with superuser.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(*table))) as rows:
            parts.extend(bytes(row) for row in rows)
    return b"".join(parts).decode()


def test_no_name_birth_date_or_number_stands_in_the_shared_schema(superuser: psycopg.Connection) -> None:
    a_whole_journey()
    numbers = [row[0] for row in superuser.execute("SELECT number FROM chuo.registrants_card")]
    shared, own = dump(superuser, "shared"), dump(superuser, "chuo")
    assert [secret for secret in (*NAMES, *numbers) if secret in shared] == []
    assert all(secret in own for secret in ("ヤマザキ", "1950-04-01", *numbers))  # so that the look would have found it


def test_nothing_of_a_person_is_logged_or_sent_to_the_broker(
    broker: Redis, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    a_whole_journey()
    told = "".join(capfd.readouterr()) + caplog.text
    told += "".join(str(broker.dump(key)) + str(key) for key in broker.keys("*"))
    assert [secret for secret in NAMES if secret in told] == []


def test_the_key_is_in_no_table(superuser: psycopg.Connection) -> None:
    a_whole_journey()
    key = os.environ["KASHIKAN_SENIOR_KEYS"].split(":")[1]
    whole = dump(superuser, "shared", "chuo", "sports")
    assert key not in whole
    assert "known to everybody" not in whole
