"""``manage.py outbox``: what waits everywhere, in one statement, and a second chance for what failed."""

from __future__ import annotations

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError

from shared.outbox.models import Message, MessageState
from shared.outbox.queries import counts
from tenants.tasks import UnknownTenantError
from tests.factories import portal_account
from tests.support.outbox import states, waiting_mail, waiting_mails
from tests.support.scopes import as_city, as_tenant
from tests.support.statements import count_statements

pytestmark = pytest.mark.usefixtures("database")


def fail_all(schema: str) -> None:
    with as_tenant(schema):
        Message.objects.update(state=MessageState.FAILED)


def test_the_city_counts_all_tenants_mails_in_one_statement() -> None:
    account = portal_account()
    waiting_mails(account.pk, 2)
    waiting_mail(account.pk, schema="sports")
    fail_all("sports")
    with as_city(), count_statements() as statements:
        found = [(count.schema, count.state, count.messages) for count in counts()]
    assert found == [("chuo", "pending", 2), ("sports", "failed", 1)]
    assert len([text for text in statements.texts if "set_config" not in text]) == 1


def test_a_tenant_may_not_count_the_others() -> None:
    with as_tenant("chuo"), pytest.raises(ProgrammingError, match="permission denied"):
        counts()


def test_the_command_shows_states_and_no_person(capsys: pytest.CaptureFixture[str]) -> None:
    waiting_mail(portal_account().pk)
    call_command("outbox")
    told = capsys.readouterr().out.split()
    assert told[:3] == ["chuo", "pending", "1"]


def test_the_command_gives_failed_mails_a_second_chance(capsys: pytest.CaptureFixture[str]) -> None:
    for schema in ("chuo", "sports"):
        waiting_mail(portal_account().pk, schema=schema)
        fail_all(schema)
    call_command("outbox", again="chuo")
    assert (states("chuo"), states("sports")) == ({"pending": 1}, {"failed": 1})


def test_the_command_knows_its_tenants(superuser: psycopg.Connection) -> None:
    with pytest.raises(UnknownTenantError):
        call_command("outbox", again="nowhere")
