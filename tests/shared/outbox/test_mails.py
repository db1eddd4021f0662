"""What a mail is: both languages, text and HTML, one number however often it is made."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Final

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import translation
from pytest_django import Settings

from shared.outbox.mails import mail_of
from shared.outbox.models import Message
from shared.outbox.recipients import Recipient
from tests.support.outbox import mail_to

KINDS: Final = ("applied", "permitted", "refused", "cancelled")
MAILS: Final = Path(__file__).parents[3] / "apps/bookings/templates/bookings/mail"
JAPANESE: Final = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def made(message: Message, language: str = "ja") -> EmailMultiAlternatives:
    return mail_of(message, Recipient("sakura@citizens.example", language), connection=get_connection())


def mail_about(kind: str, language: str = "ja", **context: object) -> EmailMultiAlternatives:
    state = "under_review" if kind == "applied" else kind
    values = {"state": state, "reason": "Under repair" if kind == "refused" else ""} | context
    return made(mail_to(uuid.uuid4(), template=f"bookings/mail/{kind}", **values), language)


def html_of(mail: EmailMultiAlternatives) -> str:
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    return str(html)


@pytest.mark.parametrize("kind", KINDS)
def test_a_japanese_mail_says_where_when_and_which_booking(kind: str) -> None:
    mail = mail_about(kind)
    for told in (str(mail.body), html_of(mail)):
        assert "架空センター" in told
        assert "会議室" in told
        assert "令和8年12月1日（火）" in told
        assert "9:00–17:00（午前・午後）" in told
    assert "2026-000123" in str(mail.subject)


@pytest.mark.parametrize("kind", KINDS)
def test_an_english_mail_has_no_japanese_left(kind: str) -> None:
    mail = mail_about(kind, "en")
    assert "Imaginary Centre" in str(mail.body)
    assert "Tue 1 Dec 2026" in str(mail.body)
    for told in (str(mail.subject), str(mail.body), html_of(mail)):
        assert not JAPANESE.search(told), told


@pytest.mark.parametrize("kind", KINDS)
def test_the_four_mails_tell_different_things(kind: str) -> None:
    others = {str(mail_about(other).subject) for other in KINDS if other != kind}
    assert str(mail_about(kind).subject) not in others


def test_the_html_part_names_its_language() -> None:
    assert '<html lang="ja">' in html_of(mail_about("permitted", "ja"))
    assert '<html lang="en">' in html_of(mail_about("permitted", "en"))


def test_a_facility_without_an_english_name_keeps_its_own() -> None:
    assert "架空センター" in str(mail_about("permitted", "en", facility_name_en="").body)


def test_a_language_that_we_do_not_have_becomes_japanese() -> None:
    assert made(mail_to(uuid.uuid4()), "xx").extra_headers["Content-Language"] == "ja"


def test_the_language_of_the_process_is_left_as_it_was() -> None:
    with translation.override("en"):
        mail_about("permitted", "ja")
        assert translation.get_language() == "en"


def test_the_reason_stands_in_text_as_it_is_and_in_html_without_markup() -> None:
    mail = mail_about("refused", reason="A面 & B面の<点検>")
    assert "A面 & B面の<点検>" in str(mail.body)
    assert "A面 &amp; B面の&lt;点検&gt;" in html_of(mail)


def test_the_reason_is_told_only_where_there_is_one() -> None:
    assert "理由" in str(mail_about("cancelled", reason="設備の点検").body)
    assert "理由" not in str(mail_about("cancelled", reason="").body)


def test_a_line_break_in_a_name_does_not_break_the_subject() -> None:
    mail = mail_about("permitted", number="2026-1\nBcc: eve@citizens.example")
    assert mail.subject == "利用を許可しました（受付番号 2026-1 Bcc: eve@citizens.example）"
    assert mail.message()["Bcc"] is None


def test_the_link_leads_to_the_portal(settings: Settings) -> None:
    settings.PORT_SHOWN = 8000
    link = "http://yoyaku.localhost:8000/places/chuo/bookings/00000000-0000-4000-8000-000000000001/"
    mail = mail_about("permitted")
    assert link in str(mail.body)
    assert f'href="{link}"' in html_of(mail)


def test_the_number_of_a_mail_is_its_messages_every_time() -> None:
    message = mail_to(uuid.uuid4())
    numbers = {made(message).message()["Message-ID"] for _ in range(2)}
    assert numbers == {f"<{message.pk}@localhost>"}


def test_a_mail_says_that_a_machine_wrote_it() -> None:
    assert mail_about("permitted").message()["Auto-Submitted"] == "auto-generated"


def test_a_mail_goes_to_its_recipient_alone() -> None:
    assert mail_about("permitted").recipients() == ["sakura@citizens.example"]


@pytest.mark.parametrize("name", sorted({path.name.partition(".")[0] for path in MAILS.glob("*.subject.txt")}), ids=str)
def test_every_mail_about_a_booking_has_a_subject_a_text_and_a_page(name: str) -> None:
    for ending in ("subject.txt", "txt", "html"):
        assert (MAILS / f"{name}.{ending}").exists(), ending
