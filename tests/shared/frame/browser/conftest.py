"""Chromium on the frame's own pages, with the strict policy on; a test fails if the console shows an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser

from tests.support.browsing import OpenPage, windows
from tests.support.live import serving


@pytest.fixture(scope="package")
def origin(_frame_alone: None) -> Iterator[str]:
    """Where the frame's pages are served."""
    with serving() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """``open_page("/address/", width=375, scripts=False)``: the page, loaded."""
    with windows(browser) as load:
        yield partial(load, origin)
