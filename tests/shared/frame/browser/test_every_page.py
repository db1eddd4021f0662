from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from shared.frame.styleguide import SAMPLES
from tests.support.browsing import PC, PHONE, OpenPage

pytestmark = pytest.mark.browser

ZOOMED, TABLET = 320, 768
"""Pixels of a PC at 400 %, and of a tablet."""
GUIDE = "/frame/styleguide/"
PAGES = [GUIDE, *(f"{GUIDE}{name}/" for name in SAMPLES), "/accessibility/", "/nothing/here/"]
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.mark.parametrize("width", [PHONE, PC])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_violation(open_page: OpenPage, address: str, width: int) -> None:
    found = Axe().run(open_page(address, width=width), options=OPTIONS)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]] == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_its_screen(open_page: OpenPage, address: str) -> None:
    page = open_page(address, width=ZOOMED)
    seen = {}
    for width in (ZOOMED, PHONE, TABLET, PC):
        page.set_viewport_size({"width": width, "height": 800})
        seen[width] = page.evaluate("document.documentElement.scrollWidth")
    assert all(width == found for width, found in seen.items()), seen


def test_axe_would_find_an_offender(open_page: OpenPage) -> None:
    page = open_page("/accessibility/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [rule["id"] for rule in Axe().run(page, options=OPTIONS).response["violations"]] == ["button-name"]


@pytest.mark.parametrize("address", [GUIDE, f"{GUIDE}day/", f"{GUIDE}apply/", f"{GUIDE}booking/"])
def test_a_button_is_big_enough_for_a_finger(open_page: OpenPage, address: str) -> None:
    boxes = open_page(address, width=PHONE).evaluate(
        """[...document.querySelectorAll('.button, .tool, .choice, .field input, .field select, .pagination a')]
        .filter(element => element.checkVisibility() && !['checkbox', 'radio', 'hidden'].includes(element.type))
        .map(element => [element.textContent.trim(), element.getBoundingClientRect().height])"""
    )
    assert len(boxes) > 3
    assert [box for box in boxes if box[1] < 44] == []
