from __future__ import annotations

import pytest

from shared.frame.styleguide import SAMPLES
from tests.support.accessibility import faults, violations
from tests.support.browsing import PC, PHONE, OpenPage

pytestmark = pytest.mark.browser

ZOOMED, TABLET = 320, 768
"""Pixels of a PC at 400 %, and of a tablet."""
GUIDE = "/frame/styleguide/"
PAGES = [GUIDE, *(f"{GUIDE}{name}/" for name in SAMPLES), "/accessibility/", "/nothing/here/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_violation_and_is_no_wider_than_any_screen(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    assert faults(page) == {}
    seen = {}
    for width in (ZOOMED, PHONE, TABLET, PC):
        page.set_viewport_size({"width": width, "height": 800})
        seen[width] = page.evaluate("document.documentElement.scrollWidth")
    assert all(width == found for width, found in seen.items()), seen


def test_axe_would_find_an_offender(open_page: OpenPage) -> None:
    page = open_page("/accessibility/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [rule for rule, _ in violations(page)] == ["button-name"]


def test_axe_would_find_each_text_that_is_too_pale_and_no_other(open_page: OpenPage) -> None:
    page = open_page("/accessibility/")
    page.evaluate(
        """['rgb(200, 200, 200)', 'rgb(20, 20, 20)', 'rgb(200, 200, 200)'].forEach((colour, place) => {
            const text = Object.assign(document.createElement('p'), { id: `text-${place}`, textContent: '架空の文' })
            text.style.color = colour
            document.querySelector('main').append(text)
        })"""
    )
    [(rule, found)] = violations(page)
    assert rule == "color-contrast"
    assert [place for place in range(3) if any(f'id="text-{place}"' in text for text in found)] == [0, 2]


@pytest.mark.parametrize("address", [GUIDE, f"{GUIDE}day/", f"{GUIDE}apply/", f"{GUIDE}booking/"])
def test_a_button_is_big_enough_for_a_finger(open_page: OpenPage, address: str) -> None:
    boxes = open_page(address, width=PHONE).evaluate(
        """[...document.querySelectorAll('.button, .tool, .choice, .field input, .field select, .pagination a')]
        .filter(element => element.checkVisibility() && !['checkbox', 'radio', 'hidden'].includes(element.type))
        .map(element => [element.textContent.trim(), element.getBoundingClientRect().height])"""
    )
    assert len(boxes) > 3
    assert [box for box in boxes if box[1] < 44] == []
