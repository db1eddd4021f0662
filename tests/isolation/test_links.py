"""What passes between portal and facilities, by forged statements: nobody links, registers or resets for another."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from tests import factories
from tests.factories import Citizen
from tests.support.raw import raw
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
PORTAL = "kashikan_portal"
REGISTER = (
    "INSERT INTO registrants_registrant (id, number, kind, state, portal_account, group_name, group_kana, family_name,"
    " given_name, family_kana, given_kana, birth_date, postal_code, address, phone, kana_key, phone_key, registered_on,"
    " extras, version) VALUES (gen_random_uuid(), %s, 'individual', %s, %s, '', '', 'a', 'b', 'c', 'd', '1950-01-01',"
    " '2701396', 'x', '1', 'k', '1', now(), '{}', 1)"
)
ACT = (
    "INSERT INTO registrants_registrationact (registrant_id, at, act, effective_on, actor_kind, actor_id, cause,"
    " reason, changes) VALUES (%s, now(), %s, now(), 'citizen', %s, '', '', '{}')"
)
REQUEST = (
    "INSERT INTO registrants_citizenrequest (registrant_id, kind, account, asked_at, wishes, note, state, answer)"
    " VALUES (%s, 'correction', %s, now(), '{}', '', %s, '')"
)
CODE = (
    "INSERT INTO registrants_linkcode (registrant_id, purpose, code_hash, made_at, made_by, expires_at, attempts)"
    " VALUES (%s, %s, 'h', now(), gen_random_uuid(), now() + interval '1 day', 0)"
)


@pytest.fixture
def mine() -> Citizen:
    return factories.citizen_with_registration(CHUO)


@pytest.fixture
def other() -> Citizen:
    return factories.citizen_with_registration(CHUO)


@pytest.fixture
def portal(mine: Citizen) -> Iterator[psycopg.Connection]:
    with raw(PORTAL, schema=CHUO, account=mine.account.pk) as connection:
        yield connection


@pytest.fixture
def desk() -> Iterator[psycopg.Connection]:
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        yield connection


def links(superuser: psycopg.Connection) -> set[tuple[str, uuid.UUID]]:
    query = (
        "SELECT t.schema_name, l.registration FROM shared.accounts_portallink l"
        " JOIN shared.tenants_tenant t ON t.id = l.tenant_id"
    )
    return set(superuser.execute(query).fetchall())


def test_a_citizen_registers_provisionally_for_the_own_account_alone(
    portal: psycopg.Connection, mine: Citizen, other: Citizen
) -> None:
    portal.execute(REGISTER, ["X-1", "provisional", mine.account.pk])
    for state, account in (("active", mine.account.pk), ("provisional", other.account.pk), ("provisional", None)):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            portal.execute(REGISTER, ["X-2", state, account])
    with pytest.raises(errors.UniqueViolation):
        portal.execute(REGISTER, ["X-3", "provisional", mine.account.pk])


def test_a_citizen_changes_no_registration(portal: psycopg.Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        portal.execute("UPDATE registrants_registrant SET state = 'active'")


def test_a_citizen_writes_only_the_own_acts_and_requests(
    portal: psycopg.Connection, mine: Citizen, other: Citizen
) -> None:
    own, account = mine.registrant.pk, mine.account.pk
    portal.execute(ACT, [own, "link", account])
    portal.execute(REQUEST, [own, account, "open"])
    for statement, values in (
        (ACT, [own, "approve", account]),
        (ACT, [own, "link", other.account.pk]),
        (ACT, [other.registrant.pk, "link", account]),
        (REQUEST, [other.registrant.pk, account, "open"]),
        (REQUEST, [own, other.account.pk, "open"]),
        (REQUEST, [own, account, "accepted"]),
    ):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            portal.execute(statement, values)


def test_a_citizen_sees_no_request_and_no_card_of_another(
    portal: psycopg.Connection, superuser: psycopg.Connection, other: Citizen
) -> None:
    superuser.execute("SET search_path = chuo, shared")
    superuser.execute(REQUEST, [other.registrant.pk, other.account.pk, "open"])
    superuser.execute("RESET search_path")
    assert portal.execute("SELECT id FROM registrants_citizenrequest WHERE true").fetchall() == []
    assert portal.execute("SELECT id FROM registrants_card WHERE true").fetchall() == []


@pytest.mark.parametrize(
    "table",
    [
        "registrants_linkcode",
        "registrants_emergencycontact",
        "registrants_groupmember",
        "registrants_rostersummary",
        "registrants_identitycheck",
        "registrants_registrationact",
        "registrants_merge",
        "registrants_usestop",
        "registrants_visit",
        "bookings_staffnote",
        "bookings_bookingact",
        "audit_auditentry",
        "staff_staffaccount",
    ],
)
def test_a_citizen_reads_no_codes_no_contacts_no_rosters_and_nothing_that_staff_wrote(
    portal: psycopg.Connection, table: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        portal.execute(f"SELECT count(*) FROM {table}")  # names of the list above


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("bookings_penaltypoint", "note"),
        ("bookings_penaltypoint", "void_reason"),
        ("bookings_measure", "reason"),
        ("bookings_measure", "points"),
        ("bookings_pastbooking", "source_key"),
        ("registrants_citizenrequest", "decided_by"),
        ("registrants_card", "special_reason"),
    ],
)
def test_of_what_a_citizen_reads_what_staff_wrote_is_left_out(
    portal: psycopg.Connection, table: str, column: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        portal.execute(f"SELECT {column} FROM {table}")  # names of the list above


def test_without_an_account_no_code_is_tried(superuser: psycopg.Connection, other: Citizen) -> None:
    superuser.execute("UPDATE chuo.registrants_registrant SET portal_account = NULL")
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk:
        desk.execute(CODE, [other.registrant.pk, "link"])
    for account in (None, uuid.uuid4()):
        with raw(PORTAL, account=account) as visitor:
            told = visitor.execute(
                "SELECT * FROM shared.redeem_link_code('chuo', %s, 'h')", [other.registrant.number]
            ).fetchone()
        assert told == ("wrong", None)
    assert superuser.execute("SELECT attempts FROM chuo.registrants_linkcode").fetchone() == (0,)


@pytest.mark.parametrize("place", ["shared", "pg_catalog", "chuo; DROP SCHEMA chuo", ""])
def test_a_place_that_is_no_tenant_links_nothing(mine: Citizen, place: str) -> None:
    with raw(PORTAL, account=mine.account.pk) as portal:
        told = portal.execute("SELECT * FROM shared.redeem_link_code(%s, 'A', 'h')", [place]).fetchone()
    assert told == ("wrong", None)


def test_the_list_of_links_follows_the_tenants_rows(
    desk: psycopg.Connection, superuser: psycopg.Connection, mine: Citizen
) -> None:
    assert links(superuser) == {(CHUO, mine.registrant.pk)}
    desk.execute("UPDATE registrants_registrant SET portal_account = NULL")
    assert links(superuser) == set()
    desk.execute("UPDATE registrants_registrant SET portal_account = %s", [uuid.uuid4()])
    assert links(superuser) == set()


def test_a_tenant_touches_no_link_of_another_by_the_same_id(superuser: psycopg.Connection, mine: Citizen) -> None:
    forged = factories.individual(BUNKA, id=mine.registrant.pk, portal_account=mine.account.pk)
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as bunka:
        bunka.execute("UPDATE registrants_registrant SET portal_account = NULL WHERE id = %s", [forged.pk])
    assert links(superuser) == {(CHUO, mine.registrant.pk)}


@pytest.mark.parametrize("table", ["accounts_portallink", "accounts_portalaccount", "accounts_accounttoken"])
def test_a_tenant_learns_of_no_account_and_no_other_link(desk: psycopg.Connection, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        desk.execute(f"SELECT count(*) FROM shared.{table}")  # names of the list above


@pytest.mark.parametrize("function", [
    "own_registrations()", "unlink_own(NULL)", "end_account()", "own_bookings()", "own_ledgers('{}')",
    "account_of_number('A', 'A-000001-8')", "forget_own_provisional('chuo', gen_random_uuid(), current_date)",
])  # fmt: skip
def test_a_tenant_calls_nothing_of_the_citizens(desk: psycopg.Connection, function: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        desk.execute(f"SELECT shared.{function}")  # names of the list above


def test_a_slip_opens_the_account_of_the_registration_and_needs_one(
    desk: psycopg.Connection, superuser: psycopg.Connection, mine: Citizen
) -> None:
    alone = factories.individual()
    with pytest.raises(errors.ForeignKeyViolation):
        desk.execute(CODE, [alone.pk, "reset"])
    desk.execute(CODE, [mine.registrant.pk, "reset"])
    tokens = superuser.execute("SELECT purpose, account_id, code_hash FROM shared.accounts_accounttoken").fetchall()
    assert tokens == [("reset", mine.account.pk, "h")]


def test_an_account_ends_for_its_holder_alone(superuser: psycopg.Connection, mine: Citizen, other: Citizen) -> None:
    with raw(PORTAL) as visitor:
        visitor.execute("SELECT shared.end_account()")
    assert len(links(superuser)) == 2
    with raw(PORTAL, account=mine.account.pk) as portal:
        portal.execute("SELECT shared.unlink_own(%s)", [other.registrant.pk])
        assert len(links(superuser)) == 2
        portal.execute("SELECT shared.end_account()")
    assert links(superuser) == {(CHUO, other.registrant.pk)}


def test_a_number_tells_its_account_and_nothing_else(mine: Citizen) -> None:
    with raw(PORTAL) as visitor:
        for prefix, number, told in (
            ("A", mine.registrant.number, mine.account.pk),
            ("A", factories.individual().number, None),
            ("B", mine.registrant.number, None),
            ("chuo; DROP SCHEMA chuo", mine.registrant.number, None),
        ):
            assert visitor.execute("SELECT shared.account_of_number(%s, %s)", [prefix, number]).fetchone() == (told,)


def test_nobody_forgets_anothers_provisional_registration_or_one_that_was_completed(
    superuser: psycopg.Connection, mine: Citizen, other: Citizen
) -> None:
    waiting = factories.citizen_with_registration(state="provisional")
    forget = "SELECT shared.forget_own_provisional(%s, %s, current_date)"
    for account, place, registration in (
        (mine.account.pk, CHUO, waiting.registrant.pk),
        (None, CHUO, waiting.registrant.pk),
        (waiting.account.pk, BUNKA, waiting.registrant.pk),
        (mine.account.pk, CHUO, mine.registrant.pk),
        (waiting.account.pk, "pg_catalog", waiting.registrant.pk),
    ):
        with raw(PORTAL, account=account) as portal:
            assert portal.execute(forget, [place, registration]).fetchone() == (False,)
    forgotten = superuser.execute("SELECT count(*) FROM chuo.registrants_registrant WHERE forgotten_on IS NOT NULL")
    assert forgotten.fetchone() == (0,)


def test_of_all_that_a_facility_can_read_nothing_tells_of_another_facility(mine: Citizen) -> None:
    elsewhere = factories.citizen_with_registration(BUNKA, account=mine.account)
    booking = factories.booking_awaiting_permit(elsewhere)
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as bunka:
        bunka.execute(CODE, [elsewhere.registrant.pk, "reset"])
    with raw(PORTAL, schema=BUNKA, account=mine.account.pk) as portal:
        portal.execute(REQUEST, [elsewhere.registrant.pk, mine.account.pk, "open"])
    seen = everything_read_by(f"tenant_{CHUO}")
    assert str(mine.registrant.pk) in seen
    hidden = (
        elsewhere.registrant.pk,
        elsewhere.registrant.number,
        booking.pk,
        mine.account.login_id,
        mine.account.email,
    )
    for fact in map(str, hidden):
        assert fact
        assert fact not in seen


def everything_read_by(role: str) -> str:
    """Every row and column of every relation that ``role`` may read, in any schema, as text."""
    found = []
    with raw(role) as connection:
        relations = connection.execute(
            "SELECT format('%I.%I', n.nspname, c.relname),"
            " array_agg(quote_ident(a.attname)::text ORDER BY a.attnum)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')"
            " GROUP BY 1"
        ).fetchall()
        for relation, columns in relations:
            rows = connection.execute(f"SELECT concat_ws(E'\t', {', '.join(columns)}) FROM {relation}").fetchall()
            found += [row[0] for row in rows]
    assert len(relations) > 50
    return "\n".join(found)
