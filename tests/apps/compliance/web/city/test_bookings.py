"""The bookings of all facilities in a month."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests import factories
from tests.apps.compliance.web.city.asking import officer_at_work, permitted, text_of
from tests.support.fixtures import Freeze
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS, TENANTS

DAY = dt.date(2026, 5, 21)


@pytest.fixture
def city(city_client: Client, freeze: Freeze) -> Client:
    """An officer's browser on 1 May 2026."""
    freeze("2026-05-01 09:00")
    return officer_at_work(city_client)


def test_a_line_tells_when_where_what_for_and_in_which_state(city: Client) -> None:
    booking = permitted(CHUO, factories.meeting_room(at=factories.facility(CHUO, name="架空の館")), DAY, [1, 2])
    shown = text_of(city.get("/bookings/"))
    for told in (booking.number, "令和8年5月21日（木）", "9:00〜17:00", "架空の館", "会議室", "会議", "窓口", "許可"):
        assert told in shown


def test_no_renter_is_on_it(city: Client) -> None:
    registrant = factories.group(group_name="架空朗読の会", family_name="見本")
    factories.counter_booking(registrant, factories.meeting_room(), day=DAY, event_name="朗読の集い")
    shown = text_of(city.get("/bookings/"))
    assert "1件の予約があります。" in shown
    for told in ("朗読", "見本", registrant.number, registrant.phone):
        assert told not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("facility={sports}", ["体育の会議"]),
        ("state=permitted", ["福祉の会議"]),
        ("month=2026-06", ["六月の会議"]),
        ("facility={sports}&state=permitted", []),
        ("facility=&state=&month=", ["福祉の会議", "体育の会議"]),
    ],
)
def test_it_shows_one_facility_one_state_or_another_month(city: Client, query: str, found: list[str]) -> None:
    sports = factories.meeting_room(SPORTS, name="体育の会議室")
    permitted(CHUO, factories.meeting_room(name="福祉の会議室"), DAY)
    permitted(CHUO, factories.meeting_room(name="六月の会議室"), dt.date(2026, 6, 1))
    factories.counter_booking(factories.individual(SPORTS), sports, SPORTS, day=DAY)
    shown = text_of(city.get(f"/bookings/?{query.format(sports=sports.facility_id)}"))
    assert [name for name in ("福祉の会議", "体育の会議", "六月の会議") if name in shown] == found


def test_a_hold_is_not_on_it(city: Client) -> None:
    factories.booking_on_hold(factories.citizen_with_registration(), factories.meeting_room(), day=DAY)
    assert "この条件に合う予約はありません" in text_of(city.get("/bookings/"))


def test_a_page_has_fifty_lines_and_a_page_that_does_not_exist_is_the_last(city: Client) -> None:
    room = factories.meeting_room()
    for number in range(17):
        for slot in (1, 2, 3):
            day = dt.date(2026, 5, 10) + dt.timedelta(days=number)
            factories.counter_booking(factories.individual(), room, day=day, slots=[slot])
    assert text_of(city.get("/bookings/")).count('<th scope="row"') == 50
    for page in ("2", "999"):
        assert text_of(city.get("/bookings/", {"page": page})).count('<th scope="row"') == 1
    assert text_of(city.get("/bookings/", {"page": "%ff"})).count('<th scope="row"') == 50


@pytest.mark.parametrize("query", ["facility=1", f"facility={'0' * 5000}", "state=hold", "state=%ff", "facility=%00"])
def test_a_choice_that_does_not_exist_is_told_and_nothing_is_shown(city: Client, query: str) -> None:
    booking = permitted(CHUO, factories.meeting_room(), DAY)
    answer = city.get(f"/bookings/?{query}")
    assert answer.status_code == 422
    assert "入力内容を確認してください" in text_of(answer)
    assert booking.number not in text_of(answer)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_five_statements_whatever_there_is(city: Client, number: int) -> None:
    for schema in TENANTS[:number]:
        for slot in range(1, number + 1):
            permitted(schema, factories.meeting_room(schema), DAY, [slot])
    with count_statements() as statements:
        city.get("/bookings/")
    assert statements.count == 5, statements
