"""A clerk's Chromium at the desk of ``chuo``; a test fails if the console shows an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.chromium import chromium, launch_options
from tests.support.live import serving

if TYPE_CHECKING:
    from django.test import Client

HOST = "chuo.localhost"
PHONE, PC = 375, 1280
OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def port() -> Iterator[int]:
    """Where the desk is served."""
    with serving() as number:
        yield number


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop in this thread, beside which Django would refuse the factories."""
    program = chromium()  # before Playwright runs: looking for one may start it too
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=program, args=launch_options())
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, port: int, desk: Client) -> Iterator[OpenPage]:
    """``open_page("/inbox/", width=375, scripts=False)``: the page as the clerk sees it, loaded."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def load(address: str, *, width: int = PC, scripts: bool = True, signed_in: bool = True) -> Page:
        context = browser.new_context(
            base_url=f"http://{HOST}:{port}",
            viewport={"width": width, "height": 800},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if signed_in:
            session = desk.cookies["kashikan_desk"].value
            context.add_cookies([{"name": "kashikan_desk", "value": session, "domain": HOST, "path": "/"}])
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield load
    for context in contexts:
        context.close()
    assert complaints == []
