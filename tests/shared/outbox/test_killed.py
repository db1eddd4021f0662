"""A worker that is killed outright in the middle of its work: no mail lost, none doubled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import psutil
import psycopg
import pytest

from config.celery import app
from shared.outbox.tasks import sweep_outbox
from tests.factories import portal_account
from tests.support.outbox import let_time_pass, read_mail, states, until, waiting_mails, worker
from tests.support.smtp import LOOPBACK, post_office

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow, pytest.mark.race]
app.set_default()
MANY = 60


def written(folder: Path) -> list[Path]:
    return list(folder.glob("*.eml"))


def test_a_worker_killed_amid_many_mails_loses_and_doubles_none(tmp_path: Path, superuser: psycopg.Connection) -> None:
    expected = {str(mail.pk) for mail in waiting_mails(portal_account().pk, MANY)}
    mailbox = tmp_path / "mail"
    sweep_outbox()
    with worker(tmp_path, KASHIKAN_MAIL_URL=mailbox.as_uri()) as running:
        until(lambda: len(written(mailbox)) >= 25)
        running.kill()
    assert states()["pending"] > 0
    let_time_pass(superuser)
    sweep_outbox()
    with worker(tmp_path, KASHIKAN_MAIL_URL=mailbox.as_uri()):
        until(lambda: states() == {"sent": MANY})
    assert {path.stem for path in written(mailbox)} == expected
    numbers = Counter(str(read_mail(path)["Message-ID"]) for path in written(mailbox))
    assert (len(numbers), set(numbers.values())) == (MANY, {1})


def test_a_worker_killed_before_the_servers_word_repeats_that_mail_alone_with_its_number(
    tmp_path: Path, superuser: psycopg.Connection
) -> None:
    waiting_mails(portal_account().pk, 5)
    with post_office() as post:
        url = f"smtp://{LOOPBACK}:{post.port}"
        post.may_answer.clear()
        sweep_outbox()
        with worker(tmp_path, KASHIKAN_MAIL_URL=url) as running:
            until(lambda: len(post.received) == 1)
            running.kill()
        assert states() == {"pending": 5}
        post.may_answer.set()
        let_time_pass(superuser)
        sweep_outbox()
        with worker(tmp_path, KASHIKAN_MAIL_URL=url):
            until(lambda: states() == {"sent": 5})
        assert sorted(Counter(post.numbers).values()) == [1, 1, 1, 1, 2]


def test_a_worker_whose_children_are_killed_goes_on_with_others(tmp_path: Path, superuser: psycopg.Connection) -> None:
    waiting_mails(portal_account().pk, 5)
    with post_office() as post:
        post.may_answer.clear()
        sweep_outbox()
        with worker(tmp_path, KASHIKAN_MAIL_URL=f"smtp://{LOOPBACK}:{post.port}") as running:
            until(lambda: len(post.received) == 1)
            children = psutil.Process(running.process.pid).children()
            for child in children:
                child.kill()
            post.may_answer.set()
            until(lambda: not any(child.is_running() for child in children) and states() == {"pending": 5})
            let_time_pass(superuser)
            sweep_outbox()
            until(lambda: states() == {"sent": 5})
        assert sorted(Counter(post.numbers).values()) == [1, 1, 1, 1, 2]
