"""Every page of the desk is closed: without signing in, by GET where a POST is due, without the token."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from shared.staff.models import StaffAccount
from tenants.scope import OWNER
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_owner
from tests.support.tenants import BUNKA, CHUO

SOME = uuid.UUID(int=1)
PAGES = [
    "/",
    "/inbox/",
    "/bookings/new/",
    f"/bookings/{SOME}/",
    f"/bookings/{SOME}/permit/",
    f"/bookings/{SOME}/refuse/",
    f"/bookings/{SOME}/cancel/",
    f"/bookings/{SOME}/notes/",
    f"/bookings/{SOME}/documents/permit/",
    "/registrants/",
    f"/registrants/{SOME}/",
    "/cards/",
    "/cards/sheet/",
    "/cards/register/",
    f"/cards/{SOME}/",
    f"/cards/{SOME}/print/",
    f"/cards/{SOME}/acts/issue/",
    f"/registrants/{SOME}/senior-card/",
    f"/registrants/{SOME}/group-card/",
    "/scan/",
    "/scan/visits/",
    "/scan/visits/1/undo/",
    "/visits/",
    f"/cards/{SOME}/duplicates/",
    f"/cards/{SOME}/duplicates/{SOME}/",
    f"/cards/{SOME}/duplicates/hits/{SOME}/inquire/",
    "/inquiries/",
    f"/inquiries/sent/{SOME}/",
    f"/inquiries/received/{SOME}/",
    f"/registrants/{SOME}/contacts/1/",
    f"/registrants/{SOME}/contacts/change/",
    f"/registrants/{SOME}/change/",
    f"/registrants/{SOME}/past-use/",
    f"/past-use/{SOME}/settle/",
    f"/registrants/{SOME}/complete/",
    f"/registrants/{SOME}/approve/",
    f"/registrants/{SOME}/refuse/",
    "/registrants/new/",
    "/registrants/groups/new/",
    *(f"/registrants/{SOME}/{page}/" for page in ("group", "group/complete", "roster/discard")),
    "/registrations/",
    *(f"/registrants/{SOME}/portal/{act}" for act in ("", "link/", "reset/", "unlink/")),
    *(f"/requests/{act}" for act in ("", "1/", "1/accept/", "1/decline/")),
    *(f"/registrants/{SOME}/{act}/" for act in ("suspend", "lift", "renew", "close", "reopen", "unmerge")),
    f"/registrants/{SOME}/merge/",
    f"/registrants/{SOME}/merge/{SOME}/",
    "/registrants/duplicates/",
    "/registrants/duplicates/1/dismiss/",
    "/registrants/ending/",
    "/settings/items/",
    "/settings/items/gender/",
    "/settings/registration/",
    "/settings/registration/new/",
    "/settings/registration/withdraw/",
]
BY_POST_ONLY = [
    f"/bookings/{SOME}/permit/",
    f"/bookings/{SOME}/documents/permit/",
    f"/cards/{SOME}/print/",
    f"/registrants/{SOME}/group-card/",
    f"/registrants/{SOME}/contacts/1/",
    f"/past-use/{SOME}/settle/",
    "/logout/",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_somebody_signed_in(desk_client: Callable[[str], Client], page: str) -> None:
    answer = desk_client(CHUO).get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_done_for_somebody_not_signed_in(desk_client: Callable[[str], Client], page: str) -> None:
    answer = desk_client(CHUO).post(page, {"q": "あ", "text": "備考"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/")


@pytest.mark.parametrize("page", BY_POST_ONLY)
def test_what_changes_something_is_not_done_by_get(manager: Client, page: str) -> None:
    assert manager.get(page).status_code == 405


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"/", "/inbox/"}])
def test_a_post_without_the_token_is_refused(clerk: StaffAccount, page: str) -> None:
    client = signed_in(Client(HTTP_HOST=f"{CHUO}.localhost", enforce_csrf_checks=True), clerk)
    assert client.post(page, {}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_session_of_another_desk_opens_nothing_here(desk: Client, page: str) -> None:
    elsewhere = client_at(f"{BUNKA}.localhost")
    elsewhere.cookies = desk.cookies
    assert elsewhere.get(page).headers["Location"].startswith("/login/")


def test_somebody_who_was_stopped_is_out_at_once(desk: Client) -> None:
    assert desk.get("/inbox/").status_code == 200
    with as_owner(CHUO):
        StaffAccount.objects.using(OWNER).update(is_active=False)
    assert desk.get("/inbox/").status_code == 302


@pytest.mark.parametrize("page", ["/", "/inbox/", "/registrants/"])
def test_what_staff_see_is_never_stored_by_the_browser(desk: Client, page: str) -> None:
    assert "no-store" in desk.get(page).headers["Cache-Control"]
