"""Chromium on the frame's own pages, with the strict policy on; a test fails if the console shows an error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.chromium import chromium, launch_options

PHONE, PC = 375, 1280
OpenPage = Callable[..., Page]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="package")
def origin(_frame_alone: None) -> Iterator[str]:
    """Where the frame's pages are served."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = chromium()  # before Playwright runs: looking for one may start it too
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=launch_options())
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """``open_page("/address/", width=375, scripts=False)``: the page, loaded."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def load(address: str, *, width: int = PC, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": 800},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield load
    for context in contexts:
        context.close()
    assert complaints == []
