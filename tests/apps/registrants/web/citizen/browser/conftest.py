"""A citizen's Chromium at the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.support.browsing import OpenPage

if TYPE_CHECKING:
    from django.test import Client

HOST = "yoyaku.localhost"


@pytest.fixture
def open_page(visit: OpenPage, portal: Client) -> OpenPage:
    """``open_page("/account/", width=375, signed_in=False)``: the page as the citizen sees it, loaded."""

    def load(address: str, *, signed_in: bool = True, **options: object) -> Page:
        return visit(HOST, address, client=portal if signed_in else None, **options)

    return load
