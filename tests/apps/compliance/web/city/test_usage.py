"""The month's use as a page."""

from __future__ import annotations

import datetime as dt
import re

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


def figures_of(page: str, name: str) -> list[str]:
    """The cells of the row of ``name`` in the last table that has one, as text."""
    row = page.rsplit(f'<th scope="row">{name}</th>', 1)[1].split("</tr>", 1)[0]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]


def test_a_row_has_all_figures_of_a_facility(city: Client) -> None:
    room = factories.meeting_room(at=factories.facility(CHUO, name="架空の館"))
    permitted(CHUO, room, DAY, [1, 2], headcount=12)
    factories.counter_booking(factories.individual(), room, day=DAY, slots=[3])
    shown = text_of(city.get("/usage/")).split("室場ごとの内訳</h2>")[0]
    assert figures_of(shown, "架空の館") == ["93", "2", "0", "2.2％", "1／31", "3.2％", "1", "1", "0", "0", "12"]


def test_the_chart_says_its_figures_as_text(city: Client) -> None:
    permitted(CHUO, factories.meeting_room(at=factories.facility(CHUO, name="架空の館")), DAY, [1, 2, 3])
    chart = text_of(city.get("/usage/")).split("<figure", 1)[1].split("</figure>", 1)[0]
    assert "架空の館" in chart
    assert "3.2％" in chart
    assert 'class="bar__fill" width="3.2%"' in chart
    assert "style=" not in chart


def test_rooms_unfold_below_their_facility_and_a_combination_says_where_it_counts(city: Client) -> None:
    hall = factories.hall_with_halves(SPORTS)
    permitted(SPORTS, hall.whole, DAY)
    shown = text_of(city.get("/usage/"))
    assert shown.count("<details") == 1
    assert figures_of(shown, "全面") == ["構成する室場に含む", "1", "0", "0", "0", "10"]
    assert figures_of(shown, "A面")[:2] == ["93", "1"]


def test_the_months_around_and_the_file_are_one_click_away(city: Client) -> None:
    factories.meeting_room()
    shown = text_of(city.get("/usage/", {"month": "2026-01"}))
    assert "令和8年1月（2026年）の利用状況" in shown
    for link in ('href="?month=2025-12"', 'href="?month=2026-02"', 'href="/usage/csv/?month=2026-01"'):
        assert link in shown


@pytest.mark.parametrize(("month", "is_told"), [("2026-04", False), ("2026-05", True), ("2026-06", True)])
def test_a_month_that_is_not_over_says_so(city: Client, month: str, is_told: bool) -> None:
    factories.meeting_room()
    assert ("この月はまだ終わっていません" in text_of(city.get("/usage/", {"month": month}))) is is_told


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-13", "その月はありません。"),
        ("2026-02-30", "月は 2026-04 の形で入力してください。"),
        ("%ff%fe", "月は 2026-04 の形で入力してください。"),
        ("%00", "月は 2026-04 の形で入力してください。"),
        ("2" * 5000, "月は 2026-04 の形で入力してください。"),
        ("9999-12", "表示できる範囲を超えています"),
    ],
)
def test_a_month_that_makes_no_sense_is_told_beside_the_field(city: Client, month: str, told: str) -> None:
    for page in ("/usage/", "/bookings/"):
        answer = city.get(f"{page}?month={month}")
        assert answer.status_code == 422
        assert told in text_of(answer)
    answer = city.get(f"/usage/csv/?month={month}")
    assert answer.status_code == 400
    assert told in text_of(answer)


def test_a_city_without_rooms_says_so(city: Client) -> None:
    assert "集計できる施設がありません" in text_of(city.get("/usage/"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("page", ["/usage/", "/usage/csv/"])
def test_it_takes_six_statements_whatever_there_is(city: Client, page: str, number: int) -> None:
    for schema in TENANTS[:number]:
        for _ in range(number):
            permitted(schema, factories.meeting_room(schema), DAY)
    with count_statements() as statements:
        city.get(page)
    assert statements.count == 6, statements
