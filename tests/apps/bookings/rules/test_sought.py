"""What number somebody typed who looks for a booking, and where a long list goes on."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.bookings.rules.cursor import Cursor, read_cursor
from apps.bookings.rules.sought import Sought, read_sought
from kernel.clock import at

NUMBER = Sought(booking="08-000123-3")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("08-000123-3", NUMBER),
        ("080001233", NUMBER),
        (" ０８ー０００１２３−３ ", NUMBER),
        ("08-000123-4", None),
        ("2026-12", Sought(year=2026, serial=12)),
        ("２０２６－０００１２", Sought(year=2026, serial=12)),
        ("印総福セ指令第123号", Sought(serial=123)),
        ("第０１２３号", Sought(serial=123)),
        ("0476-12", None),
        ("A-000012", None),
        ("架空", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_number_is_read_in_any_width_and_with_any_dashes(typed: str, meant: Sought | None) -> None:
    assert read_sought(typed) == meant


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(at(dt.date(2026, 4, 1), dt.time(9)), uuid.uuid4())
    assert read_cursor(str(cursor)) == cursor


@pytest.mark.parametrize("sent", ["", "~", "2026-04-01~x", f"2026-04-01T09:00:00~{uuid.UUID(int=1)}", "x" * 5000])
def test_what_is_no_cursor_begins_the_list_anew(sent: str) -> None:
    assert read_cursor(sent) is None
