"""Isolation seen from a request: raw SQL in a view, exceptions, caches, cookies and hosts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test import Client
from redis import Redis

from shared.requests import Account
from tenants import directory
from tenants.models import Tenant, TenantState
from tenants.scope import ScopeError
from tenants.site import Site
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import BUNKA, CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database", "pages")
Desk = Callable[[str], Client]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """All sites answer with ``tests.isolation.pages``."""
    monkeypatch.setattr(Site, "urlconf", property(lambda _site: "tests.isolation.pages"))


def answer(client: Client, path: str, **query: str) -> Any:
    """The JSON of a page that answers with 200."""
    response = client.get(path, query)
    assert response.status_code == 200
    return json.loads(response.content)


def database_of(client: Client) -> list[str]:
    found: list[str] = answer(client, "/who/")["database"]
    return found


@pytest.mark.parametrize(
    ("host", "statement"),
    [
        ("chuo.localhost", "SELECT * FROM sports.registrants_registrant"),
        ("chuo.localhost", "SELECT * FROM sports.bookings_room"),
        ("chuo.localhost", "UPDATE sports.bookings_booking SET reason = 'x'"),
        ("chuo.localhost", "INSERT INTO sports.audit_auditentry DEFAULT VALUES"),
        ("chuo.localhost", "SELECT * FROM accounts_portalaccount"),
        ("chuo.localhost", "SELECT * FROM city_registrant"),
        ("yoyaku.localhost", "SELECT * FROM chuo.registrants_emergencycontact"),
        ("yoyaku.localhost", "SELECT phone_key FROM chuo.registrants_registrant"),
        ("yoyaku.localhost", "SELECT * FROM chuo.staff_staffaccount"),
        ("city.localhost", "SELECT * FROM chuo.registrants_registrant"),
        ("city.localhost", "DELETE FROM chuo.bookings_booking"),
    ],
)
def test_raw_sql_in_a_view_is_refused_by_the_database(host: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        client_at(host).get("/run/", {"sql": statement})


def test_each_site_works_as_its_own_role_in_its_own_schema(
    portal_client: Client, city_client: Client, desk_client: Desk
) -> None:
    assert database_of(portal_client) == ["kashikan_portal", "shared", ""]
    assert database_of(city_client) == ["kashikan_city", "shared", ""]
    assert database_of(desk_client(CHUO)) == ["tenant_chuo", "chuo", ""]


def test_a_portal_page_of_one_place_works_in_its_schema_as_the_portal(portal_client: Client) -> None:
    place = answer(portal_client, "/places/sports/who/")
    nowhere = answer(portal_client, "/places/nowhere/who/")
    assert place["database"][:2] == ["kashikan_portal", "sports"]
    assert nowhere["database"][:2] == ["kashikan_portal", "shared"]


def test_a_citizens_account_is_told_to_the_database_for_one_request_only(portal_client: Client) -> None:
    citizen = factories.citizen_with_registration()
    seen = database_of(signed_in(portal_client, citizen.account))
    visitor = database_of(client_at(settings.PORTAL_HOST))
    assert seen == ["kashikan_portal", "shared", str(citizen.account.pk)]
    assert visitor == ["kashikan_portal", "shared", ""]


def test_becoming_another_tenant_inside_a_transaction_raises_and_the_connection_stays_usable(desk_client: Desk) -> None:
    desk = desk_client(CHUO)
    with pytest.raises(ScopeError):
        desk.get("/become/", {"schema": SPORTS})
    assert database_of(desk)[:2] == ["tenant_chuo", "chuo"]


@pytest.mark.parametrize(
    "statement",
    ["SET ROLE tenant_sports", "RESET ROLE", "SET search_path = sports", "SET kashikan.account = 'x'"],
)
def test_a_view_that_changes_the_session_itself_leaves_the_next_request_unharmed(
    desk_client: Desk, statement: str
) -> None:
    answer(desk_client(CHUO), "/run/", sql=statement)
    assert database_of(desk_client(BUNKA)) == ["tenant_bunka", "bunka", ""]
    assert database_of(desk_client(CHUO)) == ["tenant_chuo", "chuo", ""]


def test_an_exception_in_a_view_leaves_the_next_request_of_the_thread_unharmed(desk_client: Desk) -> None:
    with pytest.raises(RuntimeError, match="a bug"):
        desk_client(CHUO).get("/fail/")
    assert not connection.in_atomic_block
    assert database_of(desk_client(SPORTS)) == ["tenant_sports", "sports", ""]


def test_after_a_request_the_connection_has_no_right_left(desk_client: Desk) -> None:
    answer(desk_client(CHUO), "/who/")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM chuo.bookings_room")


def test_a_response_that_reads_after_its_request_is_over_reads_nothing(desk_client: Desk) -> None:
    factories.individual(CHUO)
    response = desk_client(CHUO).get("/stream/")
    with pytest.raises(ProgrammingError, match="does not exist"):
        response.getvalue()


HOSTS = ["chuo.localhost", "sports.localhost", "yoyaku.localhost", "city.localhost"]


def test_what_one_site_cached_is_no_other_sites() -> None:
    first = [client_at(host).get("/remember/").content.decode() for host in HOSTS]
    again = [client_at(host).get("/remember/").content.decode() for host in HOSTS]
    assert first == again == HOSTS


def test_every_key_in_the_cache_names_role_and_schema(broker: Redis) -> None:
    for host in HOSTS:
        for page in ("/remember/", "/cached/"):
            client_at(host).get(page)
    scopes = {tuple(str(key).split(":")[1:3]) for key in broker.scan_iter()}
    assert scopes == {
        ("tenant_chuo", "chuo"),
        ("tenant_sports", "sports"),
        ("kashikan_portal", "shared"),
        ("kashikan_city", "shared"),
    }


@pytest.fixture
def accounts() -> dict[str, Account]:
    """Host -> somebody who may sign in there."""
    return {
        "chuo.localhost": factories.clerk(CHUO),
        "sports.localhost": factories.clerk(SPORTS),
        "yoyaku.localhost": factories.portal_account(),
        "city.localhost": factories.city_officer(),
    }


def test_a_session_is_good_at_its_own_host(accounts: dict[str, Account]) -> None:
    for host, account in accounts.items():
        assert answer(signed_in(client_at(host), account), "/who/")["account"] == str(account.pk)


def test_a_session_cookie_taken_to_another_host_is_worth_nothing(accounts: dict[str, Account]) -> None:
    for home, account in accounts.items():
        [cookie] = signed_in(client_at(home), account).cookies.values()
        for other in accounts.keys() - {home}:
            thief = client_at(other)
            for name in settings.SESSION_COOKIE_NAMES.values():
                thief.cookies[name] = cookie.value
            assert answer(thief, "/who/")["account"] is None, f"{home} -> {other}"


def test_each_sites_cookie_has_its_own_name_and_stays_with_its_host() -> None:
    cookies = [
        client_at(host).get("/visit/").cookies for host in ("yoyaku.localhost", "city.localhost", "chuo.localhost")
    ]
    assert [list(jar) for jar in cookies] == [["kashikan_portal"], ["kashikan_city"], ["kashikan_desk"]]
    for cookie in (next(iter(jar.values())) for jar in cookies):
        assert (cookie["domain"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_a_session_of_an_account_that_was_stopped_is_worth_nothing(desk_client: Desk) -> None:
    clerk = factories.clerk(CHUO)
    desk = signed_in(desk_client(CHUO), clerk)
    factories.change_account(clerk, is_active=False)
    assert answer(desk, "/who/")["account"] is None


def test_a_session_of_an_old_password_is_worth_nothing(desk_client: Desk) -> None:
    clerk = factories.clerk(CHUO)
    desk = signed_in(desk_client(CHUO), clerk)
    clerk.set_password("ookami-to-suzume-7")
    with as_tenant(CHUO):
        clerk.save(update_fields=["password"])
    assert answer(desk, "/who/")["account"] is None


@pytest.mark.parametrize(
    "host",
    [
        "unknown.localhost",
        "localhost",
        "",
        "chuo.localhost.",
        "chuo",
        "127.0.0.1",
        "[::1]",
        "x'\"<b>",
        "shared.localhost",
    ],
)
def test_an_unknown_host_is_a_plain_404_that_tells_nothing(host: str) -> None:
    response = client_at(host).get("/who/")
    assert response.status_code == 404
    assert response.content == b"404 Not Found\n"
    assert set(response.headers) == {"Content-Type", "X-Request-Number"}
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.cookies == {}


def test_a_host_is_known_whatever_its_case_and_port() -> None:
    assert database_of(client_at("CHUO.localhost:8000"))[1] == "chuo"


def test_a_suspended_tenants_desk_says_so_and_it_has_no_place_at_the_portal(portal_client: Client) -> None:
    with as_city():
        Tenant.objects.filter(schema_name=BUNKA).update(state=TenantState.SUSPENDED)
    directory.forget()
    assert client_at("bunka.localhost").get("/who/").status_code == 503
    assert answer(portal_client, "/places/bunka/who/")["database"][1] == "shared"


def test_a_process_serves_only_the_sites_it_is_told_to(settings: Any) -> None:
    settings.SITES = frozenset({"portal"})
    assert client_at("yoyaku.localhost").get("/who/").status_code == 200
    assert client_at("chuo.localhost").get("/who/").status_code == 404
    assert client_at("city.localhost").get("/who/").status_code == 404
