"""The Chromium that the browser tests drive."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.waiting import joined

PAGE = "<!doctype html><html lang=ja><meta charset=utf-8><p id=host>施設</p>"


class OnePage(http.server.BaseHTTPRequestHandler):
    """The same page at every address."""

    def do_GET(self) -> None:
        body = PAGE.replace("施設", f"{self.headers['Host'].split(':')[0]} の施設").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        joined(thread)


@pytest.mark.browser
def test_it_finds_every_host_under_localhost_on_this_machine(browser: Browser, port: int) -> None:
    page = browser.new_page()
    page.goto(f"http://roujin.localhost:{port}/")
    assert page.inner_text("#host") == "roujin.localhost の施設"
    page.close()
