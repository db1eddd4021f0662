"""Pages of staff sites bear who looks and when; printing one is recorded, with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from shared.audit.models import Action, AuditEntry
from shared.staff.models import StaffAccount
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_city

UNMARKED = {
    "card.typ",
    "_card.typ",
    "card_sheet.typ",
    "card_fit.typ",
    "_parts.typ",
    "_application.typ",
    "_permit.typ",
    "probe.typ",
}
"""Templates without a mark: the two cards, which their holders keep for years and show to others (each print is counted
and audited with who made it), parts of other templates, how a card is set, and the probe of the fonts."""


@pytest.fixture(autouse=True)
def _on_a_spring_day(freeze: Freeze) -> None:
    freeze("2026-05-01 10:00")


def test_every_page_of_a_desk_bears_the_clerk_and_the_time(desk: Client, clerk: StaffAccount) -> None:
    person = factories.individual()
    for page in ("/", f"/registrants/{person.pk}/", "/office/"):
        assert text_of(desk.get(page)).count(f"{clerk.login_id}　2026-05-01 10:00") == 2


def test_so_does_every_page_of_the_city(city: Client, officer: StaffAccount) -> None:
    assert f"{officer.login_id}　2026-05-01 10:00" in text_of(city.get("/"))


def test_neither_the_sign_in_page_nor_a_citizens_page_is_marked(city_client: Client, portal: Client) -> None:
    assert "watermark" not in text_of(city_client.get("/login/"))
    assert "watermark" not in text_of(portal.get("/"))


def test_what_a_signed_in_citizen_sees_is_not_stored(portal: Client, portal_client: Client) -> None:
    for page in ("/", "/bookings/", "/account/"):
        assert "no-store" in portal.get(page).headers["Cache-Control"]


def test_a_visitors_page_may_be_stored(portal_client: Client) -> None:
    assert "no-store" not in portal_client.get("/").headers.get("Cache-Control", "")


def test_printing_a_registrants_page_is_recorded_of_the_registrant(desk: Client) -> None:
    person = factories.individual()
    answer = desk.post("/printed/", {"page": f"/registrants/{person.pk}/"}, headers={"X-Printing": "script"})
    assert (answer.status_code, answer.content) == (204, b"")
    [entry] = audited(Action.PRINT, "registrant")
    assert (entry.object_id, entry.persons) == (str(person.pk), [person.pk])


def test_printing_another_page_is_recorded_of_the_page(city: Client) -> None:
    assert city.post("/printed/", {"page": "/tenants/chuo/"}).status_code == 200
    with as_city():
        [entry] = AuditEntry.objects.filter(action=Action.PRINT)
    assert (entry.object_type, entry.object_id, entry.detail["ids"]) == ("page", "city:tenant", {"schema": "chuo"})


def test_without_scripts_a_page_tells_to_print_now_and_leads_back(desk: Client) -> None:
    answer = desk.post("/printed/", {"page": "/registrants/"})
    assert "印刷を記録しました。" in text_of(answer)
    assert 'href="/registrants/"' in text_of(answer)


@pytest.mark.parametrize("page", ["", "https://example.com/", "//example.com/", "/nowhere/", "javascript:alert(1)"])
def test_what_is_no_page_of_the_site_is_refused(desk: Client, page: str) -> None:
    assert desk.post("/printed/", {"page": page}).status_code == 400
    assert audited(Action.PRINT, "page") == []


def test_only_staff_print_here(portal: Client, desk_client: object, city_client: Client) -> None:
    assert portal.post("/printed/", {"page": "/"}).status_code == 403
    assert city_client.post("/printed/", {"page": "/"}).status_code == 302


def test_every_template_of_a_pdf_is_marked_or_reviewed() -> None:
    templates = [path for folder in ("apps", "shared") for path in Path(settings.BASE_DIR, folder).rglob("*.typ")]
    assert len(templates) > 8
    unmarked = {
        path.name
        for path in templates
        if not any(word in path.read_text() for word in ("official.with", "staff-ground", "citizen-foot"))
    }
    assert unmarked <= UNMARKED
