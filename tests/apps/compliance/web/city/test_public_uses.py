"""行政使用の依頼 at the city: for the facilities in care, followed in numbers, without a person."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.bookings.models import Room
from shared.publicuse.models import Order, Place
from tests import factories
from tests.apps.bookings.services.displacement.test_order import ordered
from tests.apps.compliance.web.city.asking import text_of
from tests.support.clients import client_at, signed_in
from tests.support.scopes import as_city
from tests.support.statements import count_statements
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")


def said(*rooms: Room, **values: Any) -> dict[str, Any]:
    day = f"{factories.soon():%Y-%m-%d}"
    words = {"occasion": "shelter", "article": "災害対策基本法", "reason": "大雨による避難所とするため"}
    chosen = {"facility": [str(one.facility_id) for one in rooms], "rooms": [str(one.pk) for one in rooms]}
    return words | chosen | {"first_1": day, "starts_1": "09:00", "last_1": day, "ends_1": "17:00"} | values


def test_an_order_for_two_facilities_is_sent_and_followed(city: Client) -> None:
    here, there = factories.meeting_room(name="会議室"), factories.meeting_room(SPORTS, name="体育館")
    choose = text_of(city.get("/public-uses/new/"))
    assert str(here.facility_id) in choose
    form = city.get("/public-uses/new/", {"facility": [str(here.facility_id), str(there.facility_id)]})
    assert "体育館" in text_of(form)
    answer = city.post("/public-uses/new/", said(here, there, stops="on"))
    with as_city():
        order = Order.objects.get()
        assert (order.stops, order.places.count()) == (True, 2)
        assert order.spans[0].upper - order.spans[0].lower
        Place.objects.get(tenant=CHUO)
    assert answer["Location"] == f"/public-uses/{order.pk}/"
    page = text_of(city.get(f"/public-uses/{order.pk}/"))
    assert page.count("未受領") == 2
    assert "依頼中" in text_of(city.get("/public-uses/"))
    end = f"/public-uses/{order.pk}/end/"
    assert city.post(end, {"reason": " "}).status_code == 422
    assert city.post(end, {"reason": "警報が解除されたため"}).status_code == 302
    assert city.post(end, {"reason": "もう一度"}).status_code == 409
    assert "警報が解除されたため" in text_of(city.get(f"/public-uses/{order.pk}/"))


def test_what_is_wrong_is_told_and_what_was_typed_stays(city: Client) -> None:
    room = factories.meeting_room()
    answer = city.post("/public-uses/new/", said(room, article="", rooms=[]))
    assert answer.status_code == 422
    assert "大雨による避難所とするため" in text_of(answer)
    assert "使用する室場を選択してください。" in text_of(answer)
    assert city.get("/public-uses/new/", {"facility_asked": "1"}).status_code == 422
    assert city.post("/public-uses/new/", said(room, facility=["x"])).status_code == 422
    past = {"first_1": "2020-01-01", "last_1": "2020-01-01"}
    assert city.post("/public-uses/new/", said(room, **past)).status_code == 422
    with as_city():
        assert not Order.objects.exists()


def test_a_department_orders_only_for_facilities_in_its_care() -> None:
    here, there = factories.meeting_room(), factories.meeting_room(SPORTS)
    client = signed_in(client_at(settings.CITY_HOST), factories.department(CHUO))
    assert str(there.facility_id) not in text_of(client.get("/public-uses/new/"))
    assert client.post("/public-uses/new/", said(here, there)).status_code == 403
    assert client.post("/public-uses/new/", said(here)).status_code == 302
    order, _places = ordered((SPORTS, there))
    assert client.get(f"/public-uses/{order.pk}/").status_code == 200
    assert client.post(f"/public-uses/{order.pk}/end/", {"reason": "要らない"}).status_code == 403


def test_the_list_takes_the_same_statements_for_one_and_for_many(city: Client) -> None:
    here, there = factories.meeting_room(), factories.meeting_room(SPORTS)
    order, _places = ordered((CHUO, here))
    with count_statements() as one:
        city.get("/public-uses/")
    with count_statements() as page:
        city.get(f"/public-uses/{order.pk}/")
    both, _places = ordered((CHUO, here), (SPORTS, there))
    ordered((SPORTS, there))
    with count_statements() as many:
        city.get("/public-uses/")
    with count_statements() as long:
        city.get(f"/public-uses/{both.pk}/")
    assert (many.count, long.count) == (one.count, page.count)
