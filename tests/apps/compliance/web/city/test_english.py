"""The city's pages in English: nothing of the pages themselves stays Japanese."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from tests import factories
from tests.apps.compliance.web.city.asking import officer_at_work, permitted, text_of
from tests.support.fixtures import Freeze
from tests.support.tenants import BUNKA

JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]+")
LENT = re.compile(r"架空[^<\s]*|木下")
"""Names of the test's own data that have no English."""


@pytest.fixture
def city(city_client: Client, freeze: Freeze) -> Client:
    """An officer's browser on 1 May 2026, in English."""
    freeze("2026-05-01 09:00")
    city_client.cookies["kashikan_language"] = "en"
    return officer_at_work(city_client)


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/?area=x",
        "/usage/",
        "/usage/?month=x",
        "/bookings/",
        "/bookings/?state=x",
        "/bookings/?month=2025-01",
        "/registrants/",
        "/tenants/bunka/",
    ],
)
def test_a_page_is_english_throughout(city: Client, page: str) -> None:
    room = factories.meeting_room(BUNKA, at=factories.facility(BUNKA, name_en="Kaku Hall"))
    permitted(BUNKA, room, dt.date(2026, 5, 21))
    shown = LENT.sub("", text_of(city.get(page))).replace("市長", "").replace("架文", "")
    assert JAPANESE.findall(shown) == []


def test_what_is_wrong_is_told_in_english(city: Client) -> None:
    shown = text_of(city.post("/registrants/", {"note": "x", "purpose": "inquiry", "by": "phone", "word": "12"}))
    assert "Please enter a specific reason of at least 5 characters." in shown
    assert "Please enter the whole telephone number with its area code." in shown
    assert JAPANESE.findall(shown) == []
