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
