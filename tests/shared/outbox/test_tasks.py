"""The sweep: one statement, however many tenants; a drain for each schema that has mails."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from config.celery import app
from shared.outbox.tasks import drain_outbox, sweep_outbox
from tenants.scope import NOBODY, unit_of_work
from tests.factories import portal_account
from tests.support.broker import everything, queued
from tests.support.outbox import states, waiting_mail
from tests.support.statements import count_statements

pytestmark = pytest.mark.usefixtures("database")
app.set_default()


def test_the_sweep_sends_a_drain_for_each_schema_that_has_mails_due(superuser: psycopg.Connection) -> None:
    account = portal_account()
    for schema in ("sports", "chuo", "bunka"):
        waiting_mail(account.pk, schema=schema)
    superuser.execute("UPDATE sports.outbox_message SET due_at = now() + interval '1 minute'")
    sweep_outbox()
    drains = [("outbox.drain", {"schema": schema}) for schema in ("bunka", "chuo")]
    assert sorted(queued(), key=str) == drains


def test_the_sweep_leaves_a_tenant_that_is_not_at_work(superuser: psycopg.Connection) -> None:
    waiting_mail(portal_account().pk)
    superuser.execute("UPDATE shared.tenants_tenant SET state = 'suspended' WHERE schema_name = 'chuo'")
    sweep_outbox()
    assert queued() == []


@pytest.mark.parametrize("schemas", [["chuo"], ["chuo", "sports", "bunka"]])
def test_the_sweep_asks_once_however_many_tenants_wait(schemas: list[str]) -> None:
    account = portal_account()
    for schema in schemas:
        waiting_mail(account.pk, schema=schema)
    with unit_of_work(NOBODY), count_statements() as statements:
        sweep_outbox()
    assert [text for text in statements.texts if "set_config" not in text] == ["SELECT gate.outbox_backlog()"]
    assert statements.count <= 2


def test_the_drain_of_a_schema_sends_its_mails(mailbox: Path) -> None:
    waiting_mail(portal_account().pk, schema="sports")
    drain_outbox("sports")
    assert len(list(mailbox.iterdir())) == 1
    assert states("sports") == {"sent": 1}


def test_the_drain_of_the_shared_schema_runs_as_the_city(mailbox: Path) -> None:
    drain_outbox("shared")
    assert not mailbox.exists()


def test_nothing_of_a_mail_or_its_recipient_lies_in_the_broker() -> None:
    account = portal_account(login_id="hanako.k", email="hanako.k@citizens.example")
    message = waiting_mail(account.pk, reason="架空花子の申請", number="2026-777777")
    sweep_outbox()
    kept = everything()
    assert "chuo" in kept
    for private in ("hanako", str(account.pk), str(message.pk), "架空", "2026-777777"):
        assert private not in kept
