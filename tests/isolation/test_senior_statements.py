"""Every role of the product against every table of the index, by every kind of statement, and around the tables."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql

from shared.seniorcards import asking
from shared.seniorcards.tokens import arrays
from tests import factories
from tests.isolation.test_senior_index import CALLS, STATEMENTS, TABLES
from tests.support.raw import raw
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
NOBODYS = ("tenant_chuo", "tenant_sports", "kashikan_tenant", "kashikan_portal", "")
CITY_READS = frozenset(
    {"seniorcards_call", "seniorcards_inquiry", "seniorcards_alert", "seniorcards_key", "seniorcards_terms"}
)
MORE = (
    "COPY shared.{} FROM STDIN",
    "SELECT ctid, xmin FROM shared.{}",
    "SELECT tableoid FROM shared.{} FOR KEY SHARE",
    "MERGE INTO shared.{} t USING (VALUES (1)) v ON false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES",
    "EXPLAIN SELECT * FROM shared.{}",
    "EXPLAIN (GENERIC_PLAN) SELECT * FROM shared.{}",
    "DECLARE one CURSOR WITH HOLD FOR SELECT * FROM shared.{}",
    "PREPARE one AS SELECT * FROM shared.{}; EXECUTE one",
    "CREATE VIEW chuo.seen AS SELECT * FROM shared.{}",
    "CREATE TABLE chuo.seen AS SELECT * FROM shared.{}",
    "CREATE TABLE chuo.seen (LIKE shared.{})",
    "CREATE RULE seen AS ON INSERT TO shared.{} DO ALSO NOTHING",
    "CREATE POLICY seen ON shared.{} USING (true)",
    "CREATE STATISTICS shared.seen ON card_uid, tenant FROM shared.{}",
    "ALTER TABLE shared.{} DISABLE TRIGGER ALL",
    "COMMENT ON TABLE shared.{} IS 'seen'",
    "DROP TABLE shared.{}",
    "REINDEX TABLE shared.{}",
    "SELECT query_to_xml('SELECT * FROM shared.{}', true, false, '')",
)
WRITES = ("INSERT INTO shared.{} DEFAULT VALUES", "DELETE FROM shared.{}", "TRUNCATE shared.{}", "DROP TABLE shared.{}",
          "COPY shared.{} FROM STDIN", "ALTER TABLE shared.{} DISABLE TRIGGER ALL")  # fmt: skip


def refused(role: str, table: str, statements: tuple[str, ...]) -> list[str]:
    """The statements that PostgreSQL does not refuse ``role``."""
    let = []
    with raw(role, schema=CHUO if role.startswith("tenant") else "") as connection:
        for statement in statements:
            text = statement.replace("{{}}", "{}")
            made = text.replace("shared.{}", f"shared.{table}")
            try:
                connection.execute(made)
            except errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                let.append(f"{statement}: {type(error).__name__}")
            else:
                let.append(statement)
    return let


@pytest.mark.parametrize("role", NOBODYS)
@pytest.mark.parametrize("table", TABLES)
def test_no_statement_of_a_facility_a_citizen_or_a_bare_login_is_let_through(role: str, table: str) -> None:
    factories.senior_card()
    assert refused(role, table, (*STATEMENTS, *MORE)) == []


@pytest.mark.parametrize("table", TABLES)
def test_the_city_reads_counts_and_inquiries_and_writes_nothing(table: str) -> None:
    statements = WRITES if table in CITY_READS else (*STATEMENTS, *MORE)
    assert refused("kashikan_city", table, statements) == []


@pytest.mark.parametrize("role", ["kashikan_portal", "", "kashikan_tenant"])
def test_no_function_of_the_index_is_called_by_whoever_is_no_facility(role: str) -> None:
    names = ("senior_ask", "senior_check", "senior_verify", "senior_clear", "senior_retoken", "senior_lacking",
             "senior_open_inquiry", "senior_inquiries", "senior_answer_inquiry", "senior_rebuild_put")  # fmt: skip
    with raw(role) as connection:
        calls = [*CALLS, *(f"SELECT shared.{name}({_nulls(name)})" for name in names)]
        for call in calls:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(call)


def _nulls(name: str) -> str:
    given = {"senior_ask": 16, "senior_check": 9, "senior_verify": 10, "senior_clear": 9, "senior_retoken": 9,
             "senior_lacking": 3, "senior_open_inquiry": 2, "senior_inquiries": 0, "senior_answer_inquiry": 3,
             "senior_rebuild_put": 10}  # fmt: skip
    return ", ".join(["NULL"] * given[name])


@pytest.mark.parametrize("role", ["tenant_chuo", "kashikan_portal", "kashikan_city"])
def test_statistics_tell_no_token(role: str, superuser: psycopg.Connection) -> None:
    factories.senior_card()
    superuser.execute("ANALYZE shared.senior_card_index")
    with raw(role) as connection:
        for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
            seen = sql.SQL("SELECT count(*) FROM {} WHERE tablename = 'senior_card_index'").format(sql.Identifier(view))
            assert connection.execute(seen).fetchone() == (0,)
        for table in ("pg_statistic", "pg_statistic_ext_data", "pg_authid"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))


def test_nobody_reads_the_question_that_another_session_puts(superuser: psycopg.Connection) -> None:
    with raw("tenant_sports", schema=SPORTS) as other, raw("tenant_chuo", schema=CHUO) as mine:
        other.execute("SELECT 'a token'")
        seen = mine.execute("SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
    assert not any("a token" in (row[0] or "") for row in seen)


@pytest.mark.parametrize("role", ["tenant_chuo", "kashikan_portal"])
def test_the_counter_of_rows_is_not_read(role: str) -> None:
    with raw(role) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("SELECT last_value FROM shared.senior_card_index_id_seq")


def test_a_facility_finds_out_by_no_insert_who_holds_a_card() -> None:
    """The unique index answers nobody: a facility cannot insert, and its entry needs a question that was kept."""
    factories.senior_card(CHUO)
    draft = factories.senior_card_draft(SPORTS)
    held = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
    other = factories.tokens_for("ミホンハナコ", "見本花子", dt.date(1950, 4, 1))
    with raw("tenant_sports", schema=SPORTS) as connection:
        told = [connection.execute(asking.CLEAR, [draft.pk, *arrays(tokens)]).fetchone() for tokens in (held, other)]
    assert told == [("unchecked", 0)] * 2


def test_a_facility_puts_no_trigger_or_operator_of_its_own_in_the_way() -> None:
    with raw("tenant_chuo", schema=CHUO) as connection:
        for attack in (
            "CREATE FUNCTION pg_temp.leak(bytea) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "CREATE OPERATOR chuo.= (leftarg = bytea, rightarg = bytea, function = byteaeq)",
            "CREATE FUNCTION chuo.encode(bytea, text) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
            "CREATE TRIGGER leak AFTER INSERT ON chuo.registrants_card EXECUTE FUNCTION shared.senior_card_issued()",
            "ALTER TABLE chuo.registrants_card DISABLE TRIGGER senior_card_changed",
            "DROP TRIGGER senior_card_issued ON chuo.registrants_card",
            "SET session_replication_role = replica",
            "ALTER FUNCTION shared.senior_caller() OWNER TO CURRENT_USER",
            "CREATE EVENT TRIGGER leak ON ddl_command_end EXECUTE FUNCTION shared.senior_card_changed()",
        ):  # fmt: skip
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(attack)


def test_a_setting_of_the_session_makes_no_caller(superuser: psycopg.Connection) -> None:
    """The functions pin their search path, and ask PostgreSQL who calls."""
    pinned = superuser.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'shared'::regnamespace AND proname LIKE 'senior\\_%'"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=shared, pg_temp']"
    ).fetchall()
    assert pinned == []
    with raw("tenant_chuo", schema=CHUO) as connection:
        connection.execute("SET search_path = ''")
        tokens = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
        with pytest.raises(errors.IntegrityError):
            connection.execute(asking.CHECK, [uuid4(), *arrays(tokens)])
