"""An officer's Chromium at the city's site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.support.browsing import OpenPage

if TYPE_CHECKING:
    from django.test import Client

HOST = "city.localhost"


@pytest.fixture
def open_page(visit: OpenPage, city: Client) -> OpenPage:
    """``open_page("/", width=375, signed_in=False, language="en")``: the page as the officer sees it, loaded."""

    def load(address: str, *, signed_in: bool = True, **options: object) -> Page:
        return visit(HOST, address, client=city if signed_in else None, **options)

    return load
