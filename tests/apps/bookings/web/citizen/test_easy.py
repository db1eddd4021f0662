"""やさしい日本語: the path from the search to the mails in easy words with furigana; to the world it is Japanese."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.utils.translation import override

from apps.bookings.models import Booking, BookingState
from shared.accounts.models import PortalAccount
from shared.outbox.mails import mail_of
from shared.outbox.recipients import Recipient
from tests import factories
from tests.factories import Citizen, soon
from tests.support.clients import client_at
from tests.support.outbox import mail_to
from tests.support.scopes import as_portal
from tests.support.tenants import CHUO

RUBY = re.compile(r"<ruby>(.*?)<rp>（</rp><rt>.*?</rt><rp>）</rp></ruby>")


@pytest.fixture
def easy(portal: Client) -> Client:
    portal.post("/language/", {"language": "ja-easy", "next": "/"})
    return portal


def read(client: Client, address: str, *, status: int = 200) -> str:
    """The page as it is spoken: without furigana."""
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return spoken(answer)


def spoken(answer: object) -> str:
    page: str = answer.content.decode()  # type: ignore[attr-defined]  # an answer
    assert answer.headers["Content-Language"] == "ja"  # type: ignore[attr-defined]
    assert '<html lang="ja">' in page
    assert "《" not in page
    assert "<ruby>" in page
    return RUBY.sub(r"\1", page)


def test_the_path_from_the_search_to_the_cancelled_booking(easy: Client, citizen: Citizen) -> None:
    room = factories.meeting_room()
    day = f"{soon():%Y-%m-%d}"
    page = read(easy, f"/search/?day={day}&part=afternoon")
    assert "午後1時〜午後5時" in page
    assert f"{soon().year}年{soon().month}月{soon().day}日(" in page
    assert "令和" not in page
    assert "次に空いている日と時間" in read(easy, f"/places/{CHUO}/rooms/{room.pk}/next/")
    page = read(easy, f"/places/{CHUO}/rooms/{room.pk}/{day}/")
    assert "時間を選んでください" in page
    form = {"key": "00000000-0000-0000-0000-000000000001", "registrant": str(citizen.registrant.pk), "slots": "2"}
    page = spoken(easy.post(f"/places/{CHUO}/rooms/{room.pk}/{day}/hold/", form, follow=True))
    assert "何人で使いますか" in page
    with as_portal(CHUO, citizen.account.pk):
        booking = Booking.objects.get()
    address = f"/places/{CHUO}/bookings/{booking.pk}/"
    said = {"purpose": "meeting", "event_name": "例会", "headcount": "31", "version": "1"}
    assert "人が多すぎます。30人までです。" in spoken(easy.post(f"{address}apply/", said))
    page = spoken(easy.post(f"{address}apply/", said | {"headcount": "9"}, follow=True))
    assert "申し込みました。" in page
    assert "施設の人が見ています" in page
    assert "この予約をやめる" in page
    page = spoken(easy.post(f"{address}cancel/", {"version": "2"}, follow=True))
    assert "予約をやめました。" in page
    assert "自分の予約を見る・やめる" in read(easy, "/bookings/")


@pytest.mark.parametrize(
    "address", ["/", "/favourites/", "/reminders/", "/bookings/", "/bookings/calendar/", "/login/"]
)
def test_every_page_of_the_path_is_spoken_easily(easy: Client, address: str) -> None:
    read(easy, address)


def test_an_error_page_is_too(easy: Client) -> None:
    assert "ページがありません" in RUBY.sub(r"\1", easy.get("/facilities/nowhere/").content.decode())


def easy_mail(kind: str, state: str, **context: object) -> EmailMultiAlternatives:
    message = mail_to(factories.portal_account().pk, template=f"bookings/mail/{kind}", state=state, **context)
    return mail_of(message, Recipient("sakura@citizens.example", "ja-easy"), connection=get_connection())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("kind", "state"), [("applied", "under_review"), ("permitted", "permitted"), ("refused", "refused")]
)
def test_a_mail_is_written_easily_without_a_trace_of_the_notation(kind: str, state: str) -> None:
    mail = easy_mail(kind, state, reason="工事のため" if kind == "refused" else "")
    [(html, _)] = mail.alternatives
    assert "2026年12月1日(火)" in str(mail.body)
    assert "午前9時から午後5時まで" in str(mail.body)
    assert not any("《" in told for told in (str(mail.subject), str(mail.body), str(html)))
    assert "<ruby>" in str(html)
    assert '<html lang="ja">' in str(html)
    assert mail.extra_headers["Content-Language"] == "ja"


def test_mails_are_written_in_the_language_that_was_chosen(portal: Client, citizen: Citizen) -> None:
    portal.post("/reminders/", {"language": "ja-easy"})
    with as_portal():
        assert PortalAccount.objects.get(pk=citizen.account.pk).language == "ja-easy"
    assert portal.post("/reminders/", {"language": "xx"}).status_code == 422


def test_a_desk_has_no_easy_language(desk: Client) -> None:
    desk.post("/language/", {"language": "ja-easy", "next": "/"})
    assert "kashikan_language" not in desk.cookies


@pytest.mark.usefixtures("database")
def test_the_calendar_and_the_interface_for_programs_hold_no_notation() -> None:
    visitor = client_at("yoyaku.localhost")
    visitor.post("/language/", {"language": "ja-easy", "next": "/"})
    at = factories.facility()
    factories.meeting_room(at=at)
    told = visitor.get(f"/api/places/{CHUO}/facilities/{at.pk}/availability/?month=x")
    assert "《" not in told.content.decode()


def test_every_state_of_a_booking_has_easy_words() -> None:
    with override("ja"):
        plain = {state: str(state.label) for state in BookingState}
    with override("ja-easy"):
        assert not [state for state in BookingState if str(state.label) == plain[state]]
