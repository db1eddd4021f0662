"""No desk has a file of persons but an approved export: neither a view that makes one, nor a page that answers so."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shared.staff.models import Role
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.tenants import CHUO

TELLTALE: Final = (
    "csv",
    "xlsx",
    "spreadsheet",
    "openpyxl",
    "xlsxwriter",
    "attachment",
    "zipfile",
    "octet-stream",
    "table_file",
)
"""Words by which a file to save betrays itself in the code of a view."""
REVIEWED: Final = {
    # module: why a file may be saved there
    "apps.bookings.web.staff.displacement.record": "what became of bookings by day and room: no person, audited",
    "apps.bookings.web.staff.booking_list": "a line a booking: number, hours, room, fee; no name of a person",
    "apps.bookings.web.staff.fees.reduction_year": "counts and sums of a year by ground: it holds no person, audited",
    "apps.bookings.web.staff.fees.account_sheets": "amounts by booking number: no person in any cell, audited",
    "apps.compliance.web.staff.exports": "the approved export itself: fetched once, from a registered terminal",
    "apps.compliance.web.staff.person_requests": "a disclosure: decided by the city, fetched once, recorded",
    "apps.bookings.web.staff.reports": "figures of months and years: sums of rooms, no person in any cell",
    "apps.bookings.web.staff.pivot": "figures parted by room, slot, purpose: no person in any cell",
    "shared.intake.web.jobs": "lines and reasons of a file that the facility itself took in: no cell of it, audited",
    "shared.intake.web.mapping": "which column is read as what; no row of any file",
}
FIGURES: Final = {
    "apps.bookings.web.staff.fees.account_sheets",
    "apps.bookings.web.staff.displacement.record",
    "apps.bookings.web.staff.fees.reduction_year",
    "apps.bookings.web.staff.pivot",
    "apps.bookings.web.staff.reports",
}
"""Modules whose files hold amounts and no person: their own tests read them."""
INLINE: Final = {"text/html", "application/pdf", "application/json", "application/problem+json", "text/javascript", ""}


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


DESK: Final = list(views(get_resolver("config.urls.desk").url_patterns))


def words_of(module: str) -> set[str]:
    """Names and texts of the module's code, without its docstrings and comments."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Constant() if id(node) in said:
                continue
            case ast.Name(id=name) | ast.alias(name=name) | ast.ImportFrom(module=str(name)) | ast.Attribute(attr=name):
                found.add(name.lower())
            case ast.Constant(value=str(text)):
                found.add(text.lower())
    return found


@pytest.mark.parametrize("module", sorted({view.__module__ for _route, view in DESK}))
def test_no_view_of_a_desk_makes_a_file_to_save_unless_it_was_reviewed(module: str) -> None:
    told = {word for word in TELLTALE for text in words_of(module) if word in text}
    assert module in REVIEWED or not told


def test_the_reviewed_are_there() -> None:
    modules = {view.__module__ for _route, view in DESK}
    assert set(REVIEWED) <= modules
    assert all({word for word in TELLTALE for text in words_of(module) if word in text} for module in REVIEWED)


def test_no_page_of_a_desk_answers_with_a_file(database: None) -> None:
    person = factories.individual()
    booking = factories.permitted_booking()
    known = {"registrant": str(person.pk), "booking": str(booking.pk)}
    everybody = factories.clerk(roles=[one.value for one in Role][:5])
    desk = signed_in(client_at(f"{CHUO}.localhost"), everybody)
    seen = {route: kind_of(desk, route, known) for route, view in DESK if view.__module__ not in FIGURES}
    assert {route: kind for route, kind in seen.items() if kind not in INLINE} == {}
    assert sum(kind == "text/html" for kind in seen.values()) > 30


def kind_of(desk: Client, route: str, known: dict[str, str]) -> str:
    """The media type of the answer to GET, with the ids of what is there; empty for an address that needs others."""
    address = "/" + route
    for name, value in known.items():
        address = address.replace(f"<uuid:{name}>", value)
    if "<" in address or "(" in address or "^" in address or "logout" in address:
        return ""
    answer = desk.get(address)
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    return answer.headers.get("Content-Type", "").split(";")[0]
