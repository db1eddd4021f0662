from __future__ import annotations

from shared.frame.chrome import navigation

LINKS = [("トップ", "/"), ("予約", "/bookings/"), ("予約の履歴", "/bookings/past/")]


def current(path: str) -> dict[str, str]:
    return {item.label: item.current for item in navigation(path, LINKS) if item.current}


def test_the_page_itself_is_the_current_page() -> None:
    assert current("/bookings/") == {"予約": "page"}


def test_a_page_below_a_link_marks_that_link() -> None:
    assert current("/bookings/123/") == {"予約": "true"}


def test_the_longer_address_wins() -> None:
    assert current("/bookings/past/") == {"予約の履歴": "page"}


def test_the_root_is_current_on_itself_alone() -> None:
    assert (current("/"), current("/elsewhere/")) == ({"トップ": "page"}, {})
