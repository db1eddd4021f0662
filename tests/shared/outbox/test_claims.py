"""Leases: a message is one worker's at a time, and comes back when that worker does not."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from kernel import clock
from shared.outbox.claims import LEASE, begin, claim, deliver, give_back, put_off, revive
from shared.outbox.models import Message, MessageState
from shared.outbox.retries import ATTEMPTS
from tests.factories import portal_account
from tests.support.outbox import let_time_pass, states, waiting_mail, waiting_mails
from tests.support.raw import raw_superuser
from tests.support.scopes import as_tenant

pytestmark = pytest.mark.usefixtures("database")


def test_what_one_worker_has_taken_up_another_does_not_get() -> None:
    waiting_mails(portal_account().pk, 3)
    with as_tenant("chuo"):
        assert len(claim(at_most=2)) == 2
        assert len(claim(at_most=2)) == 1
        assert claim(at_most=2) == []


def test_what_a_dead_worker_had_taken_up_is_due_again_after_the_lease() -> None:
    waiting_mail(portal_account().pk)
    with as_tenant("chuo"):
        [taken] = claim(at_most=1)
    assert dt.timedelta(0) < taken.due_at - clock.now() <= LEASE


def test_an_overtaken_worker_may_not_begin(superuser: psycopg.Connection) -> None:
    waiting_mail(portal_account().pk)
    with as_tenant("chuo"):
        [early] = claim(at_most=1)
        let_time_pass(superuser)
        [late] = claim(at_most=1)
        assert not begin(early)
        assert begin(late)


def test_an_overtaken_worker_does_not_send(superuser: psycopg.Connection) -> None:
    waiting_mail(portal_account().pk)
    sent: list[str] = []
    with as_tenant("chuo"):
        [early] = claim(at_most=1)
        begin(early)
        let_time_pass(superuser)
        [late] = claim(at_most=1)
        assert not deliver(early, lambda: sent.append("early"))
        assert deliver(late, lambda: sent.append("late"))
    assert sent == ["late"]


def test_a_mail_that_is_on_its_way_is_taken_up_by_nobody() -> None:
    waiting_mail(portal_account().pk)
    found: list[object] = []

    def look() -> None:
        with raw_superuser() as other:
            query = "SELECT id FROM chuo.outbox_message WHERE due_at < now() + interval '1 day' FOR UPDATE SKIP LOCKED"
            found.extend(other.execute(query).fetchall())

    with as_tenant("chuo"):
        [taken] = claim(at_most=1)
        assert deliver(taken, look)
    assert found == []


def test_a_mail_that_could_not_be_handed_over_is_not_marked_sent() -> None:
    waiting_mail(portal_account().pk)

    def refuse() -> None:
        raise ConnectionResetError

    with as_tenant("chuo"):
        [taken] = claim(at_most=1)
        with pytest.raises(ConnectionResetError):
            deliver(taken, refuse)
    assert states() == {"pending": 1}


def test_a_mail_that_was_tried_before_waits_behind_the_others() -> None:
    account = portal_account()
    tried = waiting_mail(account.pk)
    with as_tenant("chuo"):
        Message.objects.update(attempts=1)
    waiting_mails(account.pk, 2)
    with as_tenant("chuo"):
        assert claim(at_most=3)[-1].pk == tried.pk


def test_a_mail_that_was_tried_too_often_has_failed_and_is_revived_by_hand() -> None:
    waiting_mail(portal_account().pk)
    with as_tenant("chuo"):
        Message.objects.update(attempts=ATTEMPTS - 1)
        [taken] = claim(at_most=1)
        begin(taken)
        assert give_back(taken, TimeoutError()) == MessageState.FAILED
        assert claim(at_most=1) == []
        assert revive() == 1
        [again] = claim(at_most=1)
    assert (again.pk, again.attempts, again.last_error) == (taken.pk, 0, "TimeoutError")


def test_messages_that_were_put_off_count_as_untried() -> None:
    waiting_mails(portal_account().pk, 2)
    with as_tenant("chuo"):
        put_off(claim(at_most=2), dt.timedelta(0))
        assert [message.attempts for message in claim(at_most=2)] == [0, 0]
