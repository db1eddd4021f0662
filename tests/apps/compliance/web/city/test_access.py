"""The city's pages of who may come in from where: each change, what it asks back, and what it leaves in the audit."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import record
from shared.staff.models import Role, StaffAccount
from shared.terminals import TERMINAL_COOKIE
from tenants import directory
from tenants.access import Way
from tenants.models import AccessRule, AllowedNetwork, ClientCertificate, EmergencyGrant, Terminal
from tenants.scope import OWNER
from tests import factories
from tests.support import entrance
from tests.support.clients import client_at, signed_in
from tests.support.entrance import FINGERPRINT, INSIDE, LINE, OUTSIDE
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

HERE = "/tenants/chuo/access/"
NETWORK = {"cidr": LINE, "note": "架空専用線", "starts_on": "2026-04-01"}
GRANT = {"hours": "4", "reason": "専用回線の障害のため（架空）"}


@pytest.fixture
def keeper(database: None) -> StaffAccount:
    return factories.city_officer(roles=[Role.SYSTEMS])


@pytest.fixture
def it(city_client: Client, keeper: StaffAccount) -> Client:
    """The browser of the city's information systems (情報政策)."""
    return signed_in(city_client, keeper)


def post(client: Client, path: str, **values: Any) -> Any:
    return client.post(HERE + path, values)


def audited() -> list[AuditEntry]:
    with as_city():
        return list(AuditEntry.objects.filter(object_type="access").order_by("id"))


def rows(model: Any) -> list[Any]:
    with as_owner():
        return list(model.objects.using(OWNER).order_by("pk"))


def at_desk(address: str = OUTSIDE, path: str = "/login/") -> int:
    return client_at("chuo.localhost").get(path, REMOTE_ADDR=address).status_code


def seen_at(address: str) -> None:
    """A clerk was at work from there."""
    who = Actor("staff", factories.clerk().pk, address=address)
    with as_tenant(CHUO):
        record(who, Action.LOGIN, object_type="account", object_id=who.id)


def test_an_open_desk_is_called_open(it: Client) -> None:
    assert "どこからでも開けます" in it.get(HERE).content.decode()


def test_a_network_is_added_and_asked_for_and_the_desk_obeys_at_once(
    it: Client, keeper: StaffAccount, freeze: Freeze
) -> None:
    freeze("2026-04-01 10:00")
    assert post(it, "networks/new/", **NETWORK).status_code == 302
    assert post(it, "ways/", ways=["network"], needs_all="one").status_code == 302
    assert (at_desk(INSIDE), at_desk(OUTSIDE)) == (200, 403)
    assert [(entry.action, entry.actor_id, entry.detail["act"]) for entry in audited()] == [
        (Action.PERMISSION, keeper.pk, "network_added"),
        (Action.PERMISSION, keeper.pk, "ways"),
    ]
    page = it.get(HERE).content.decode()
    assert all(word in page for word in (LINE, "架空専用線", "範囲を追加", keeper.name))


def test_a_removed_network_opens_nothing_and_stays_on_record(it: Client, keeper: StaffAccount) -> None:
    entrance.only_from(CHUO, LINE, "198.51.100.0/24")
    [network] = [one for one in rows(AllowedNetwork) if str(one.cidr) == LINE]
    assert f"{LINE} 架空専用線" in it.get(f"{HERE}networks/{network.pk}/end/").content.decode()
    assert post(it, f"networks/{network.pk}/end/").status_code == 302
    assert at_desk(INSIDE) == 403
    [kept] = [one for one in rows(AllowedNetwork) if one.pk == network.pk]
    assert (kept.removed_at is not None, kept.removed_by) == (True, keeper.pk)
    assert post(it, f"networks/{network.pk}/end/").status_code == 409
    assert len(audited()) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"cidr": "203.0.113.5/24"}, "203.0.113.0/24 のことですか"),
        ({"cidr": "nonsense"}, "アドレスか範囲を入力してください"),
        ({"cidr": "::ffff:203.0.113.0/120"}, "IPv4の形で"),
        ({"cidr": "0.0.0.0/0"}, "とても広い範囲です"),
        ({"cidr": "::/0"}, "とても広い範囲です"),
        ({"note": " "}, "どこの回線かを入力してください"),
        ({"ends_on": "2020-01-01"}, "今日より後に"),
        ({"starts_on": "2026-02-30"}, "その日付はありません"),
    ],
)
def test_a_network_that_makes_no_sense_is_told_beside_its_field_and_nothing_is_written(
    it: Client, changed: dict[str, str], told: str
) -> None:
    answer = post(it, "networks/new/", **(NETWORK | changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert all(value in page for value in (NETWORK | changed).values() if value.strip())
    assert (rows(AllowedNetwork), audited()) == ([], [])


def test_everybodys_network_is_taken_when_confirmed(it: Client) -> None:
    assert "confirmed" in post(it, "networks/new/", **(NETWORK | {"cidr": "0.0.0.0/0"})).content.decode()
    assert post(it, "networks/new/", **(NETWORK | {"cidr": "0.0.0.0/0"}), confirmed="on").status_code == 302
    assert [str(one.cidr) for one in rows(AllowedNetwork)] == ["0.0.0.0/0"]


def test_a_network_is_listed_once(it: Client) -> None:
    assert post(it, "networks/new/", **NETWORK).status_code == 302
    answer = post(it, "networks/new/", **NETWORK)
    assert answer.status_code == 409
    assert "すでに登録されています" in answer.content.decode()


def test_a_change_that_locks_out_who_was_at_work_is_confirmed_first(it: Client) -> None:
    seen_at(OUTSIDE)
    post(it, "networks/new/", **NETWORK)
    answer = post(it, "ways/", ways=["network"], needs_all="one")
    assert answer.status_code == 409
    assert "1件が、接続元だけでは入れなくなります" in answer.content.decode()
    assert rows(AccessRule) == []
    assert post(it, "ways/", ways=["network"], needs_all="one", confirmed="on").status_code == 302
    assert at_desk() == 403


def test_removing_the_network_somebody_works_from_is_confirmed_first(it: Client) -> None:
    seen_at(INSIDE)
    entrance.only_from(CHUO, LINE)
    [network] = rows(AllowedNetwork)
    assert post(it, f"networks/{network.pk}/end/").status_code == 409
    assert post(it, f"networks/{network.pk}/end/", confirmed="on").status_code == 302


def test_asking_for_what_nobody_has_is_confirmed_first(it: Client) -> None:
    answer = post(it, "ways/", ways=["terminal"], needs_all="one")
    assert answer.status_code == 409
    assert "だれも窓口に入れなくなります" in answer.content.decode()
    assert post(it, "ways/", ways=["terminal"], needs_all="one", confirmed="on").status_code == 302


def test_the_page_shows_who_was_let_in_and_who_was_refused_lately(it: Client) -> None:
    seen_at(INSIDE)
    entrance.only_from(CHUO, LINE)
    at_desk("198.51.100.99")
    found = it.get(HERE).context["found"].seen
    assert [(str(one.address), one.is_refused, one.comes_in) for one in found] == [
        ("198.51.100.99", True, False),
        (INSIDE, False, True),
    ]


def with_code(it: Client) -> tuple[Terminal, str]:
    """A terminal of the register, with the code that the page shows once."""
    post(it, "terminals/new/", name="受付1号機", place="1階受付", asset_number="福-12", is_lent="on", is_fixed="on")
    [terminal] = rows(Terminal)
    page = post(it, f"terminals/{terminal.pk}/code/").content.decode()
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert found is not None
    return terminal, found[0]


def enrol(code: str, address: str = OUTSIDE) -> tuple[int, Client]:
    client = client_at("chuo.localhost")
    return client.post("/terminal/", {"code": code}, REMOTE_ADDR=address).status_code, client


def test_a_terminal_enrols_itself_with_its_code_and_comes_in_by_its_cookie(it: Client) -> None:
    terminal, code = with_code(it)
    post(it, "ways/", ways=["terminal"], needs_all="one", confirmed="on")
    assert at_desk() == 403
    assert at_desk(path="/terminal/") == 200
    status, client = enrol(code.lower().replace("-", " "))
    assert status == 200
    cookie = client.cookies[TERMINAL_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Strict", "", "/")
    assert client.get("/login/", REMOTE_ADDR=OUTSIDE).status_code == 200
    [kept] = rows(Terminal)
    assert (kept.enrolled_at is not None, kept.code_hash, kept.is_lent, kept.is_fixed) == (True, "", True, True)
    assert cookie.value not in (kept.token_hash, code)
    assert [entry.detail["act"] for entry in audited()][:2] == ["terminal_added", "terminal_code"]
    assert {entry.detail.get("terminal") for entry in audited()[:2]} == {str(terminal.pk)}


def test_a_code_is_good_once(it: Client) -> None:
    _, code = with_code(it)
    assert [enrol(code)[0], enrol(code)[0]] == [200, 422]


def test_a_code_is_worth_nothing_at_another_desk(it: Client) -> None:
    _, code = with_code(it)
    answer = client_at("sports.localhost").post("/terminal/", {"code": code})
    assert answer.status_code == 422
    assert TERMINAL_COOKIE not in answer.cookies


def test_outside_the_policy_the_page_of_codes_answers_only_while_one_is_open(it: Client, freeze: Freeze) -> None:
    entrance.only_from(CHUO, LINE)
    assert at_desk(path="/terminal/") == 403
    with_code(it)
    assert at_desk(path="/terminal/") == 200
    assert at_desk(path="/") == 403
    assert at_desk(path="/terminal/x") == 403
    freeze((clock.now().astimezone(clock.TOKYO) + dt.timedelta(minutes=30, seconds=1)).strftime("%Y-%m-%d %H:%M:%S"))
    assert at_desk(path="/terminal/") == 403


def test_guessing_codes_is_limited_and_recorded(it: Client) -> None:
    _, code = with_code(it)
    assert [enrol("AAAA-BBBB-CCCC")[0] for _ in range(11)] == [422] * 10 + [429]
    assert enrol(code)[0] == 429
    assert enrol(code, INSIDE)[0] == 200


def test_a_revoked_terminal_is_out_and_its_code_with_it(it: Client) -> None:
    terminal, code = with_code(it)
    post(it, "ways/", ways=["terminal"], needs_all="one", confirmed="on")
    _, client = enrol(code)
    assert post(it, f"terminals/{terminal.pk}/end/").status_code == 302
    assert client.get("/login/", REMOTE_ADDR=OUTSIDE).status_code == 403
    assert post(it, f"terminals/{terminal.pk}/code/").status_code == 409


def test_a_terminal_that_gets_a_new_code_loses_the_old_cookie_when_it_is_used(it: Client) -> None:
    terminal, code = with_code(it)
    post(it, "ways/", ways=["terminal"], needs_all="one", confirmed="on")
    _, old = enrol(code)
    page = post(it, f"terminals/{terminal.pk}/code/").content.decode()
    assert old.get("/login/", REMOTE_ADDR=OUTSIDE).status_code == 200
    again = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert again is not None
    assert enrol(again[0])[0] == 200
    assert old.get("/login/", REMOTE_ADDR=OUTSIDE).status_code == 403


def test_a_certificate_is_added_and_removed(it: Client) -> None:
    assert post(it, "certificates/new/", fingerprint="ab" * 20, name="架空").status_code == 422
    assert post(it, "certificates/new/", fingerprint=FINGERPRINT.upper(), name="架空の証明書").status_code == 302
    [made] = rows(ClientCertificate)
    assert made.fingerprint == FINGERPRINT
    assert post(it, f"certificates/{made.pk}/end/").status_code == 302
    assert [entry.detail["act"] for entry in audited()] == ["certificate_added", "certificate_removed"]
    assert FINGERPRINT not in directory.policy_of(CHUO).certificates


def test_a_grant_opens_at_once_and_may_be_ended_before_its_time(it: Client) -> None:
    entrance.only_from(CHUO, LINE)
    assert post(it, "grants/new/", **GRANT).status_code == 302
    assert at_desk() == 200
    [given] = rows(EmergencyGrant)
    assert given.ends_at - given.starts_at == dt.timedelta(hours=4)
    assert post(it, f"grants/{given.pk}/end/").status_code == 302
    assert at_desk() == 403
    assert post(it, f"grants/{given.pk}/end/").status_code == 409
    assert [entry.detail["act"] for entry in audited()] == ["granted", "grant_ended"]


@pytest.mark.parametrize(
    "changed", [{"hours": "73"}, {"hours": "0"}, {"hours": ""}, {"reason": "障害"}, {"reason": ""}, {"cidr": "x"}]
)
def test_a_grant_is_short_and_reasoned(it: Client, changed: dict[str, str]) -> None:
    assert post(it, "grants/new/", **(GRANT | changed)).status_code == 422
    assert rows(EmergencyGrant) == []


@pytest.mark.parametrize(
    "path",
    ["networks/{}/end/", "terminals/{}/end/", "terminals/{}/code/", "certificates/{}/end/", "grants/{}/end/"],
)
def test_what_is_another_tenants_is_not_touched_under_this_ones_address(it: Client, path: str) -> None:
    entrance.only_from(SPORTS, LINE)
    entrance.certificate(SPORTS)
    terminal, _ = entrance.terminal(SPORTS)
    given = entrance.grant(SPORTS, clock.now(), 4)
    network, certificate = rows(AllowedNetwork)[0].pk, rows(ClientCertificate)[0].pk
    ids = {"networks": network, "terminals": terminal.pk, "certificates": certificate, "grants": given.pk}
    for wanted in (ids[path.partition("/")[0]], uuid.uuid4()):
        assert post(it, path.format(wanted)).status_code == 409
    assert directory.policy_of(SPORTS).ways == {Way.NETWORK}
    assert [one.revoked_at for one in rows(Terminal)] == [None]


@pytest.mark.parametrize("path", ["", "ways/", "networks/new/", "terminals/new/", "certificates/new/", "grants/new/"])
def test_a_tenant_that_does_not_exist_is_not_found(it: Client, path: str) -> None:
    assert it.get(f"/tenants/nowhere/access/{path}").status_code == 404


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.GENERAL, Role.AUDITOR])
def test_only_information_systems_keep_who_may_come_in(city_client: Client, role: Role) -> None:
    client = signed_in(city_client, factories.city_officer(roles=[role]))
    assert [client.get(path).status_code for path in ("/access/", HERE, f"{HERE}ways/")] == [403] * 3
    assert post(client, "networks/new/", **NETWORK).status_code == 403


def test_the_list_of_all_costs_the_same_for_one_rule_and_three(it: Client) -> None:
    counts = []
    for schemas in ([CHUO], [SPORTS, "bunka"]):
        for schema in schemas:
            entrance.only_from(schema, LINE)
            entrance.terminal(schema)
        with count_statements() as statements:
            lines = it.get("/access/").context["lines"]
        counts.append((sum(bool(line.ways) for line in lines), statements.count))
    assert [number for number, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_a_tenants_page_costs_the_same_for_one_of_each_and_three(it: Client) -> None:
    counts = []
    for number in (1, 2):
        for one in range(number):
            entrance.only_from(CHUO, f"203.0.{number}{one}.0/24")
            entrance.terminal(CHUO)
            entrance.certificate(CHUO, fingerprint=f"{number}{one}" * 32)
            post(it, "grants/new/", **GRANT)
        directory.current()
        with count_statements() as statements:
            found = it.get(HERE).context["found"]
        counts.append((len(found.networks), len(found.terminals), len(found.grants), statements.count))
    assert [count[:3] for count in counts] == [(1, 1, 1), (3, 3, 3)]
    assert counts[0][3] == counts[1][3]


def test_a_code_is_shown_once_and_never_stored_by_the_browser(it: Client) -> None:
    terminal, code = with_code(it)
    assert code not in it.get(HERE).content.decode()
    assert "no-store" in post(it, f"terminals/{terminal.pk}/code/").headers["Cache-Control"]
    assert settings.SESSION_COOKIE_NAMES["city"] not in code
