"""What axe and a ruler say of a page in Chromium."""

from __future__ import annotations

from typing import Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.support.browsing import PC, PHONE

OPTIONS: Final = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"], "preload": False}
"""All that axe runs by itself (WCAG 2.2 A and AA, and best practice), and the size of targets. Our sheets are of the
page's own origin: axe reads them without loading them again."""
COLOURS_KEPT: Final = """
(() => {
    const colour = axe.commons.color.Color.prototype
    const parse = colour.parseString
    const known = new Map()
    colour.parseString = function (text) {
        if (!known.has(text)) {
            parse.call(this, text)
            known.set(text, [this.r, this.g, this.b, this.alpha])
        }
        [this.r, this.g, this.b, this.alpha] = known.get(text)
        return this
    }
})()
"""
"""A page has few colours, and axe reads each of them again for every element and all that lies under it: a third of
its time."""
RUN: Final = """
options => axe.run(options).then(told => told.violations.map(rule => [rule.id, rule.nodes.map(node => node.html)]))
"""


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that are violated, each with the elements that do. Axe is put into a page once."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT + COLOURS_KEPT)
    return [(rule, nodes) for rule, nodes in page.evaluate(RUN, OPTIONS)]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def faults(page: Page, *, widths: tuple[int, ...] = (PC, PHONE)) -> dict[int, object]:
    """Width of the window -> what is wrong there, on a PC and on a phone; empty for a good page.

    A page that is loaded once for each width says that width alone.
    """
    found: dict[int, object] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        seen = (violations(page), overflow(page), page.locator("h1").count())
        if seen != ([], 0, 1):
            found[width] = seen
    return found
