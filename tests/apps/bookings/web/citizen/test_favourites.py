"""Favourites and reminders on the portal's pages: kept by their account alone, gone with it."""

from __future__ import annotations

import re
import uuid

import psycopg
import pytest
from django.core.mail import get_connection
from django.test import Client
from psycopg import errors

from shared.accounts.keeping import MOST_ROOMS, MOST_SEARCHES
from shared.accounts.models import CalendarLink, FavouriteRoom, PortalAccount, ReminderWish, SavedSearch
from shared.accounts.tokens import text_of
from shared.outbox.mails import mail_of
from shared.outbox.recipients import Recipient
from tenants import directory
from tests import factories
from tests.factories import Citizen, soon
from tests.support.clients import client_at, signed_in
from tests.support.outbox import mail_to
from tests.support.raw import raw
from tests.support.scopes import as_portal
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS

HOST = "yoyaku.localhost"
SEARCH = "part=morning&people=10"


def star(client: Client, room: object, schema: str = CHUO, **more: str) -> int:
    return client.post(f"/favourites/rooms/{schema}/{room}/", more).status_code


def test_a_star_puts_a_room_on_the_first_page_with_its_next_free_time(portal: Client) -> None:
    room = factories.meeting_room(name="星の室")
    page = portal.get(f"/places/{CHUO}/rooms/{room.pk}/").content.decode()
    assert "お気に入りに追加" in page
    assert star(portal, room.pk) == 302
    assert "お気に入りから外す" in portal.get(f"/places/{CHUO}/rooms/{room.pk}/").content.decode()
    page = portal.get("/").content.decode()
    assert "星の室" in page
    assert re.search(rf"/places/{CHUO}/rooms/{room.pk}/[\d-]+/\?slots=1,2,3", page)
    star(portal, room.pk, drop="1")
    assert "星の室" not in portal.get("/").content.decode()


@pytest.mark.parametrize("schemas", [[CHUO], [CHUO, SPORTS, BUNKA]])
def test_the_list_costs_the_same_for_any_number_of_rooms_and_tenants(portal: Client, schemas: list[str]) -> None:
    for schema in schemas:
        assert star(portal, factories.meeting_room(schema).pk, schema) == 302
    directory.current()
    with count_statements() as statements:
        page = portal.get("/favourites/").content.decode()
    assert page.count("次の空き：") == len(schemas)
    assert statements.count == 6, statements  # scope, session, favourites, their rooms, what is taken, searches


def test_a_room_that_is_not_public_or_not_there_cannot_be_marked(portal: Client) -> None:
    hidden = factories.meeting_room(is_public=False)
    assert star(portal, hidden.pk) == 404
    assert star(portal, uuid.uuid4()) == 404
    assert star(portal, factories.meeting_room().pk, SPORTS) == 404


def test_a_room_that_is_shown_no_more_is_told_and_can_be_let_go(portal: Client) -> None:
    room = factories.meeting_room(name="消えた室")
    star(portal, room.pk)
    with raw(f"tenant_{CHUO}", schema=CHUO) as connection:
        connection.execute("UPDATE bookings_room SET is_public = false")
    page = portal.get("/favourites/").content.decode()
    assert "公開されていない室場" in page
    assert "消えた室" not in page
    star(portal, room.pk, drop="1")
    assert "公開されていない室場" not in portal.get("/favourites/").content.decode()


def test_the_way_back_stays_on_this_host(portal: Client) -> None:
    room = factories.meeting_room()
    answer = portal.post(f"/favourites/rooms/{CHUO}/{room.pk}/", {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/favourites/"
    answer = portal.post(f"/favourites/rooms/{CHUO}/{room.pk}/", {"next": "/search/?people=3"})
    assert answer.headers["Location"] == "/search/?people=3"


def test_a_search_is_kept_without_its_day_and_opened_again(portal: Client) -> None:
    factories.meeting_room()
    day = f"{soon():%Y-%m-%d}"
    page = portal.get("/search/", {"part": "morning", "people": "10", "day": day}).content.decode()
    assert "この検索を保存する" in page
    portal.post("/favourites/searches/", {"name": "朝の会議", "query": f"day={day}&{SEARCH}&page=3&evil=1"})
    page = portal.get("/favourites/").content.decode()
    found = re.search(r'href="(/search/\?[^"]+)">朝の会議', page)
    assert found is not None
    assert found[1].replace("&amp;", "&") == f"/search/?{SEARCH}"
    assert portal.get(found[1].replace("&amp;", "&")).status_code == 200
    portal.post("/favourites/searches/1/forget/")
    assert "朝の会議" not in portal.get("/favourites/").content.decode()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("日だけ", "day=2027-01-01"),
        ("空", ""),
        ("", SEARCH),
        ("偽", "part=noon"),
        ("長" * 41, SEARCH),
        ("x", "word=" + "あ" * 61),
    ],
)
def test_what_is_no_search_is_not_kept(portal: Client, citizen: Citizen, name: str, query: str) -> None:
    assert portal.post("/favourites/searches/", {"name": name, "query": query}).status_code == 302
    with as_portal(account=citizen.account.pk):
        assert not SavedSearch.objects.exists()


def test_no_more_is_kept_than_there_are_places(portal: Client, citizen: Citizen) -> None:
    for number in range(MOST_SEARCHES):
        portal.post("/favourites/searches/", {"name": f"n{number}", "query": f"people={number + 1}"})
    page = portal.post("/favourites/searches/", {"name": "多い", "query": "people=99"}, follow=True).content.decode()
    assert f"お気に入りは{MOST_SEARCHES}件までです" in page
    with as_portal(account=citizen.account.pk):
        assert SavedSearch.objects.count() == MOST_SEARCHES


def test_postgresql_keeps_the_number_and_the_owner(superuser: psycopg.Connection, citizen: Citizen) -> None:
    other = factories.portal_account()
    insert = (
        "INSERT INTO shared.accounts_favouriteroom (account_id, place, tenant, room, made_at)"
        " VALUES (%s, %s, 'chuo', gen_random_uuid(), now())"
    )
    with raw("kashikan_portal", account=citizen.account.pk) as connection:
        connection.execute(insert, [citizen.account.pk, MOST_ROOMS])
        for values, error in (
            ([citizen.account.pk, MOST_ROOMS], errors.UniqueViolation),
            ([citizen.account.pk, MOST_ROOMS + 1], errors.CheckViolation),
            ([citizen.account.pk, 0], errors.CheckViolation),
            ([other.pk, 1], errors.InsufficientPrivilege),
        ):
            with pytest.raises(error):
                connection.execute(insert, values)
    for account in (other.pk, None):
        with raw("kashikan_portal", account=account) as stranger:
            assert stranger.execute("SELECT count(*) FROM shared.accounts_favouriteroom").fetchone() == (0,)
            assert stranger.execute("DELETE FROM shared.accounts_favouriteroom").rowcount == 0
    for table in ("favouriteroom", "savedsearch", "reminderwish", "openingreminder"):
        with raw(f"tenant_{CHUO}", schema=CHUO) as desk, pytest.raises(errors.InsufficientPrivilege):
            desk.execute(f"SELECT count(*) FROM shared.accounts_{table}")  # names of the list above


def choose(client: Client, **more: object) -> int:
    said = {"use": ["1440", "180"], "tentative": ["1440"], "opening": "on", "language": "ja"} | more
    return client.post("/reminders/", said).status_code


def test_reminders_are_chosen_and_shown_again(portal: Client, citizen: Citizen) -> None:
    assert choose(portal, is_quiet="on", quiet_from="22:00", quiet_until="07:00") == 302
    page = portal.get("/reminders/").content.decode()
    assert len(re.findall(r'value="(?:1440|180)"[^>]* checked', page)) == 3
    assert 'value="22:00"' in page
    with as_portal(account=citizen.account.pk):
        wish = ReminderWish.objects.get()
    assert (wish.use, wish.tentative, wish.opening) == ([1440, 180], [1440], True)


@pytest.mark.parametrize(
    "said",
    [
        {"use": ["5"]},
        {"tentative": ["x"]},
        {"is_quiet": "on", "quiet_from": "22:00"},
        {"is_quiet": "on", "quiet_from": "22:00", "quiet_until": "22:00"},
        {"is_quiet": "on", "quiet_from": "26:00", "quiet_until": "07:00"},
    ],
)
def test_times_that_nobody_may_choose_are_refused(portal: Client, citizen: Citizen, said: dict[str, object]) -> None:
    assert choose(portal, **said) == 422
    with as_portal(account=citizen.account.pk):
        assert not ReminderWish.objects.exists()


def stop_of(citizen: Citizen) -> str:
    with as_portal(account=citizen.account.pk):
        wish = ReminderWish.objects.first()
    return f"/reminders/stop/{text_of(wish.stop if wish else citizen.account.pk)}/"


@pytest.mark.parametrize("has_chosen", [True, False])
def test_a_link_in_a_mail_stops_all_of_them_without_a_sign_in(
    portal: Client, citizen: Citizen, *, has_chosen: bool
) -> None:
    if has_chosen:
        choose(portal)
    visitor = client_at(HOST)
    address = stop_of(citizen)
    assert "停止する" in visitor.get(address).content.decode()
    visitor.handler.enforce_csrf_checks = True
    for _ in range(2):
        answer = visitor.post(address, {"List-Unsubscribe": "One-Click"})
        assert "停止しました" in answer.content.decode()
    with as_portal(account=citizen.account.pk):
        wish = ReminderWish.objects.get()
    assert (wish.use, wish.tentative, wish.opening) == ([], [], False)


def test_a_link_is_void_once_something_else_was_chosen(portal: Client, citizen: Citizen) -> None:
    unchosen = stop_of(citizen)
    choose(portal)
    first = stop_of(citizen)
    choose(portal)
    visitor = client_at(HOST)
    for address in (unchosen, first, "/reminders/stop/架空/", f"/reminders/stop/{text_of(uuid.uuid4())}/"):
        assert visitor.post(address).status_code == 410
    with as_portal(account=citizen.account.pk):
        assert ReminderWish.objects.get().use == [1440, 180]


def test_a_reminder_tells_mail_programs_how_to_stop_it_and_other_mails_do_not() -> None:
    stop = uuid.uuid4()
    reader = Recipient("sakura@citizens.example", "ja")
    message = mail_to(uuid.uuid4(), template="bookings/mail/reminder_use", state="permitted", stop=str(stop))
    mail = mail_of(message, reader, connection=get_connection())
    address = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.endswith(f"/reminders/stop/{text_of(stop)}/")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in str(mail.body)
    other = mail_of(mail_to(uuid.uuid4()), reader, connection=get_connection())
    assert "List-Unsubscribe" not in other.extra_headers


def test_all_of_it_ends_with_the_account(portal: Client, citizen: Citizen, superuser: psycopg.Connection) -> None:
    star(portal, factories.meeting_room().pk)
    portal.post("/favourites/searches/", {"name": "朝", "query": SEARCH})
    choose(portal)
    portal.post("/bookings/calendar/")
    answer = portal.post("/account/end/", {"current": factories.PASSWORD, "is_meant": "on"})
    assert answer.headers["Location"] == "/"
    for model in (FavouriteRoom, SavedSearch, ReminderWish, CalendarLink, PortalAccount):
        rows = superuser.execute(f"SELECT count(*) FROM shared.{model._meta.db_table}").fetchone()
        assert rows == (0,), model


def test_a_stranger_sees_and_changes_nothing_of_it(portal: Client, citizen: Citizen) -> None:
    portal.post("/favourites/searches/", {"name": "秘密の検索", "query": SEARCH})
    choose(portal)
    stranger = signed_in(client_at(HOST), factories.portal_account())
    assert "秘密の検索" not in stranger.get("/favourites/").content.decode()
    stranger.post("/favourites/searches/1/forget/")
    choose(stranger, use=["60"])
    with as_portal(account=citizen.account.pk):
        assert SavedSearch.objects.get().name == "秘密の検索"
        assert ReminderWish.objects.get().use == [1440, 180]
