"""Requests of persons against forged statements: a facility decides on none, and sees no other's."""

from __future__ import annotations

import uuid

import pytest
from psycopg import errors

from tests.support.raw import raw
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
REQUEST = (
    "INSERT INTO compliance_personrequest (id, tenant, fiscal_year, serial, kind, registrant, claimant, document,"
    " received_on, days, note)"
    " VALUES (%s, %s, 2026, 99, 'disclosure', gen_random_uuid(), 'self', 'other', now(), %s, '')"
)
REQUEST_ACT = (
    'INSERT INTO compliance_personrequestact (request_id, tenant, step, "on", at, by_kind, by_name, decision, note,'
    " granted, ground) VALUES (%s, %s, %s, now(), now(), %s, '', %s, '', '{}', '')"
)
IN_PART = (
    'INSERT INTO compliance_personrequestact (request_id, tenant, step, "on", at, by_kind, by_name, decision, note,'
    " granted, ground) VALUES (%s, %s, %s, now(), now(), 'city', '', %s, '', %s, %s)"
)


def test_a_facility_decides_on_no_request_and_asks_in_nobody_elses_name() -> None:
    own = uuid.uuid4()
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk:
        desk.execute(REQUEST, [own, CHUO, 30])
        for statement, values in (
            (REQUEST, [uuid.uuid4(), BUNKA, 30]),
            (REQUEST_ACT, [own, CHUO, "decided", "staff", "granted"]),
            (REQUEST_ACT, [own, CHUO, "carried_out", "city", ""]),
        ):
            with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
                desk.execute(statement, values)
        for statement in ("UPDATE compliance_personrequest SET days = 15", "DELETE FROM compliance_personrequestact"):
            with pytest.raises(errors.InsufficientPrivilege):
                desk.execute(statement)
    with raw(f"tenant_{BUNKA}", schema=BUNKA) as other:
        assert other.execute("SELECT count(*) FROM compliance_personrequest").fetchone() == (0,)
        with pytest.raises(errors.ForeignKeyViolation):
            other.execute(REQUEST_ACT, [own, BUNKA, "received", "staff", ""])


def test_nothing_is_carried_out_that_was_not_granted() -> None:
    own = uuid.uuid4()
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, raw("kashikan_city", schema="shared") as city:
        desk.execute(REQUEST, [own, CHUO, 30])
        for before in ("", "refused"):
            if before:
                city.execute(REQUEST_ACT, [own, CHUO, "decided", "city", before])
            with pytest.raises(errors.CheckViolation, match="not granted"):
                desk.execute(REQUEST_ACT, [own, CHUO, "carried_out", "staff", ""])
        with pytest.raises(errors.CheckViolation):
            desk.execute(REQUEST, [uuid.uuid4(), CHUO, 20])


@pytest.mark.parametrize(
    ("step", "decision", "granted", "ground"),
    [
        ("decided", "partly", ["bookings"], ""),
        ("decided", "partly", [], "2"),
        ("decided", "granted", ["bookings"], "2"),
        ("decided", "granted", ["bookings"], ""),
        ("decided", "granted", [], "2"),
        ("decided", "refused", ["bookings"], "2"),
        ("decided", "refused", [], "2"),
        ("received", "", ["bookings"], "2"),
        ("received", "", [], "7"),
    ],
)
def test_a_part_is_granted_only_with_its_sections_and_the_ground_for_the_rest(
    step: str, decision: str, granted: list[str], ground: str
) -> None:
    own = uuid.uuid4()
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, raw("kashikan_city", schema="shared") as city:
        desk.execute(REQUEST, [own, CHUO, 30])
        with pytest.raises(errors.CheckViolation, match="a_part_is_granted_with_the_ground_for_the_rest"):
            city.execute(IN_PART, [own, CHUO, step, decision, granted, ground])
        assert city.execute("SELECT count(*) FROM compliance_personrequestact").fetchone() == (0,)


def test_no_part_is_without_words_and_what_was_decided_stays() -> None:
    own = uuid.uuid4()
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, raw("kashikan_city", schema="shared") as city:
        desk.execute(REQUEST, [own, CHUO, 30])
        for granted, ground in ((None, "2"), (["bookings"], None)):
            with pytest.raises(errors.NotNullViolation):
                city.execute(IN_PART, [own, CHUO, "decided", "partly", granted, ground])
        with pytest.raises(errors.InsufficientPrivilege):
            desk.execute(IN_PART, [own, CHUO, "decided", "partly", ["bookings"], "2"])
        city.execute(IN_PART, [own, CHUO, "decided", "partly", ["bookings"], "2"])
        for change in ("granted = '{}', ground = ''", "ground = '7'", "decision = 'granted'"):
            for side in (city, desk):
                with pytest.raises(errors.InsufficientPrivilege):
                    side.execute(f"UPDATE compliance_personrequestact SET {change}")
