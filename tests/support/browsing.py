"""One Chromium for all browser tests of a run, the product's sites behind one port, and windows that watch themselves.

A window complains of every error in its console (a violated policy is one) and of every request that leaves its
origin; the test that opened it then fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.support.chromium import chromium, launch_options
from tests.support.live import serving

if TYPE_CHECKING:
    from django.test import Client

LEADS_TO: Final[set[str]] = set()
"""Origins beside the product's own that a test's pages may lead to."""
PHONE, PC = 375, 1280
"""Pixels of width."""
PATIENCE: Final = 15_000
"""Milliseconds in which a page does what is asked of it or shows what is expected, on a machine that has much to do."""
LOADING: Final = 60_000
"""Milliseconds in which a page is loaded: beside the browser the product works for it."""
CAME_BACK: Final = re.compile("^エラー：")
"""How the title of a page begins that was sent and came back with what is wrong."""
STILL: Final = "/static/frame/icon.svg"
"""What every origin has and asks nobody for more."""
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
        expect.set_options(timeout=PATIENCE)
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

    Leaving it asserts that no window had a complaint. Profiles are handed on without pages and cookies, since what they
    have cached spares loading it again; one that ``is_new`` is for whoever sets its clock, and is used once.
    """
    lent: list[_Profile] = []

    def load(
        origin: str,
        address: str,
        *,
        width: int = PC,
        scripts: bool = True,
        cookies: dict[str, str] | None = None,
        is_new: bool = False,
    ) -> Page:
        idle = _idle.setdefault((browser, origin, scripts), [])
        profile = idle.pop() if idle and not is_new else _Profile(browser, origin, scripts=scripts, is_new=is_new)
        lent.append(profile)
        context = profile.context
        context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in (cookies or {}).items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        return page

    try:
        yield load
    finally:
        complaints = [complaint for profile in lent for complaint in profile.returned()]
    for profile in lent:
        if profile.is_new:
            profile.context.close()
            continue
        _idle[browser, profile.origin, profile.scripts].append(profile)
    assert not complaints, complaints


class _Profile:
    """A visitor's profile in Chromium, and what its windows complained of.

    Where scripts run one window stays open, and its process with what that has compiled already: the next visitor's
    windows open in the same (``--renderer-process-limit``).
    """

    def __init__(self, browser: Browser, origin: str, *, scripts: bool, is_new: bool) -> None:
        self.origin = origin
        self.is_new = is_new
        self.scripts = scripts
        self.complaints: list[str] = []
        self.context = browser.new_context(
            base_url=origin, locale="ja-JP", timezone_id="Asia/Tokyo", java_script_enabled=scripts
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.set_default_navigation_timeout(LOADING)
        _watch(self.context, origin, self.complaints)
        self._kept = self.context.new_page() if scripts and not is_new else None
        if self._kept:
            self._kept.goto(f"{origin}{STILL}")

    def returned(self) -> list[str]:
        """What there was to complain of; the next visitor finds no page, no cookie and no complaint."""
        for page in self.context.pages:
            if page != self._kept:
                page.close()
        self.context.unroute_all()
        self.context.clear_cookies()
        told, self.complaints[:] = list(self.complaints), []
        return told


_idle: Final[dict[tuple[Browser, str, bool], list[_Profile]]] = {}
"""Profiles that nobody uses, by browser, origin, and whether scripts run."""


def _watch(context: BrowserContext, origin: str, complaints: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        asked = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme in {"http", "https", "ws", "wss"} and asked not in {origin, *LEADS_TO}:
            complaints.append(f"asked {parts.netloc}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", on_request)
