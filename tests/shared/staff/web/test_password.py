"""Changing the own password at a staff site: the step of whoever has a one-time password, and later by oneself."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.models import StaffAccount, StaffSession, UsedPassword
from shared.staff.sessions import StaffSessionStore
from shared.web.entry import ENTERED
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
NEW = "rakuda-to-tsubame-42"


def change(client: Client, new: str = NEW, *, current: str = factories.PASSWORD, again: str = "") -> Any:
    return client.post("/account/password/", {"current": current, "password": new, "again": again or new})


def newcomer(**values: Any) -> StaffAccount:
    return factories.clerk(one_time_until=clock.now() + dt.timedelta(days=14), **values)


@pytest.mark.parametrize("page", ["/", "/account/", "/office/", "/inbox/"])
def test_a_one_time_password_leads_to_its_change_from_every_page(page: str) -> None:
    client = signed_in(client_at(f"{CHUO}.localhost"), newcomer(), entered=False)
    assert client.get(page).headers["Location"] == "/account/password/"


def test_a_fragment_moves_the_whole_page_there() -> None:
    client = signed_in(client_at(f"{CHUO}.localhost"), newcomer(), entered=False)
    assert client.get("/inbox/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/account/password/"


def test_the_city_is_led_there_too() -> None:
    officer = factories.city_officer(one_time_until=clock.now() + dt.timedelta(days=14))
    client = signed_in(client_at(settings.CITY_HOST), officer, entered=False)
    assert client.get("/usage/").headers["Location"] == "/account/password/"


def test_the_step_itself_signing_out_and_the_frames_pages_are_open() -> None:
    client = signed_in(client_at(f"{CHUO}.localhost"), newcomer(), entered=False)
    told = client.get("/account/password/")
    assert "仮のパスワード" in told.content.decode()
    assert client.get("/accessibility/").status_code == 200
    assert client.post("/logout/").headers["Location"] == "/"
    assert client.get("/inbox/").headers["Location"].startswith("/login/")


def test_after_the_change_one_may_work_and_the_old_password_is_dead() -> None:
    account = newcomer()
    client = signed_in(client_at(f"{CHUO}.localhost"), account, entered=False)
    assert change(client).headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200
    with as_tenant(CHUO):
        account.refresh_from_db()
    assert account.one_time_until is None
    assert account.check_password(NEW)


def test_a_password_changed_by_oneself_signs_out_everywhere_else(desk: Client, clerk: StaffAccount) -> None:
    elsewhere = signed_in(client_at(f"{CHUO}.localhost"), clerk)
    assert change(desk).status_code == 302
    assert desk.get("/inbox/").status_code == 200
    assert elsewhere.get("/inbox/").headers["Location"].startswith("/login/")
    with as_tenant(CHUO):
        assert StaffSession.objects.count() == 1


def test_the_change_is_audited_without_the_password(desk: Client, clerk: StaffAccount) -> None:
    change(desk)
    with as_tenant(CHUO):
        entry = AuditEntry.objects.get(action=Action.CHANGE)
    assert (entry.actor_id, entry.object_id, entry.detail) == (clerk.pk, str(clerk.pk), {"fields": ["password"]})


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"current": "wrong"}, "今のパスワードが違います。"),
        ({"again": "another-one-entirely"}, "上に入力したパスワードと違います。"),
        ({"new": "short"}, "12文字以上"),
        ({"new": "kashikan-2026-inzai"}, "推測されやすい"),
        ({"new": factories.PASSWORD}, "最近5回"),
        ({"new": "x" * 2000}, "1000文字"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_changes(
    desk: Client, clerk: StaffAccount, values: dict[str, str], told: str
) -> None:
    answer = change(desk, **values)
    assert answer.status_code in {422, 409, 400}
    assert told in answer.content.decode()
    with as_tenant(CHUO):
        assert StaffAccount.objects.get(pk=clerk.pk).check_password(factories.PASSWORD)


def test_the_last_five_do_not_come_again_and_the_one_before_does(desk: Client) -> None:
    used = [factories.PASSWORD, *(f"tsubame-no-su-{word}-9" for word in ("ame", "yuki", "kaze", "umi", "yama"))]
    for before, after in pairwise(used):
        assert change(desk, after, current=before).status_code == 302
    for one in used[1:]:
        assert "最近5回" in change(desk, one, current=used[-1]).content.decode()
    assert change(desk, used[0], current=used[-1]).status_code == 302


def test_history_holds_hashes_alone(desk: Client) -> None:
    change(desk)
    with as_tenant(CHUO):
        kept = list(UsedPassword.objects.values_list("hash", flat=True))
    assert len(kept) == 2
    assert NEW not in str(kept)


def test_an_own_account_says_who_one_is(desk: Client, clerk: StaffAccount) -> None:
    told = desk.get("/account/").content.decode()
    assert clerk.login_id in told
    assert "窓口" in told


def test_where_no_step_is_left_none_is_asked_again_in_the_session() -> None:
    client = signed_in(client_at(f"{CHUO}.localhost"), factories.clerk(), entered=False)
    assert client.get("/inbox/").status_code == 200
    with as_tenant(CHUO):
        [row] = StaffSession.objects.all()
        assert StaffSessionStore().decode(row.session_data)[ENTERED] is True
