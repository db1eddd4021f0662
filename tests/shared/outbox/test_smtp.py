"""Sending to a real SMTP server, and what becomes of a mail that it does not take."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from pytest_django import Settings

from shared.outbox.drain import drain
from shared.outbox.models import Message, MessageState
from tests.factories import portal_account
from tests.support.outbox import let_time_pass, states, waiting_mail, waiting_mails
from tests.support.scopes import as_tenant
from tests.support.smtp import LOOPBACK, Post, free_port, post_office

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST = LOOPBACK
    with post_office() as post:
        settings.EMAIL_PORT = post.port
        yield post


def test_a_mail_arrives_with_text_html_and_its_number(post: Post) -> None:
    message = waiting_mail(portal_account(email="sakura@citizens.example").pk)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SENT: 1}
    [mail] = post.received
    assert mail["To"] == "sakura@citizens.example"
    assert post.numbers == [f"<{message.pk}@localhost>"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_a_recipient_who_is_refused_for_good_fails_at_once_and_the_others_get_theirs(post: Post) -> None:
    post.refusals["gone@citizens.example"] = "550 no such user"
    gone = waiting_mail(portal_account(email="gone@citizens.example").pk)
    waiting_mails(portal_account().pk, 2)
    with as_tenant("chuo"):
        assert drain() == {MessageState.SENT: 2, MessageState.FAILED: 1}
        assert Message.objects.get(pk=gone.pk).last_error == "smtp 550"


def test_a_full_mailbox_is_tried_again_and_then_reached(post: Post, superuser: psycopg.Connection) -> None:
    post.refusals["full@citizens.example"] = "452 mailbox full"
    waiting_mail(portal_account(email="full@citizens.example").pk)
    with as_tenant("chuo"):
        assert drain() == {MessageState.PENDING: 1}
        assert drain() == {}, "it waits before it tries again"
        post.refusals.clear()
        let_time_pass(superuser)
        assert drain() == {MessageState.SENT: 1}


def test_an_outage_counts_against_no_message(post: Post, settings: Settings, superuser: psycopg.Connection) -> None:
    waiting_mails(portal_account().pk, 3)
    settings.EMAIL_PORT = free_port()
    with as_tenant("chuo"):
        for _ in range(20):
            assert drain() == {}
            let_time_pass(superuser)
        assert set(Message.objects.values_list("attempts", flat=True)) == {0}
        settings.EMAIL_PORT = post.port
        assert drain() == {MessageState.SENT: 3}


def test_a_repetition_after_a_lost_commit_bears_the_same_number(post: Post, superuser: psycopg.Connection) -> None:
    waiting_mail(portal_account().pk)
    with as_tenant("chuo"):
        drain()
    superuser.execute("UPDATE chuo.outbox_message SET state = 'pending', due_at = now()")  # as if never committed
    with as_tenant("chuo"):
        drain()
    assert len(post.numbers) == 2
    assert len(set(post.numbers)) == 1
    assert states() == {"sent": 1}
