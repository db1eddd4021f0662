"""Several drains at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import connections
from pytest_django import Settings

from shared.outbox.drain import drain
from shared.outbox.folder import FolderBackend
from tests.factories import portal_account
from tests.support.outbox import states, waiting_mails
from tests.support.scopes import as_tenant
from tests.support.waiting import Gate

handed_over: Counter[str] = Counter()


class CountingBackend(FolderBackend):
    """Counts how often each mail is handed over."""

    def _write(self, mail: EmailMessage) -> None:
        handed_over[mail.extra_headers["Message-ID"]] += 1
        super()._write(mail)


@pytest.mark.race
@pytest.mark.usefixtures("database")
def test_four_drains_at_once_send_every_mail_once(mailbox: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.CountingBackend"
    handed_over.clear()
    waiting_mails(portal_account().pk, 120)
    together = Gate(4)

    def work(_number: int) -> int:
        try:
            together.wait()
            with as_tenant("chuo"):
                return drain().total()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, range(4)))
    assert sum(shares) == 120
    assert max(shares) < 120, "one drain did everything: nothing was proved"
    assert (len(handed_over), set(handed_over.values())) == (120, {1})
    assert states() == {"sent": 120}
