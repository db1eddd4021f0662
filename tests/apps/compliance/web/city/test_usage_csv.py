"""The month's figures as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from tests import factories
from tests.apps.compliance.web.city.asking import officer_at_work, permitted
from tests.support.fixtures import Freeze
from tests.support.tenants import CHUO, SPORTS

DAY = dt.date(2026, 5, 21)


@pytest.fixture
def city(city_client: Client, freeze: Freeze) -> Client:
    """An officer's browser on 1 May 2026."""
    freeze("2026-05-01 09:00")
    return officer_at_work(city_client)


def rows(city: Client) -> list[list[str]]:
    return list(csv.reader(io.StringIO(city.get("/usage/csv/?month=2026-05").content.decode("utf-8-sig"))))


def test_it_has_a_line_for_each_facility_each_room_and_all(city: Client) -> None:
    room = factories.meeting_room(at=factories.facility(CHUO, name="架空の館"))
    permitted(CHUO, room, DAY, [1], headcount=12)
    headings, facility, of_room, whole = rows(city)
    figures = ["93", "1", "0", "1.1", "31", "1", "3.2", "1", "0", "0", "0", "12"]
    assert headings[:5] == ["利用月", "施設", "室場", "利用可能コマ数", "利用コマ数"]
    assert facility == ["2026-05", "架空の館", "施設計", *figures]
    assert of_room == ["2026-05", "架空の館", "会議室", *figures]
    assert whole == ["2026-05", "全施設", "合計", *figures]


def test_a_combination_has_no_slots_and_no_days_but_its_applications(city: Client) -> None:
    permitted(SPORTS, factories.hall_with_halves(SPORTS).whole, DAY)
    [combination] = [row for row in rows(city) if row[2] == "全面"]
    assert combination[2:] == ["全面", *[""] * 7, "1", "0", "0", "0", "10"]


def test_a_name_that_looks_like_a_formula_stays_a_name(city: Client) -> None:
    factories.meeting_room(at=factories.facility(CHUO, name="=HYPERLINK(1)"), name="@SUM(A1)")
    _, facility, of_room, _ = rows(city)
    assert (facility[1], of_room[2]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


def test_no_person_is_in_it(city: Client) -> None:
    registrant = factories.group(group_name="架空朗読の会", family_name="見本")
    factories.counter_booking(registrant, factories.meeting_room(), day=DAY, event_name="架空の朗読会")
    answer = city.get("/usage/csv/?month=2026-05")
    text = answer.content.decode()
    for told in ("朗読", "見本", registrant.phone, registrant.number):
        assert told not in text
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_speaks_english_when_asked(city: Client) -> None:
    factories.meeting_room(at=factories.facility(CHUO, name="架空の館", name_en="Kaku House"))
    city.cookies["kashikan_language"] = "en"
    headings, facility, of_room, _ = rows(city)
    assert (headings[0], facility[1], of_room[2]) == ("Month of use", "Kaku House", "Meeting room")
