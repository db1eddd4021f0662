"""Pledge and training before work and in the registers; recounts, findings and the city's own IDs on their pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from apps.compliance.queries.clauses import current_clause
from apps.compliance.services.recounts import open_recounts
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.duties.models import Attendance, Pledge, Training
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.apps.compliance.rostering import account_of, granted, people, rows_of
from tests.shared.documents.pdf import page_words
from tests.support.clients import client_at, signed_in
from tests.support.raw import raw
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import Gate, joined

pytestmark = pytest.mark.usefixtures("database")
NEW_PASSWORD = "midori-no-tsubame-91"


@pytest.fixture
def officer(database: None) -> StaffAccount:
    return factories.city_officer(roles=[Role.SYSTEMS])


@pytest.fixture
def systems(officer: StaffAccount) -> Client:
    return signed_in(client_at(settings.CITY_HOST), officer)


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def version() -> int:
    with as_tenant(CHUO):
        return current_clause("pledge", clock.today()).version


def newcomer(desk_client: Callable[[str], Client]) -> tuple[Client, StaffAccount]:
    clerk = factories.clerk(pledge_version=None, trained_on=None)
    return signed_in(desk_client(CHUO), clerk, entered=False), clerk


def test_whoever_comes_first_promises_and_reads_before_work(desk_client: Callable[[str], Client]) -> None:
    client, clerk = newcomer(desk_client)
    assert client.get("/inbox/").headers["Location"] == "/office/pledge/"
    assert client.post("/office/pledge/", {"version": version()}).status_code == 422
    assert client.get("/inbox/").headers["Location"] == "/office/pledge/"
    assert client.post("/office/pledge/", {"version": version(), "confirmed": "on"}).status_code == 302
    assert client.get("/inbox/").headers["Location"] == "/office/training/"
    assert client.post("/office/training/", {}).status_code == 422
    assert client.post("/office/training/", {"confirmed": "on"}).status_code == 302
    assert client.get("/inbox/").status_code == 200
    with as_tenant(CHUO):
        assert Pledge.objects.get().version == version()
        assert Attendance.objects.get().account_id == clerk.pk
    assert account_of(clerk.login_id).pledge_version == version()


def test_a_new_version_is_asked_for_again(desk_client: Callable[[str], Client]) -> None:
    client, clerk = newcomer(desk_client)
    factories.change_account(clerk, pledge_version=version() - 1)
    assert client.get("/inbox/").headers["Location"] == "/office/pledge/"
    assert client.post("/office/pledge/", {"version": version() - 1, "confirmed": "on"}).status_code == 409


def test_the_citys_own_staff_are_not_asked(city_client: Client) -> None:
    client = signed_in(city_client, factories.city_officer(), entered=False)
    assert client.get("/").headers["Location"] == "/account/second-factor/"


def test_signing_in_with_a_slip_ends_in_force(desk_client: Callable[[str], Client]) -> None:
    made, [slip] = granted(people())
    client = desk_client(CHUO)
    client.post("/login/", {"login_id": slip.login_id, "password": slip.password})
    assert client.get("/inbox/").status_code == 302
    with as_owner(CHUO):
        StaffAccount.objects.using("owner").filter(login_id=slip.login_id).update(one_time_until=None)
    client.get("/inbox/")
    assert rows_of(made)[0].received_at is not None


def test_a_session_is_entered_for_many_at_once(manager: Client) -> None:
    clerks = [factories.clerk(trained_on=None) for _ in range(3)]
    said = {
        "held_on": clock.today().isoformat(),
        "content": "個人情報の取扱い",
        "materials": "周知文",
        "accounts": [str(one.pk) for one in clerks],
    }
    assert manager.post("/office/duties/session/", {**said, "accounts": []}).status_code == 422
    assert manager.post("/office/duties/session/", {**said, "held_on": "2099-01-01"}).status_code == 422
    assert manager.post("/office/duties/session/", said).status_code == 302
    with as_tenant(CHUO):
        assert Training.objects.get().attendances.count() == 3
        assert not StaffAccount.objects.filter(trained_on=None).exists()


def test_somebody_of_another_facility_is_no_one_to_be_trained(manager: Client) -> None:
    said = {"held_on": clock.today().isoformat(), "content": "x", "materials": "x"}
    stranger = str(factories.clerk(SPORTS).pk)
    assert manager.post("/office/duties/session/", {**said, "accounts": [stranger]}).status_code == 422


@pytest.mark.parametrize("number", [1, 4])
def test_the_registers_take_the_same_statements_for_any_number(manager: Client, systems: Client, number: int) -> None:
    for _ in range(number):
        factories.clerk(pledge_version=None)
    with count_statements() as here:
        page = manager.get("/office/duties/")
    assert "誓約が必要" in text_of(page)
    with count_statements() as there:
        page = systems.get("/duties/")
    assert "誓約が必要" in text_of(page)
    assert (here.count, there.count) == (6, 6)


def test_pledges_and_trainings_stay_as_they_are() -> None:
    for table in ("duties_pledge", "duties_training", "duties_attendance"):
        for statement in ("UPDATE {} SET id = id", "DELETE FROM {}"):
            with raw("tenant_chuo", schema=CHUO) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.format(table).encode())


def test_a_recount_is_answered_on_its_page(manager: Client, systems: Client) -> None:
    assert "まだ始まっていません" in text_of(manager.get("/office/recount/"))
    clerk = factories.clerk()
    with as_city():
        open_recounts()
    assert "2件が未回答です" in text_of(manager.get("/office/recount/"))
    assert "棚卸の未回答が2件あります" in text_of(manager.get("/office/roster/"))
    assert manager.post("/office/recount/", {f"answer-{clerk.pk}": "keep", "answer-x": "keep"}).status_code == 302
    assert "1件が未回答です" in text_of(manager.get("/office/recount/"))
    assert manager.post("/office/recount/", {f"answer-{clerk.pk}": "nonsense"}).status_code == 302
    assert "回答中" in text_of(systems.get("/recounts/"))


def test_two_places_at_once_are_shown_to_the_city(systems: Client) -> None:
    clerk = factories.clerk(login_id="shared-one")
    with as_tenant(CHUO):
        for address in ("10.0.0.1", "10.0.0.2"):
            who = Actor("staff", clerk.pk, address)
            record(who, Action.LOGIN, object_type="account", object_id=clerk.pk)
    with count_statements() as statements:
        page = text_of(systems.get("/ids/findings/"))
    assert "shared-one" in page
    assert "2か所から" in page
    assert statements.count == 4


def changed(client: Client, account: UUID, *roles: str, active: bool = True) -> int:
    said = {"roles": list(roles)} | ({"is_active": "on"} if active else {})
    return client.post(f"/accounts/{account}/", said).status_code


def test_the_citys_ids_are_opened_on_a_slip_and_changed(systems: Client) -> None:
    answer = systems.post("/accounts/new/", {"name": "架空　職員", "title": "主事", "roles": ["department"]})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "city0001" in page_words(answer.content, 2)
    with as_city():
        made = StaffAccount.objects.get(login_id="city0001")
    assert made.one_time_until is not None
    assert changed(systems, made.pk, "general", "auditor") == 302
    assert changed(systems, made.pk) == 422
    assert changed(systems, made.pk, "general", active=False) == 302
    with as_city():
        made.refresh_from_db()
    assert (made.roles, made.is_active) == (["general"], False)
    assert systems.post(f"/accounts/{made.pk}/slip/").status_code == 409


def test_nobody_raises_the_own_id(systems: Client, officer: StaffAccount) -> None:
    assert changed(systems, officer.pk, "general", "systems") == 403
    assert systems.post(f"/accounts/{officer.pk}/slip/").status_code == 403


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.GENERAL, Role.AUDITOR])
def test_no_other_role_keeps_the_citys_ids(city_client: Client, role: Role) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    assert [client.get(page).status_code for page in ("/accounts/", "/accounts/new/")] == [403, 403]


def test_the_last_officer_cannot_be_removed_even_by_the_owner(officer: StaffAccount) -> None:
    with as_owner(), pytest.raises(Exception, match="remains"):
        StaffAccount.objects.using("owner").filter(pk=officer.pk).update(is_active=False)


def test_two_officers_who_remove_each_other_leave_one(officer: StaffAccount) -> None:
    other = factories.city_officer(roles=[Role.SYSTEMS])
    call = "SELECT shared.city_account_change(%s, %s, '{general}', true, NULL, '')"
    start = Gate(2)
    said: list[object] = []

    def remove(one: UUID, two: UUID) -> None:
        with raw("kashikan_city", schema="shared") as connection:
            start.wait()
            said.append(connection.execute(call, [one, two]).fetchone())

    threads = [
        threading.Thread(target=remove, args=pair, daemon=True)
        for pair in ((officer.pk, other.pk), (other.pk, officer.pk))
    ]
    for thread in threads:
        thread.start()
    joined(*threads)
    with as_city():
        assert StaffAccount.objects.filter(is_active=True, roles__contains=["systems"]).count() == 1
    assert sorted(str(one) for one in said) in (["('last',)", "(None,)"], ["('role',)", "(None,)"])
