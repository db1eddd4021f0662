"""The city rules how people sign in, resets second factors, and sees what was noticed; each with its right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.policies.models import SignInPolicy
from shared.staff.models import Authenticator, RecoveryCode, Role, StaffAccount
from shared.staff.policies import policy_now
from shared.staff.rules.policy import BOUNDS, DEFAULT
from shared.staff.second_factor import has_second_factor
from tests import factories
from tests.shared.staff.support import at_desk, enter, is_inside, with_app
from tests.support.clients import client_at, signed_in
from tests.support.raw import raw, raw_owner
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, TENANTS

pytestmark = pytest.mark.usefixtures("database")
OUT = (psycopg.errors.CheckViolation, psycopg.errors.NumericValueOutOfRange)
PAGES = ["/office/sign-in/", "/office/sign-in/chuo/", "/office/second-factors/", "/office/sign-in-signs/"]


@pytest.fixture
def systems() -> StaffAccount:
    return factories.city_officer(roles=[Role.SYSTEMS])


@pytest.fixture
def office(systems: StaffAccount) -> Client:
    return signed_in(client_at(settings.CITY_HOST), systems)


def typed(**values: Any) -> dict[str, Any]:
    given = {name: getattr(DEFAULT, name) for name in BOUNDS}
    return {**given, "roles": [], "valid_from": clock.today().isoformat(), "reason": "規程の改正"} | values


@pytest.mark.parametrize("page", PAGES)
def test_a_department_is_refused(page: str) -> None:
    client = signed_in(client_at(settings.CITY_HOST), factories.city_officer(roles=[Role.DEPARTMENT]))
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_systems_sees_each(office: Client, page: str) -> None:
    assert office.get(page).status_code == 200


def test_a_policy_holds_from_its_day_at_its_place_alone(office: Client) -> None:
    assert office.post("/office/sign-in/chuo/", typed(least_length=16, tries=3)).status_code == 302
    with as_tenant(CHUO):
        assert (policy_now().least_length, policy_now().tries) == (16, 3)
    with as_tenant(BUNKA):
        assert policy_now() == DEFAULT
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    office.post("/office/sign-in/bunka/", typed(least_length=20, valid_from=tomorrow))
    with as_tenant(BUNKA):
        assert policy_now() == DEFAULT


def test_the_last_of_a_day_holds_and_the_first_stays_to_be_read(office: Client) -> None:
    for length in (16, 18):
        office.post("/office/sign-in/chuo/", typed(least_length=length))
    with as_tenant(CHUO):
        assert policy_now().least_length == 18
    assert "16文字以上" in office.get("/office/sign-in/chuo/").content.decode()


def test_what_is_set_rules_the_next_sign_in(office: Client) -> None:
    office.post("/office/sign-in/chuo/", typed(tries=3, roles=[Role.RECEPTION]))
    clerk = factories.clerk()
    assert [enter(at_desk("192.0.2.7"), clerk, "wrong").status_code for _ in range(4)] == [422] * 3 + [429]
    client = at_desk()
    enter(client, clerk)
    assert client.get("/inbox/").headers["Location"] == "/account/second-factor/"


def test_a_policy_is_audited(office: Client, systems: StaffAccount) -> None:
    office.post("/office/sign-in/chuo/", typed(least_length=16))
    with as_city():
        entry = AuditEntry.objects.get(action=Action.CHANGE)
    assert (entry.actor_id, entry.object_id, entry.detail["values"]["least_length"]) == (systems.pk, CHUO, 16)


@pytest.mark.parametrize(
    "values",
    [
        {"least_length": 9},
        {"tries": 11},
        {"lock_minutes": 4},
        {"idle_minutes": 31},
        {"absolute_hours": 13},
        {"history": 4},
        {"rotation_days": 29},
        {"kinds": "x"},
        {"kinds": ""},
        {"least_length": "9" * 30},
        {"reason": ""},
        {"valid_from": "2020-01-01"},
        {"valid_from": "x"},
        {"roles": ["nobody"]},
        {"roles": [Role.SYSTEMS]},
    ],
)
def test_what_is_weaker_than_the_floor_or_unreadable_is_told_and_not_set(office: Client, values: Any) -> None:
    answer = office.post("/office/sign-in/chuo/", typed(**values))
    assert answer.status_code in {400, 409, 422}
    assert "field--invalid" in answer.content.decode()
    with as_city():
        assert not SignInPolicy.objects.exists()


@pytest.mark.parametrize("name", BOUNDS)
def test_postgresql_keeps_the_floor_too(name: str) -> None:
    columns = ", ".join(BOUNDS)
    for value in (BOUNDS[name][0] - 1, BOUNDS[name][1] + 1):
        given = [value if one == name else getattr(DEFAULT, one) for one in BOUNDS]
        with (
            raw_owner() as owner,
            pytest.raises(OUT),
        ):
            owner.execute(
                f"INSERT INTO shared.policies_signinpolicy (place, valid_from, {columns}, second_factor_roles, reason,"
                f" made_at) VALUES ('chuo', now(), {', '.join(map(str, given))}, '{{}}', 'x', now())"
            )


def test_a_desk_reads_no_other_places_policy(office: Client) -> None:
    for place in (CHUO, BUNKA):
        office.post(f"/office/sign-in/{place}/", typed())
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk:
        assert desk.execute("SELECT place FROM policies_signinpolicy").fetchall() == [(CHUO,)]


def test_an_unknown_place_is_not_found(office: Client) -> None:
    assert office.get("/office/sign-in/nowhere/").status_code == 404
    assert office.post("/office/sign-in/nowhere/", typed()).status_code == 404


def reset(client: Client, account: StaffAccount, place: str = CHUO, reason: str = "端末の紛失") -> Any:
    return client.post(f"/office/second-factors/{place}/{account.pk}/", {"reason": reason})


def test_a_reset_takes_app_and_codes_away_ends_sessions_and_is_audited_twice(
    office: Client, systems: StaffAccount, clerk: StaffAccount, desk: Client
) -> None:
    with_app(clerk)
    assert clerk.login_id in office.get("/office/second-factors/").content.decode()
    assert reset(office, clerk).status_code == 302
    with as_tenant(CHUO):
        assert not Authenticator.objects.exists()
        assert not RecoveryCode.objects.exists()
        assert AuditEntry.objects.filter(action=Action.PERMISSION, actor_id=systems.pk).count() == 1
    with as_city():
        assert AuditEntry.objects.get(action=Action.PERMISSION).purpose == "端末の紛失"
    assert not is_inside(desk)
    client = at_desk()
    assert enter(client, clerk).headers["Location"] == "/"


def test_a_reset_without_a_reason_changes_nothing(office: Client, clerk: StaffAccount) -> None:
    with_app(clerk)
    assert reset(office, clerk, reason="").status_code == 422
    with as_tenant(CHUO):
        assert has_second_factor(clerk)


def test_who_has_none_cannot_be_reset(office: Client, clerk: StaffAccount) -> None:
    assert reset(office, clerk).status_code == 404
    assert reset(office, clerk, place="nowhere").status_code == 404


@pytest.mark.parametrize("roles", [[Role.GENERAL], [Role.AUDITOR], [Role.DEPARTMENT]])
def test_the_database_refuses_a_reset_by_anybody_else(roles: list[Role], clerk: StaffAccount) -> None:
    with_app(clerk)
    officer = factories.city_officer(roles=roles)
    client = signed_in(client_at(settings.CITY_HOST), officer)
    assert reset(client, clerk).status_code == 403
    with raw("kashikan_city", schema="shared") as city, pytest.raises(psycopg.errors.CheckViolation):
        city.execute("SELECT reset_second_factor('chuo', %s, %s, NULL, '')", [clerk.pk, officer.pk])
    with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute("SELECT shared.reset_second_factor('chuo', %s, %s, NULL, '')", [clerk.pk, officer.pk])


def test_signs_of_all_places_are_seen_with_the_place(office: Client) -> None:
    clerk = factories.clerk()
    for _ in range(5):
        enter(at_desk("192.0.2.7"), clerk, "wrong")
    told = office.get("/office/sign-in-signs/").content.decode()
    assert clerk.login_id in told
    assert "192.0.2.7" in told
    assert "失敗が続き" in told


def test_two_places_at_once_are_told_among_shared_ids_and_nowhere_else(office: Client) -> None:
    clerk = factories.clerk()
    for address in ("192.0.2.7", "192.0.2.8"):
        enter(at_desk(address), clerk)
    assert clerk.login_id not in office.get("/office/sign-in-signs/").content.decode()
    assert clerk.login_id in office.get("/ids/findings/").content.decode()


@pytest.mark.parametrize("page", ["/office/sign-in-signs/", "/office/second-factors/", "/office/sign-in/"])
@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_as_many_statements_whatever_there_is(office: Client, page: str, number: int) -> None:
    for schema in TENANTS[:number]:
        clerk = factories.clerk(schema)
        for _ in range(5):
            enter(at_desk(schema=schema), clerk, "wrong")
        with_app(clerk, schema)
    office.get("/")
    with count_statements() as sent:
        office.get(page)
    assert sent.count <= {"/office/sign-in-signs/": 6, "/office/second-factors/": 6, "/office/sign-in/": 5}[page], sent
