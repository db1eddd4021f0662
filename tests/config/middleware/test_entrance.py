"""The entrance of a desk and of the city's site: who is let in, and what anybody else learns (nothing)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.models import StaffAccount, StaffSession
from shared.staff.rights import DESK_ROLES
from shared.terminals import TERMINAL_COOKIE
from tenants import directory
from tenants.models import Tenant, TenantState, Terminal
from tenants.scope import OWNER
from tenants.site import Site, site_for
from tests import factories
from tests.support import entrance
from tests.support.clients import client_at, signed_in
from tests.support.entrance import FINGERPRINT, INSIDE, LINE, OUTSIDE, PROXY
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
HEADER = "X-Client-Certificate"


@pytest.fixture
def proxied(settings: Settings) -> None:
    """One trusted proxy, which tells certificates."""
    settings.TRUSTED_PROXIES = (ip_network(f"{PROXY}/32"),)
    settings.CERTIFICATE_HEADER = HEADER


def asked(client: Client, address: str = OUTSIDE, path: str = "/login/", **headers: str) -> int:
    return client.get(
        path, REMOTE_ADDR=address, headers={key.replace("_", "-"): headers[key] for key in headers}
    ).status_code


def at_desk(schema: str = CHUO) -> Client:
    return client_at(f"{schema}.localhost")


def denials(schema: str = CHUO) -> list[AuditEntry]:
    with as_tenant(schema):
        return list(AuditEntry.objects.filter(action=Action.DENIED).order_by("id"))


def test_without_a_rule_a_desk_is_open() -> None:
    assert asked(at_desk()) == 200


def test_a_desk_answers_inside_its_network_and_nowhere_else() -> None:
    entrance.only_from(CHUO, LINE, "2001:db8:0:1::/64")
    assert {address: asked(at_desk(), address) for address in ("203.0.113.16", "203.0.113.31", "2001:db8:0:1::f")} == {
        "203.0.113.16": 200,
        "203.0.113.31": 200,
        "2001:db8:0:1::f": 200,
    }
    for address in ("203.0.113.15", "203.0.113.32", "2001:db8:0:2::", "127.0.0.1", "nonsense", ""):
        assert asked(at_desk(), address) == 403


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_address() -> None:
    entrance.only_from(CHUO, LINE)
    assert asked(at_desk(), f"::ffff:{INSIDE}") == 200
    assert asked(at_desk(), f"::ffff:{OUTSIDE}") == 403


def test_another_desk_and_the_portal_are_not_concerned(portal_client: Client) -> None:
    entrance.only_from(CHUO, LINE)
    assert asked(at_desk(SPORTS)) == 200
    assert asked(portal_client, path="/") == 200


def test_the_refusal_says_nothing(desk: Client) -> None:
    entrance.only_from(CHUO, LINE)
    answers = [desk.get(path, REMOTE_ADDR=OUTSIDE) for path in ("/", "/login/", "/nowhere/", "/static/frame/icon.svg")]
    answers.append(desk.post("/login/", {"login_id": "x", "password": "y"}, REMOTE_ADDR=OUTSIDE))
    assert {answer.content for answer in answers} == {b"403 Forbidden\n"}
    assert {answer.headers["Content-Type"] for answer in answers} == {"text/plain; charset=utf-8"}
    assert [answer.cookies for answer in answers if answer.cookies] == []


def test_nothing_is_read_for_a_request_from_elsewhere(desk: Client) -> None:
    entrance.only_from(CHUO, LINE)
    desk.get("/", REMOTE_ADDR=OUTSIDE)
    with count_statements() as statements:
        assert asked(desk, path="/") == 403
    assert statements.texts == []


def test_a_refusal_is_recorded_once_for_an_address_and_never_floods_the_audit() -> None:
    entrance.only_from(CHUO, LINE)
    for number in range(100):
        asked(at_desk(), f"198.51.100.{number}")
        asked(at_desk(), "198.51.100.200")
    entries = denials()
    assert len(entries) == 30
    assert len({entry.address for entry in entries}) == 30
    assert {(entry.actor_kind, entry.object_type) for entry in entries} == {("visitor", "entrance")}


def test_what_one_desk_has_recorded_leaves_the_other_its_own_records() -> None:
    for schema in (CHUO, SPORTS):
        entrance.only_from(schema, LINE)
        for number in range(40):
            asked(at_desk(schema), f"198.51.100.{number}")
    assert (len(denials(CHUO)), len(denials(SPORTS))) == (30, 30)


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_For": INSIDE},
        {"X_Forwarded_For": f"{INSIDE}, {PROXY}"},
        {"X_Real_IP": INSIDE},
        {"Forwarded": f"for={INSIDE}"},
        {"True_Client_IP": INSIDE},
        {"Client_IP": INSIDE},
        {"X_Client_Certificate": FINGERPRINT},
        {"PROXY": f"TCP4 {INSIDE} {PROXY} 1 443"},
        {"Remote_Addr": INSIDE},
    ],
)
def test_a_forged_header_is_worth_nothing(headers: dict[str, str]) -> None:
    entrance.certificate()
    entrance.only_from(CHUO, LINE)
    entrance.ask(CHUO, "network", "certificate")
    assert asked(at_desk(), **headers) == 403


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize(
    ("forwarded", "status"),
    [
        (INSIDE, 200),
        (f"{OUTSIDE}, {INSIDE}", 200),
        (f"{INSIDE}, {OUTSIDE}", 403),
        (f"{INSIDE}, {OUTSIDE}, {PROXY}", 403),
        (f"{INSIDE}, nonsense", 403),
        ("", 403),
        (PROXY, 403),
    ],
)
def test_a_trusted_proxy_is_believed_about_the_last_hop_before_it(forwarded: str, status: int) -> None:
    entrance.only_from(CHUO, LINE)
    assert asked(at_desk(), PROXY, X_Forwarded_For=forwarded) == status


@pytest.mark.usefixtures("proxied")
def test_a_proxys_own_address_opens_nothing() -> None:
    entrance.only_from(CHUO, "10.0.0.0/8")
    assert asked(at_desk(), PROXY) == 403
    assert asked(at_desk(), PROXY, X_Forwarded_For="10.0.0.6") == 200


@pytest.mark.usefixtures("proxied")
def test_a_certificate_counts_as_a_trusted_proxy_tells_it() -> None:
    der = b"no certificate, but bytes like one"
    pem = f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(der).decode()}-----END CERTIFICATE-----\n"
    entrance.certificate(fingerprint=hashlib.sha256(der).hexdigest())
    entrance.certificate()
    entrance.ask(CHUO, "certificate")
    told = {
        FINGERPRINT: 200,
        FINGERPRINT.upper(): 200,
        ":".join(["AB"] * 32): 200,
        quote(pem): 200,
        "cd" * 32: 403,
        f"{FINGERPRINT},{FINGERPRINT}": 403,
        quote(pem.replace("-----BEGIN", "-----BEGAN")): 403,
        quote(pem + pem): 403,
        "": 403,
    }
    assert {text: asked(at_desk(), PROXY, X_Client_Certificate=text) for text in told} == told


@pytest.mark.usefixtures("proxied")
def test_a_certificate_ends_after_its_last_day() -> None:
    entrance.certificate(ends_on=clock.today() - dt.timedelta(days=1))
    entrance.ask(CHUO, "certificate")
    assert asked(at_desk(), PROXY, X_Client_Certificate=FINGERPRINT) == 403


def test_no_header_tells_a_certificate_where_none_is_configured(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = (ip_network(f"{PROXY}/32"),)
    entrance.certificate()
    entrance.ask(CHUO, "certificate")
    assert asked(at_desk(), PROXY, X_Client_Certificate=FINGERPRINT) == 403


def with_cookie(schema: str, token: str) -> Client:
    client = at_desk(schema)
    client.cookies[TERMINAL_COOKIE] = token
    return client


def test_a_registered_terminal_comes_in_from_anywhere() -> None:
    _, token = entrance.terminal()
    entrance.ask(CHUO, "terminal")
    assert asked(with_cookie(CHUO, token)) == 200
    assert asked(at_desk()) == 403
    assert asked(with_cookie(CHUO, "guessed")) == 403


def test_a_stolen_terminals_cookie_is_worth_nothing_at_another_tenants_host(
    desk_client: Callable[[str], Client],
) -> None:
    _, token = entrance.terminal(CHUO)
    for schema in (CHUO, SPORTS):
        entrance.ask(schema, "terminal")
    assert asked(with_cookie(SPORTS, token)) == 403


def test_the_hash_of_a_token_is_no_token() -> None:
    made, _ = entrance.terminal()
    entrance.ask(CHUO, "terminal")
    assert asked(with_cookie(CHUO, made.token_hash)) == 403


def test_revoking_a_terminal_reaches_a_session_that_is_open(desk: Client) -> None:
    made, token = entrance.terminal()
    entrance.ask(CHUO, "terminal")
    desk.cookies[TERMINAL_COOKIE] = token
    assert asked(desk, path="/") == 200
    with as_owner():
        Terminal.objects.using(OWNER).filter(pk=made.pk).update(revoked_at=clock.now())
    directory._known = (
        None
        if directory._known is None
        else directory.Directory(
            directory._known.read_at - directory.FRESH_SECONDS, directory._known.hosts, directory._known.policies
        )
    )
    assert asked(desk, path="/") == 403


@pytest.mark.parametrize("path", ["/office/", "/office/exports/new/"])
def test_a_directory_that_grows_old_or_is_forgotten_during_a_request_costs_it_nothing(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = signed_in(client_at(f"{CHUO}.localhost"), factories.clerk(roles=list(DESK_ROLES)))
    monkeypatch.setattr(directory, "FRESH_SECONDS", -1.0)
    assert desk.get(path).status_code == 200

    def chosen_and_forgotten(host: str, path: str) -> Site | None:
        found = site_for(host, path)
        directory.forget()
        return found

    monkeypatch.setattr("config.middleware.site.site_for", chosen_and_forgotten)
    assert desk.get(path).status_code == 200


def test_a_terminal_is_noted_once_a_day_and_its_cookie_renewed() -> None:
    made, token = entrance.terminal()
    with as_owner():
        Terminal.objects.using(OWNER).filter(pk=made.pk).update(seen_on=clock.today() - dt.timedelta(days=3))
    directory.forget()
    answer = with_cookie(CHUO, token).get("/login/")
    cookie = answer.cookies[TERMINAL_COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (token, True, "Strict")
    directory.forget()
    assert TERMINAL_COOKIE not in with_cookie(CHUO, token).get("/login/").cookies
    with as_owner():
        assert Terminal.objects.using(OWNER).get(pk=made.pk).seen_on == clock.today()


def test_a_grant_opens_for_its_hours_and_ends_by_itself(freeze: Freeze) -> None:
    entrance.only_from(CHUO, LINE)
    entrance.grant(CHUO, dt.datetime(2026, 4, 1, 9, tzinfo=clock.TOKYO), 4)
    seen = {}
    for moment in ("08:59", "09:00", "12:59", "13:00"):
        freeze(f"2026-04-01 {moment}")
        seen[moment] = asked(at_desk())
    assert seen == {"08:59": 403, "09:00": 200, "12:59": 200, "13:00": 403}


def test_a_suspended_tenants_desk_is_suspended_for_everybody() -> None:
    entrance.only_from(CHUO, LINE)
    with as_city():
        Tenant.objects.filter(schema_name=CHUO).update(state=TenantState.SUSPENDED)
    directory.forget()
    assert asked(at_desk(), INSIDE) == 503
    assert directory.policy_of(CHUO).ways


def test_the_entrance_costs_a_request_no_statement(desk: Client, clerk: StaffAccount) -> None:
    counts = []
    for is_asked in (False, True):
        if is_asked:
            _, token = entrance.terminal()
            entrance.only_from(CHUO, LINE)
            entrance.ask(CHUO, "network", "terminal", needs_all=True)
            desk.cookies[TERMINAL_COOKIE] = token
        desk.get("/", REMOTE_ADDR=INSIDE)
        with count_statements() as statements:
            assert asked(desk, INSIDE, "/") == 200
        counts.append(statements.count)
    assert counts[0] == counts[1]


def test_the_city_is_reached_from_the_networks_of_the_environment(settings: Settings, city: Client) -> None:
    assert asked(city, path="/") == 200
    settings.CITY_NETWORKS = (ip_network(LINE),)
    assert asked(city, INSIDE, "/") == 200
    assert asked(city, OUTSIDE, "/") == 403
    with as_city():
        assert AuditEntry.objects.get(object_type="entrance").action == Action.DENIED


def test_a_session_is_read_only_after_the_entrance(settings: Settings) -> None:
    settings.CITY_NETWORKS = (ip_network(LINE),)
    city = signed_in(client_at(settings.CITY_HOST), factories.city_officer())
    with as_city():
        before = StaffSession.objects.get().session_data
    asked(city, path="/")
    with as_city():
        assert StaffSession.objects.get().session_data == before
    assert settings.SESSION_COOKIE_NAMES["city"] in city.cookies


def test_the_entrance_stands_right_behind_the_choice_of_the_site() -> None:
    order = settings.MIDDLEWARE
    assert order.index("config.middleware.entrance.EntranceMiddleware") == 1 + order.index(
        "config.middleware.site.SiteMiddleware"
    )
