"""Every page of the city is closed: without signing in, with another site's session, by another method."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from shared.staff.models import StaffAccount
from tenants.scope import OWNER
from tests.apps.compliance.web.city.asking import person, searching
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_owner
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

PERSON = person(CHUO, uuid.UUID(int=1))
DECISION = f"/senior-cards/inquiries/{uuid.UUID(int=1)}/"
PAGES = [
    "/",
    "/tenants/chuo/",
    "/usage/",
    "/usage/csv/",
    "/bookings/",
    "/registrants/",
    PERSON,
    "/senior-cards/",
    DECISION,
]
BY_POST_ONLY = [PERSON, "/logout/"]
BY_GET_ONLY = ["/", "/tenants/chuo/", "/usage/", "/usage/csv/", "/bookings/", "/senior-cards/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_somebody_signed_in(city_client: Client, page: str) -> None:
    answer = city_client.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_read_for_somebody_not_signed_in(city_client: Client, page: str) -> None:
    with count_statements() as statements:
        answer = city_client.post(page, searching("kana", "まつもと"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")
    assert "city_" not in str(statements).replace("kashikan_city", "")


@pytest.mark.parametrize("page", PAGES)
def test_a_desks_session_opens_nothing_here(desk: Client, page: str) -> None:
    here = client_at(settings.CITY_HOST)
    here.cookies = desk.cookies
    assert here.get(page).headers["Location"].startswith("/login/")


@pytest.mark.parametrize("page", PAGES)
def test_a_desks_session_in_the_citys_cookie_opens_nothing_either(desk: Client, city_client: Client, page: str) -> None:
    stolen = desk.cookies[settings.SESSION_COOKIE_NAMES["desk"]].value
    city_client.cookies[settings.SESSION_COOKIE_NAMES["city"]] = stolen
    assert city_client.get(page).headers["Location"].startswith("/login/")


def test_the_citys_session_opens_no_desk(city: Client, desk_client: Callable[[str], Client]) -> None:
    desk = desk_client(CHUO)
    session = city.cookies[settings.SESSION_COOKIE_NAMES["city"]].value
    desk.cookies[settings.SESSION_COOKIE_NAMES["desk"]] = session
    assert desk.get("/").headers["Location"].startswith("/login/")


@pytest.mark.parametrize("page", BY_POST_ONLY)
def test_what_is_done_by_post_is_not_done_by_get(city: Client, page: str) -> None:
    assert city.get(page).status_code == 405


@pytest.mark.parametrize("page", BY_GET_ONLY)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_only_shown_takes_nothing(city: Client, page: str, method: str) -> None:
    assert getattr(city, method)(page).status_code == 405


@pytest.mark.parametrize("page", ["/registrants/", PERSON])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_people_are_not_changed_by_any_method(city: Client, page: str, method: str) -> None:
    assert getattr(city, method)(page).status_code == 405


@pytest.mark.parametrize("page", ["/registrants/", PERSON])
def test_a_post_without_the_token_is_refused(officer: StaffAccount, page: str) -> None:
    client = signed_in(Client(HTTP_HOST=settings.CITY_HOST, enforce_csrf_checks=True), officer)
    assert client.post(page, searching("kana", "まつもと")).status_code == 403


@pytest.mark.parametrize("page", ["/registrants/chuo/1/", "/registrants/%ff/%fe/", f"{PERSON}edit/", "/admin/"])
def test_an_address_that_does_not_exist_is_not_found(city: Client, page: str) -> None:
    assert city.post(page).status_code == 404


def test_somebody_who_was_stopped_is_out_at_once(city: Client) -> None:
    assert city.get("/").status_code == 200
    with as_owner():
        StaffAccount.objects.using(OWNER).update(is_active=False)
    assert city.get("/").status_code == 302


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {PERSON, DECISION}])
def test_what_the_city_sees_is_never_stored_by_the_browser(city: Client, page: str) -> None:
    assert "no-store" in city.get(page).headers["Cache-Control"]
