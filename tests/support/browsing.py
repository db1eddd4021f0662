"""One Chromium for all browser tests of a run, the product's sites behind one port, and windows that watch themselves.

A window complains of every error in its console (a violated policy is one) and of every request that leaves its
origin; the test that opened it then fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.support.chromium import chromium, launch_options
from tests.support.live import serving

if TYPE_CHECKING:
    from django.test import Client

PHONE, PC = 375, 1280
"""Pixels of width."""
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright leaves an event loop in this thread, which others need not meet."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Beside Playwright's event loop Django would refuse the factories."""
    program = chromium()  # before Playwright runs: looking for one may start it too
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=program, args=launch_options())
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where the product is served."""
    with serving() as number:
        yield number


@pytest.fixture
def visit(browser: Browser, port: int, database: None) -> Iterator[OpenPage]:
    """``visit("chuo.localhost", "/inbox/", width=375, scripts=False, client=desk, language="en")``: the page, loaded.

    Each call is a new visitor; ``client`` is one whose cookies are taken over.
    """
    with windows(browser) as load:

        def open_at(
            host: str, address: str, *, client: Client | None = None, language: str = "ja", **options: object
        ) -> Page:
            cookies = {name: one.value for name, one in client.cookies.items()} if client else {}
            cookies["kashikan_language"] = language
            return load(f"http://{host}:{port}", address, cookies=cookies, **options)

        yield open_at


@contextmanager
def windows(browser: Browser) -> Iterator[OpenPage]:
    """``load("http://host:port", "/address/", width=375, scripts=False, cookies={})`` until the block ends.

    Leaving it asserts that no window had a complaint.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def load(
        origin: str, address: str, *, width: int = PC, scripts: bool = True, cookies: dict[str, str] | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": 800},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in (cookies or {}).items()])
        _watch(context, origin, complaints)
        page = context.new_page()
        page.goto(address)
        return page

    yield load
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _watch(context: BrowserContext, origin: str, complaints: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and f"{parts.scheme}://{parts.netloc}" != origin:
            complaints.append(f"asked {parts.netloc}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", on_request)
