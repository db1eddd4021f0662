"""The mail about the end of a registration, in both languages."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from shared.outbox.mails import mail_of
from shared.outbox.messages import message
from shared.outbox.recipients import Recipient

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
CONTEXT = {
    "numbers": ["A-000012-3", "A-000013-1"],
    "ends_on": "2027-03-31",
    "days": 30,
    "place_name": "架空センター",
    "place_name_en": "Imaginary Centre",
}


def mail_in(language: str) -> EmailMultiAlternatives:
    made = message(template="registrants/mail/ending", recipient=uuid.uuid4(), context=CONTEXT)
    return mail_of(made, Recipient("sakura@citizens.example", language), connection=get_connection())


def test_it_says_where_which_and_until_when() -> None:
    mail = mail_in("ja")
    for told in (str(mail.body), str(mail.alternatives[0][0])):
        for part in ("架空センター", "A-000012-3、A-000013-1", "令和9年3月31日（水）"):
            assert part in told
    assert "架空センター" in mail.subject


@pytest.mark.parametrize("part", ["subject", "body"])
def test_the_english_one_has_no_japanese_left(part: str) -> None:
    mail = mail_in("en")
    assert not JAPANESE.search(str(getattr(mail, part)))
    assert "Imaginary Centre" in str(mail.body)


def decided_in(language: str, **told: object) -> EmailMultiAlternatives:
    context = {
        "facility_name": "架空センター",
        "facility_name_en": "Imaginary Centre",
        "path": "/registrations/",
        "act": "suspend",
        "state": "suspended",
        "number": "A-000012-5",
        "first": "2026-05-01",
        "last": "2026-05-31",
        "reason": "",
        "by_account": True,
    }
    made = message(template="registrants/mail/decided", recipient=uuid.uuid4(), context=context | told)
    return mail_of(made, Recipient("sakura@citizens.example", language), connection=get_connection())


@pytest.mark.parametrize(
    "act", ["approve", "complete", "refuse", "suspend", "lift", "close", "reopen", "stop_online", "allow_online"]
)
def test_every_decision_is_told_in_both_languages_and_both_parts(act: str) -> None:
    state = "active" if act == "complete" else "suspended"
    for language in ("ja", "en"):
        mail = decided_in(language, act=act, state=state)
        for part in (str(mail.body), str(mail.alternatives[0][0])):
            assert "A-000012-5" in part
            assert "/registrations/" in part
        assert bool(JAPANESE.search(str(mail.body))) == (language == "ja")


def test_a_suspension_is_told_with_its_days_and_reason_and_as_no_notice() -> None:
    body = str(decided_in("ja", reason="無断不使用 <3回>", by_account=False).body)
    for part in ("令和8年5月1日（金）から令和8年5月31日（日）まで", "無断不使用 <3回>", "通知書ではありません"):
        assert part in body
    assert "/registrations/" not in body
    assert "期限の定めなし" in str(decided_in("ja", last="").body)


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        ("received", "An inquiry is waiting"),
        ("overdue", "The answer to an inquiry is late"),
        ("answered", "An inquiry was answered"),
        ("decided", "The city decided about an inquiry"),
    ],
)
def test_a_facility_is_told_of_an_inquiry_and_its_page(what: str, subject: str) -> None:
    context = {
        "facility_name": "架空センター",
        "facility_name_en": "Imaginary Centre",
        "path": "/inquiries/received/x/",
        "desk": "https://center.example.jp",
        "what": what,
    }
    made = message(template="registrants/mail/inquiry", recipient=uuid.uuid4(), context=context)
    mail = mail_of(made, Recipient("center@example.jp", "en"), connection=get_connection())
    assert mail.subject == subject
    for told in (str(mail.body), str(mail.alternatives[0][0])):
        assert "https://center.example.jp/inquiries/received/x/" in told
    assert not JAPANESE.search(str(mail.body))
