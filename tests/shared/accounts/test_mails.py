"""Mails about accounts: to whom they go, and that the link in them is the one that opens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
from django.db import connections
from pytest_django import Settings

from shared.accounts.address_change import ask_to_change_address, confirm_address
from shared.accounts.models import TokenPurpose
from shared.accounts.passwording import ask_to_reset
from shared.accounts.signing_up import ask_to_sign_up, link_mail
from shared.accounts.tokens import new_token
from shared.actor import Actor
from shared.inserts import insert_together
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


EVERY: Final = (
    "address_changed", "change_mail", "ended", "known", "password_changed", "reset", "sign_up", "unknown",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en", "ja-easy"])
@pytest.mark.parametrize("template", EVERY)
def test_every_mail_is_in_the_language_of_its_account_and_tells_no_person(
    mailbox: Path, template: str, language: str
) -> None:
    account = factories.portal_account(login_id="himawari", email=NEW, language=language)
    citizen = factories.citizen_with_registration(account=account)
    with as_portal():
        notice = new_token(TokenPurpose.NOTICE, email=account.email, language=language)
        insert_together(notice, link_mail(notice, template))
    text = sent(mailbox)[NEW]
    words = {"ja": "。", "en": "account", "ja-easy": "。"}
    assert words[language] in text
    assert ("。" in text) == (language != "en")
    for kept in (account.login_id, citizen.registrant.number, citizen.registrant.family_name, citizen.registrant.phone):
        assert kept not in text


def test_an_address_without_an_account_is_told_so_once_and_nothing_opens(mailbox: Path) -> None:
    with as_portal():
        ask_to_reset(actor=VISITOR, email=NEW)
    [text] = sent(mailbox).values()
    assert "このメールアドレスのアカウントはありません" in text
    assert "/account/reset/" not in text
    assert len(sent(mailbox)) == 1


def test_two_workers_at_once_send_each_mail_once(mailbox: Path) -> None:
    with as_portal():
        for number in range(6):
            ask_to_sign_up(actor=VISITOR, email=f"{number}@citizens.example")

    def work(_: int) -> None:
        try:
            with as_city():
                drain()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert sorted(read_mail(path)["To"] for path in mailbox.iterdir()) == [f"{n}@citizens.example" for n in range(6)]
