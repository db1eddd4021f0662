"""What a site puts around its pages: the place, the person, the ways on.

Each site gives the templates one ``chrome`` (by its context processor); the frame knows no tenant and no account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the site's navigation; ``current`` is "page", "true" (a page below it) or ""."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Chrome:
    """The header's and footer's facts. An empty string means "do not show"."""

    owner: str = ""
    """Who runs the service: 印西市."""
    place: str = ""
    """The facility at a desk: 中央老人福祉センター."""
    home_url: str = "/"
    person: str = ""
    """The name of whoever is signed in, as they may be greeted on a shared screen."""
    sign_in_url: str = ""
    sign_out_url: str = ""
    find_url: str = ""
    """To where the box in the head is posted, at a site that has one."""
    find_label: str = ""
    nav: tuple[NavItem, ...] = ()
    footer: tuple[NavItem, ...] = ()
    """Links in the footer, before the accessibility statement."""
    contact: str = ""
    """One line for the footer: office and telephone."""


def navigation(path: str, links: Iterable[tuple[str, str]]) -> tuple[NavItem, ...]:
    """The links as items, the longest address that ``path`` starts with marked as current.

    ``links`` are pairs of label and address. The site's root is current only on itself.
    """
    pairs = tuple(links)
    here = max((url for _, url in pairs if _is_at_or_below(path, url)), key=len, default="")
    return tuple(NavItem(str(label), url, _current(path, url, here)) for label, url in pairs)


def _is_at_or_below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _current(path: str, url: str, here: str) -> str:
    if url != here:
        return ""
    return "page" if path == url else "true"
