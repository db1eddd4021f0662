"""A clerk's Chromium at the desk of ``chuo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.support.browsing import OpenPage

if TYPE_CHECKING:
    from django.test import Client

HOST = "chuo.localhost"


@pytest.fixture
def open_page(visit: OpenPage, receptionist: Client) -> OpenPage:
    """``open_page("/requests/", width=375, scripts=False)``: the page as the clerk sees it, loaded."""

    def load(address: str, *, signed_in: bool = True, **options: object) -> Page:
        return visit(HOST, address, client=receptionist if signed_in else None, **options)

    return load
