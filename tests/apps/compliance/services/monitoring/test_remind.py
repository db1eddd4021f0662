"""Reminders come once a step, to those whose turn it is, and late ones to 総括; a mail holds nobody's data."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from apps.compliance.models.monitoring import MonitoringAct
from apps.compliance.models.monitoring_findings import MailboxSide
from apps.compliance.monitoring_tasks import remind_of_monitoring
from apps.compliance.services.monitoring.close import close_month
from apps.compliance.services.monitoring.mailboxes import keep_mailboxes
from shared.outbox.drain import drain
from shared.outbox.models import Message, MessageState
from tests.apps.compliance import monitoring as months
from tests.support.fixtures import Freeze
from tests.support.outbox import read_mail
from tests.support.scopes import as_city
from tests.support.tenants import CHUO, SPORTS


@pytest.fixture(autouse=True)
def _mailboxes(freeze: Freeze, database: None) -> None:
    freeze("2026-04-01 09:00")
    with as_city():
        keep_mailboxes(actor=months.CITY, tenant=CHUO, addresses={"operator": "center@example.jp"})
        keep_mailboxes(actor=months.CITY, tenant=CHUO, addresses={"department": "fukushi@example.jp"})
        keep_mailboxes(actor=months.CITY, tenant="", addresses={"general": "soukatsu@example.jp"})


def mails() -> int:
    with as_city():
        return Message.objects.count()


def test_each_step_is_told_once_and_the_last_to_the_general_affairs(freeze: Freeze) -> None:
    months.made()
    told = []
    for day in ("01", "02", "02", "05", "06", "07", "12", "13"):
        freeze(f"2026-04-{day} 09:00")
        remind_of_monitoring()
        told.append(mails())
    assert told == [0, 1, 1, 1, 3, 3, 6, 6]
    with as_city():
        assert MonitoringAct.objects.filter(act="remind", side="system").count() == 3


def test_what_waits_for_the_city_is_not_told_to_the_operator(freeze: Freeze) -> None:
    months.reported()
    freeze("2026-04-28 09:00")
    remind_of_monitoring()
    assert mails() == 1


def test_a_facility_without_mailboxes_is_reminded_on_its_pages_alone(freeze: Freeze) -> None:
    months.made(SPORTS)
    freeze("2026-04-06 09:00")
    remind_of_monitoring()
    assert mails() == 0
    with as_city():
        assert MonitoringAct.objects.filter(act="remind", tenant=SPORTS).count() == 1


def test_a_closed_month_is_left_alone(freeze: Freeze) -> None:
    months.checked()
    with as_city():
        close_month(actor=months.CITY, tenant=CHUO, month=months.MARCH)
    freeze("2027-01-01 09:00")
    remind_of_monitoring()
    assert mails() == 0


def test_the_mail_goes_to_the_mailbox_of_the_moment(freeze: Freeze, settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "shared.outbox.folder.FolderBackend", str(tmp_path)
    months.made()
    freeze("2026-04-06 09:00")
    remind_of_monitoring()
    with as_city():
        new = {MailboxSide.OPERATOR.value: "new@example.jp", MailboxSide.DEPARTMENT.value: ""}
        keep_mailboxes(actor=months.CITY, tenant=CHUO, addresses=new)
        done = drain()
    assert (done[MessageState.SENT], done[MessageState.SKIPPED]) == (1, 1)
    [path] = tmp_path.glob("*.eml")
    mail = read_mail(path)
    body = mail.get_body(("plain",))
    assert mail["To"] == "new@example.jp"
    assert mail["Subject"].strip() == "月次モニタリングの期限を過ぎています（架空総合福祉センター 令和8年3月分）"
    assert body is not None
    assert "すること: 自己点検の報告" in body.get_content()
    assert "期限: 令和8年4月5日（日）" in body.get_content()
