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


@pytest.mark.parametrize("table", ["registrants_linkcode", "registrants_emergencycontact", "registrants_groupmember"])
def test_a_citizen_reads_no_codes_no_contacts_and_no_rosters(portal: psycopg.Connection, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        portal.execute(f"SELECT count(*) FROM {table}")  # names of the list above


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


@pytest.mark.parametrize("function", ["own_registrations()", "unlink_own(NULL)", "end_account()", "own_bookings()"])
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
