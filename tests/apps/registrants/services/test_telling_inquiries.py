"""Facilities are told by mail that a 照会票, or its answer, waits; the mail says where and nothing of whom."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from apps.compliance.models.monitoring_findings import MailboxSide
from apps.compliance.services.monitoring.mailboxes import keep_mailboxes
from apps.compliance.services.senior_cards import decide
from apps.registrants.models import Card
from apps.registrants.services.telling_inquiries import tell_of_inquiries
from apps.registrants.tasks import keep_states
from kernel import clock
from kernel.clock import TOKYO
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.outbox.drain import drain
from shared.outbox.models import Message, MessageState
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.apps.compliance import monitoring
from tests.apps.registrants.services.test_inquiries_end import (
    WHY,
    answered,
    applied,
    ended,
    held,
    inquired,
    waits,
)
from tests.support.fixtures import Freeze
from tests.support.outbox import read_mail
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
STATEMENTS = 8
"""The letters, the savepoint and its end, what was told, the facility's name and host, the mails."""


def told(schema: str) -> list[str]:
    with as_tenant(schema):
        return [one.context["what"] for one in Message.objects.order_by("created_at")]


def asked() -> tuple[Card, UUID]:
    card = held()
    return card, inquired(applied())


def days_on(freeze: Freeze, days: int) -> None:
    freeze(f"{clock.now().astimezone(TOKYO) + dt.timedelta(days=days):%Y-%m-%d %H:%M}")


def test_who_is_asked_is_told_once_and_who_asks_when_the_answer_came() -> None:
    _, inquiry = asked()
    for _ in range(2):
        keep_states(CHUO), keep_states(SPORTS)
    assert (told(CHUO), told(SPORTS)) == (["received"], [])
    answered(inquiry, "other")
    for _ in range(2):
        keep_states(CHUO), keep_states(SPORTS)
    assert (told(CHUO), told(SPORTS)) == (["received"], ["answered"])
    with as_tenant(SPORTS):
        assert AuditEntry.objects.get(object_type="mail").detail == {"inquiry": str(inquiry), "told": "answered"}


def test_a_late_answer_is_asked_for_once_and_stands_first_at_the_desk(freeze: Freeze) -> None:
    _, inquiry = asked()
    keep_states(CHUO)
    assert "回答が遅れている照会票" not in waits(CHUO)
    days_on(freeze, 8)
    for _ in range(2):
        keep_states(CHUO)
    assert told(CHUO) == ["received", "overdue"]
    assert waits(CHUO)["回答が遅れている照会票"] == 1
    answered(inquiry, "other")
    assert "回答が遅れている照会票" not in waits(CHUO)


def test_an_answer_waits_at_the_desk_that_asked_while_the_card_is_applied_for() -> None:
    _, inquiry = asked()
    answered(inquiry, "other")
    assert waits(SPORTS)["照会票の回答か市の決定が届いた登録証の申請"] == 1
    assert "照会票の回答か市の決定が届いた登録証の申請" not in waits(CHUO)


def test_a_decision_of_the_city_is_told_to_both_and_the_application_waits_at_the_desk() -> None:
    _, inquiry = asked()
    answered(inquiry, "same")
    officer = Actor(kind="city", id=factories.department(CHUO, SPORTS).pk)
    with as_city():
        decide(actor=officer, inquiry=inquiry, decision="transfer", note=WHY)
    for _ in range(2):
        keep_states(CHUO), keep_states(SPORTS)
    assert (told(CHUO), told(SPORTS)) == (["decided"], ["decided"])
    assert waits(SPORTS)["照会票の回答か市の決定が届いた登録証の申請"] == 1
    assert "照会票の回答か市の決定が届いた登録証の申請" not in waits(CHUO)


def test_what_has_ended_is_told_to_nobody() -> None:
    card, _ = asked()
    ended(card, CHUO)
    keep_states(CHUO), keep_states(SPORTS)
    assert (told(CHUO), told(SPORTS)) == ([], [])


def test_the_mail_reaches_the_operators_mailbox_and_holds_nothing_of_the_person(
    tmp_path: Path, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "shared.outbox.folder.FolderBackend", str(tmp_path)
    with as_city():
        keep_mailboxes(actor=monitoring.CITY, tenant=CHUO, addresses={MailboxSide.OPERATOR: "center@example.jp"})
        keep_mailboxes(actor=monitoring.CITY, tenant=SPORTS, addresses={MailboxSide.OPERATOR: "sports@example.jp"})
    card, inquiry = asked()
    keep_states(CHUO)
    with as_tenant(CHUO):
        drain()
    [path] = tmp_path.glob("*.eml")
    mail = read_mail(path)
    text = str(mail)
    assert mail["To"] == "center@example.jp"
    body = mail.get_body(("plain",))
    assert body is not None
    link = f"http://{CHUO}.localhost/inquiries/received/{inquiry}/"
    assert link in body.get_content().split()
    page = mail.get_body(("html",))
    assert page is not None
    assert f'href="{link}"' in page.get_content()
    for secret in (card.registrant.family_name, card.registrant.number, str(card.pk), card.registrant.phone):
        assert secret not in text


def test_without_a_mailbox_nothing_is_sent_and_nothing_is_stuck() -> None:
    asked()
    keep_states(CHUO)
    with as_tenant(CHUO):
        drain()
        assert Message.objects.get().state == MessageState.SKIPPED


@pytest.mark.race
def test_two_runs_at_once_tell_once() -> None:
    asked()

    def work(_number: int) -> int:
        with as_tenant(CHUO):
            return tell_of_inquiries()

    assert sum(together(4, work)) == 1
    assert told(CHUO) == ["received"]


@pytest.mark.parametrize("number", [1, 3])
def test_telling_takes_the_same_statements_whatever_waits(number: int) -> None:
    held()
    for _ in range(number):
        inquired(applied())
    with as_tenant(CHUO), count_statements() as statements:
        assert tell_of_inquiries() == number
    assert statements.count == STATEMENTS, statements
