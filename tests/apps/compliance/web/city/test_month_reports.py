"""Which facilities have closed and sent a month."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from apps.bookings.models import Facility
from apps.bookings.services.use.enter import UseEntry, enter_uses
from apps.bookings.services.use.months import close_month, reopen_month
from shared.actor import Actor
from tests import factories
from tests.apps.compliance.web.city.asking import officer_at_work, permitted, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

DAY, APRIL = dt.date(2026, 4, 10), dt.date(2026, 4, 1)
CLERK = Actor(kind="staff")


@pytest.fixture
def city(city_client: Client, freeze: Freeze) -> Client:
    """An officer's browser on 2 May 2026."""
    freeze("2026-05-02 09:00")
    return officer_at_work(city_client)


def send_april(schema: str, name: str, people: int, freeze: Freeze) -> None:
    """A facility with one use of ``people`` in April closes the month."""
    freeze("2026-04-01 09:00")
    room = factories.meeting_room(schema, at=factories.facility(schema, name=name))
    booking = permitted(schema, room, DAY, [1])
    freeze("2026-05-02 09:00")
    with as_tenant(schema):
        enter_uses(actor=CLERK, day=DAY, entries=[UseEntry(booking.pk, "came", {"all": people})])
        close_month(actor=CLERK, facility=room.facility_id, month=APRIL)


def test_the_city_sees_who_has_sent_the_month_and_what(city: Client, freeze: Freeze) -> None:
    send_april(CHUO, "架空の館", 17, freeze)
    factories.meeting_room(BUNKA, at=factories.facility(BUNKA, name="架空の会館"))
    shown = text_of(city.get("/month-reports/"))
    sent, not_sent = (
        shown.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0] for name in ("架空の館", "架空の会館")
    )
    assert "提出済み" in sent
    assert "17" in sent
    assert "未提出" in not_sent
    assert "2施設のうち1施設が提出しています。" in shown


def test_a_month_that_was_opened_again_shows_its_reason_and_no_figures(city: Client, freeze: Freeze) -> None:
    send_april(CHUO, "架空の館", 17, freeze)
    with as_tenant(CHUO):
        place = Facility.objects.get().pk
        reopen_month(actor=CLERK, facility=place, month=APRIL, reason="人数の転記誤り", seen_number=1)
    shown = text_of(city.get("/month-reports/?month=2026-04"))
    assert "人数の転記誤り" in shown
    assert "17" not in shown.split("<tbody>")[1].split("</tbody>")[0]


def test_it_costs_the_same_statements_for_more_facilities(city: Client, freeze: Freeze) -> None:
    send_april(CHUO, "架空の館", 17, freeze)
    city.get("/month-reports/")
    with count_statements() as few:
        city.get("/month-reports/")
    send_april(BUNKA, "架空の会館", 5, freeze)
    send_april(CHUO, "架空の別館", 5, freeze)
    with count_statements() as more:
        city.get("/month-reports/")
    assert more.count == few.count <= 16, more


def test_a_month_that_is_none_comes_back_with_its_sentence(city: Client) -> None:
    answer = city.get("/month-reports/?month=2026-13")
    assert answer.status_code == 422
    assert "その月はありません。" in text_of(answer)


def test_no_month_is_led_to_that_no_facility_can_have_sent(city: Client) -> None:
    pages = [text_of(city.get(f"/month-reports/?month={month}")) for month in ("2026-03", "2026-04")]
    assert ["次の月" in page for page in pages] == [True, False]
