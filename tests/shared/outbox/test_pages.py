"""The demo's mails on a page, and that there is no such page elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

from config.urls import portal
from shared.outbox.drain import drain
from shared.outbox.pages import mail_pages
from tests.factories import portal_account
from tests.support.outbox import waiting_mail
from tests.support.scopes import as_tenant


@pytest.fixture
def demo(mailbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The portal as it is in the demo."""
    settings.DEMO = True
    monkeypatch.setattr(portal, "urlpatterns", [*portal.urlpatterns, *mail_pages()])
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def sent(demo: None, database: None) -> uuid.UUID:
    """The number of a mail that was sent."""
    message = waiting_mail(portal_account(email="sakura@citizens.example").pk)
    with as_tenant("chuo"):
        drain()
    return message.pk


def test_without_the_demo_there_is_no_such_address(portal_client: Client, mailbox: Path) -> None:
    assert portal_client.get("/mails/").status_code == 404
    assert mail_pages() == []


def test_a_demo_that_sends_to_a_server_has_no_such_address(settings: Settings) -> None:
    settings.DEMO, settings.EMAIL_FILE_PATH = True, None
    assert mail_pages() == []


def test_the_inbox_lists_what_was_sent(portal_client: Client, sent: uuid.UUID) -> None:
    page = portal_client.get("/mails/").content.decode()
    assert "利用を許可しました（受付番号 2026-000123）" in page
    assert "sakura@citizens.example" in page
    assert f'href="/mails/{sent}/"' in page


def test_an_empty_inbox_says_so(portal_client: Client, demo: None) -> None:
    assert "メールはまだありません。" in portal_client.get("/mails/").content.decode()


def test_a_mail_shows_its_text(portal_client: Client, sent: uuid.UUID) -> None:
    assert "架空センター" in portal_client.get(f"/mails/{sent}/").content.decode()


def test_the_html_of_a_mail_is_shown_sealed(portal_client: Client, sent: uuid.UUID) -> None:
    response = portal_client.get(f"/mails/{sent}/html/")
    assert "<h1" in response.content.decode()
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_mail_that_is_not_there_is_not_found(portal_client: Client, demo: None) -> None:
    assert portal_client.get(f"/mails/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_only_show(portal_client: Client, demo: None, method: str) -> None:
    assert getattr(portal_client, method)("/mails/").status_code == 405
