"""Mails about accounts: to whom they go, and that the link in them is the one that opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from shared.accounts.address_change import ask_to_change_address, confirm_address
from shared.accounts.signing_up import ask_to_sign_up
from shared.actor import Actor
from shared.outbox.drain import drain
from tests import factories
from tests.support.accounts import mailed_link
from tests.support.outbox import read_mail
from tests.support.scopes import as_city, as_portal

pytestmark = pytest.mark.usefixtures("database")
VISITOR = Actor("visitor")
NEW = "sakura@citizens.example"


@pytest.fixture
def mailbox(tmp_path: Path, settings: Settings) -> Path:
    settings.EMAIL_BACKEND = "shared.outbox.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def sent(mailbox: Path) -> dict[str, str]:
    """Address -> text and HTML of the mail to it, after what waits is sent."""
    with as_city():
        drain()
    mails = [read_mail(path) for path in mailbox.iterdir()]
    return {mail["To"]: "".join(part.get_content() for part in mail.iter_parts()) for mail in mails}


def test_an_address_without_an_account_gets_its_link(mailbox: Path) -> None:
    with as_portal():
        ask_to_sign_up(actor=VISITOR, email=NEW)
    assert sent(mailbox)[NEW].count(f"/account/new/{mailed_link('sign_up')}/") == 3


def test_the_old_address_is_told_of_the_new_one_without_naming_it(mailbox: Path) -> None:
    account = factories.portal_account(email="before@citizens.example")
    with as_portal():
        ask_to_change_address(actor=VISITOR, account=account, current=factories.PASSWORD, email=NEW)
        confirm_address(actor=VISITOR, link=mailed_link("change_mail"))
    mails = sent(mailbox)
    assert set(mails) == {NEW, "before@citizens.example"}
    assert NEW not in mails["before@citizens.example"]
