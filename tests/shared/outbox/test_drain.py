"""The drain: every mail once, in the recipient's language, whatever the neighbours of a mail are like."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.db import transaction

from shared.inserts import insert_together
from shared.outbox.drain import drain
from shared.outbox.models import Message, MessageState
from tests.factories import portal_account
from tests.support.outbox import mail_to, read_mail, states, waiting_mail, waiting_mails
from tests.support.scopes import as_portal, as_tenant

pytestmark = pytest.mark.usefixtures("database")


def test_a_waiting_mail_is_sent_and_marked(mailbox: Path) -> None:
    message = waiting_mail(portal_account(email="sakura@citizens.example").pk)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SENT: 1}
    [path] = mailbox.iterdir()
    assert path.name == f"{message.pk}.eml"
    assert read_mail(path)["To"] == "sakura@citizens.example"
    assert states() == {"sent": 1}


def test_a_mail_that_was_sent_is_not_sent_again(mailbox: Path) -> None:
    waiting_mail(portal_account().pk)
    with as_tenant("chuo"):
        drain()
        assert drain() == {}


def test_a_change_that_is_rolled_back_leaves_no_mail(mailbox: Path) -> None:
    account = portal_account()
    with as_tenant("chuo"):
        with transaction.atomic():
            insert_together(mail_to(account.pk))
            transaction.set_rollback(True)
        assert drain() == {}
    assert states() == {}


def test_a_citizen_may_add_a_mail_and_read_none(mailbox: Path) -> None:
    account = portal_account()
    with as_portal("chuo", account.pk):
        insert_together(mail_to(account.pk))
        with pytest.raises(Exception, match="permission denied"):
            Message.objects.first()
    assert states() == {"pending": 1}


def test_a_recipient_without_an_address_is_skipped(mailbox: Path) -> None:
    waiting_mail(portal_account(email="").pk)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SKIPPED: 1}
    assert not mailbox.exists()


def test_a_recipient_who_is_gone_is_skipped(mailbox: Path) -> None:
    waiting_mail(uuid.uuid4())
    with as_tenant("chuo"):
        assert drain() == {MessageState.SKIPPED: 1}


def test_a_bad_message_holds_up_no_other(mailbox: Path) -> None:
    account = portal_account()
    bad = waiting_mail(account.pk, template="bookings/mail/nonsense")
    waiting_mails(account.pk, 2)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SENT: 2, MessageState.PENDING: 1}
        told = Message.objects.get(pk=bad.pk)
    assert (told.attempts, told.last_error) == (1, "TemplateDoesNotExist")


def test_more_mails_than_a_batch_are_sent_by_one_drain(mailbox: Path) -> None:
    waiting_mails(portal_account().pk, 45)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SENT: 45}
    assert len(list(mailbox.iterdir())) == 45


def test_a_drain_of_one_tenant_leaves_anothers_mails(mailbox: Path) -> None:
    waiting_mail(portal_account().pk, schema="sports")
    with as_tenant("chuo"):
        assert drain() == {}
    assert states("sports") == {"pending": 1}
