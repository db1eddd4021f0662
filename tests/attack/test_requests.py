"""What a hostile request tries besides identifiers: hosts, ways back, sessions, uploads, further fields, speed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.registrants.models import Registrant
from shared.intake.models import Job
from shared.staff.models import Role, StaffAccount, StaffSession
from shared.staff.rights import DESK_ROLES
from tenants.scope import OWNER
from tests import factories
from tests.attack.actors import HOSTS, browser
from tests.shared.intake.files import TARO, csv_of
from tests.support import entrance
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_owner, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
SOMEBODY: dict[str, Callable[[], Any]] = {
    "portal": factories.portal_account,
    "desk": factories.clerk,
    "city": factories.city_officer,
}
SCRIPT = "<script>alert(1)</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'
HTML = f"<!doctype html><title>x</title>{SCRIPT}"


def manager() -> Client:
    return signed_in(browser("desk"), factories.clerk(roles=list(DESK_ROLES)))


def entered(client: Client, login_id: str, password: str = factories.PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"login_id": login_id, "password": password, **more})


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost",
        "127.0.0.1",
        "chuo.localhost.evil.example",
        "evil.example",
        "chuo.localhost@evil.example",
        "evil.example#chuo.localhost",
        "chuo.localhost/evil",
        "chuo.localhost.",
        "chuo.localhost,city.localhost",
        "[::1]",
        "x" * 5_000,
        "chuo\x00.localhost",
        "city.localhost\r\nX-Other: 1",
    ],
)
def test_a_host_that_is_none_of_ours_is_told_nothing(host: str) -> None:
    answer = client_at(host).get("/login/")
    assert (answer.status_code, answer.content) == (404, b"404 Not Found\n")


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-HTTP-Host-Override"])
def test_no_header_but_host_chooses_the_site_or_stands_in_a_page(name: str) -> None:
    answer = browser("desk").get("/login/", headers={name: "city.localhost"})
    assert answer.status_code == 200
    assert "city.localhost" not in answer.content.decode()
    assert "公共施設予約 市管理" not in answer.content.decode()


@pytest.mark.parametrize("name", ["X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override"])
def test_no_header_chooses_another_page_or_method(name: str) -> None:
    assert manager().get("/office/", headers={name: "/nowhere/"}).status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "http://chuo.localhost@evil.example/",
        "http://chuo.localhost.evil.example/",
        "http://chuo.localhost:8000/",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
    ],
)
@pytest.mark.parametrize("site", ["portal", "desk", "city"])
def test_no_way_back_leads_elsewhere(site: str, target: str) -> None:
    after_signing_in = entered(browser(site), SOMEBODY[site]().login_id, next=target)
    after_choosing = browser(site).post("/language/", {"language": "en", "next": target})
    for answer in (after_signing_in, after_choosing):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert "x" not in answer.cookies


def test_a_line_break_in_a_way_back_makes_no_header() -> None:
    answer = browser("desk").post("/language/", {"language": "en", "next": "/\r\nSet-Cookie: x=1"})
    assert not {"\r", "\n"} & set(answer.headers["Location"])
    assert "x" not in answer.cookies


def test_a_session_that_was_fixed_before_is_worth_nothing_afterwards() -> None:
    victim, known = factories.clerk(), "a" * 32
    thief, client = browser("desk"), browser("desk")
    for one in (thief, client):
        one.cookies[settings.SESSION_COOKIE_NAMES["desk"]] = known
    assert entered(client, victim.login_id).status_code == 302
    assert client.get("/office/").status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAMES["desk"]].value != known
    assert thief.get("/office/").headers["Location"].startswith("/login/")
    with as_tenant(CHUO):
        assert not StaffSession.objects.filter(session_key=known).exists()


@pytest.mark.parametrize("site", ["portal", "desk", "city"])
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(site: str) -> None:
    client = browser(site)
    client.get("/login/")
    entered(client, SOMEBODY[site]().login_id)
    cookies = list(client.cookies.values())
    assert len(cookies) >= 2
    assert [one.key for one in cookies if not one["httponly"] or one["samesite"] not in {"Lax", "Strict"}] == []
    assert [one.key for one in cookies if one["domain"]] == []


def uploaded(client: Client, path: str, data: bytes, name: str, **fields: str) -> Any:
    """Send a file under a name as it is: Django's own client would clean it."""
    said = {"kind": "people", "source": "架空"} | fields
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in said.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    parts.append(head.encode() + data)
    body = b"".join(b"--limit\r\n" + part + b"\r\n" for part in parts) + b"--limit--\r\n"
    return client.generic("POST", path, body, content_type="multipart/form-data; boundary=limit")


@pytest.mark.parametrize("data", [HTML.encode(), SVG.encode(), csv_of(TARO, header=f"{SCRIPT},{SVG}")])
def test_markup_in_a_file_is_never_shown_as_markup(data: bytes) -> None:
    desk = manager()
    answer = uploaded(desk, "/intake/new/", data, "利用者.html")
    assert answer.status_code in {302, 422}
    with as_tenant(CHUO):
        pages = [f"/intake/{job.pk}/{page}" for job in Job.objects.all() for page in ("", "mapping/", "mapping.json")]
    for page in ("/intake/", *pages):
        shown = desk.get(page)
        assert SCRIPT not in shown.content.decode() or "json" in shown.headers["Content-Type"], page
        assert shown.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    [
        f"{'../' * 9}etc/passwd",
        "..\\..\\windows\\x.csv",
        "/etc/cron.d/x",
        "x\x00.csv",
        f"{SCRIPT}.csv",
        "a" * 3_000 + ".csv",
        ".",
    ],
)
def test_a_files_name_is_only_a_name(name: str) -> None:
    desk = manager()
    assert uploaded(desk, "/intake/new/", csv_of(TARO), name).status_code in {302, 400, 422}
    with as_tenant(CHUO):
        kept = list(Job.objects.values_list("filename", flat=True))
    assert all("/" not in one and "\\" not in one and "\x00" not in one and len(one) <= 100 for one in kept)
    assert SCRIPT not in desk.get("/intake/").content.decode()
    assert list(Path(settings.MEDIA_ROOT).glob("**/*")) == []


FURTHER = {
    "id": "00000000-0000-0000-0000-000000000001",
    "pk": "1",
    "state": "active",
    "number": "A-9999999-9",
    "is_active": "on",
    "roles": ["general", "systems"],
    "role": "general",
    "is_superuser": "on",
    "is_staff": "on",
    "portal_account": "00000000-0000-0000-0000-000000000002",
    "tenant": "sports",
    "schema_name": "sports",
    "added_by": "00000000-0000-0000-0000-000000000003",
    "removed_at": "2026-01-01",
    "created_at": "2000-01-01",
    "actor": "system",
}
"""What no form has, and many a table."""


def test_further_fields_make_nobody_more_than_he_is() -> None:
    clerk = factories.clerk(roles=[Role.RECEPTION])
    desk = signed_in(browser("desk"), clerk)
    longer = "kawaranai-mikan-2026"
    desk.post("/account/password/", {"current": factories.PASSWORD, "password": longer, "again": longer, **FURTHER})
    entered(browser("desk"), clerk.login_id, **FURTHER)  # type: ignore[arg-type]
    with as_owner(CHUO):
        [kept] = StaffAccount.objects.using(OWNER).all()
    assert (kept.pk, kept.roles, kept.login_id) == (clerk.pk, [Role.RECEPTION], clerk.login_id)


def test_further_fields_change_nothing_of_a_registration() -> None:
    registrant = factories.individual(CHUO)
    desk = manager()
    page = desk.get(f"/registrants/{registrant.pk}/change/")
    typed = {name: field.value() or "" for name, field in ((one.name, one) for one in page.context["form"])}
    desk.post(f"/registrants/{registrant.pk}/change/", {**FURTHER, **typed, "version": registrant.version})
    with as_tenant(CHUO):
        kept = Registrant.objects.get(pk=registrant.pk)
    assert (kept.number, kept.state, kept.portal_account) == (registrant.number, registrant.state, None)


def test_further_fields_move_a_network_to_no_other_tenant() -> None:
    officer = factories.city_officer(roles=[Role.SYSTEMS])
    city = signed_in(browser("city"), officer)
    said = {**FURTHER, "cidr": entrance.LINE, "note": "架空専用線", "starts_on": "2026-12-01"}
    assert city.post("/tenants/chuo/access/networks/new/", said).status_code == 302
    [kept] = entrance.networks_of(CHUO)
    assert (kept.added_by, kept.removed_at, str(kept.pk) == FURTHER["id"]) == (officer.pk, None, False)
    assert entrance.networks_of(SPORTS) == []


@pytest.mark.parametrize("site", ["portal", "desk", "city"])
def test_guessing_a_password_is_slowed_down_for_the_guesser_alone(site: str) -> None:
    account = SOMEBODY[site]()
    guesser = client_at(HOSTS[site])
    tries = [entered(guesser, account.login_id, "wrong").status_code for _ in range(6)]
    assert tries[-1] == 429
    assert set(tries[:-1]) == {422}
    elsewhere = client_at(HOSTS[site])
    said = {"login_id": account.login_id, "password": factories.PASSWORD}
    assert elsewhere.post("/login/", said, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_asking_for_mails_is_slowed_down() -> None:
    portal = client_at(HOSTS["portal"])
    statuses = [
        portal.post("/account/reset/", {"email": f"kakuu{number}@mail.example"}).status_code for number in range(40)
    ]
    assert statuses[-1] == 429
