"""The search over all facilities: what it finds, what it says honestly, and in how many statements."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from apps.bookings.models import Equipment, EquipmentStock, EquipmentUse, Facility, PurposeGroup, Room, Whose
from apps.bookings.services.cancel import cancel_by_citizen
from kernel import clock
from tenants import directory
from tests import factories
from tests.factories import soon
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO, SPORTS


def found(client: Client, **asked: Any) -> str:
    answer = client.get("/search/", {"day": f"{soon():%Y-%m-%d}", **asked})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def links(page: str) -> list[str]:
    """The free times that lead on to a hold, but for those that are merely nearest."""
    page = re.sub(r"条件に近い空き.*?</ul>", "", page, flags=re.DOTALL)
    return re.findall(r'href="(/places/[^"]+\?slots=[\d,]+)"', page)


def projector(room: Room, quantity: int = 2, schema: str = CHUO, **values: object) -> Equipment:
    with as_tenant(schema):
        kind = Equipment.objects.create(
            facility_id=room.facility_id, name="プロジェクター", name_en="Projector", valid_from=dt.date(2020, 1, 1),
            **values,
        )  # fmt: skip
        EquipmentStock.objects.create(equipment=kind, valid_from=dt.date(2020, 1, 1), quantity=quantity)
    return kind


def test_the_free_times_of_a_day_lead_straight_to_a_hold(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    factories.booking_awaiting_permit(citizen, room, slots=[2])
    first, second = links(found(portal))
    assert first == f"/places/{CHUO}/rooms/{room.pk}/{soon():%Y-%m-%d}/?slots=1"
    assert second.endswith("?slots=3")
    page = portal.get(first).content.decode()
    assert "選んだ時間帯 9:00〜12:00" in page
    assert "この時間帯を予約する" in page


def test_times_that_went_meanwhile_are_told_as_gone(portal: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    [address] = links(found(portal))
    factories.booking_on_hold(factories.citizen_with_registration(), room, slots=[2])
    assert "いまは空いていません" in portal.get(address).content.decode()
    for nonsense in ("?slots=1,3", "?slots=9", "?slots=1,1,x", "?slots=" + "9" * 400):
        assert portal.get(address.partition("?")[0] + nonsense).status_code == 200


def test_a_part_of_the_day_and_hours_find_what_covers_them(portal_client: Client) -> None:
    room = factories.meeting_room()
    factories.booking_on_hold(factories.citizen_with_registration(), room, slots=[2])
    assert links(found(portal_client, part="afternoon")) == []
    assert [one[-8:] for one in links(found(portal_client, part="evening"))] == ["?slots=3"]
    assert [one[-8:] for one in links(found(portal_client, starts="09:30", ends="11:00"))] == ["?slots=1"]
    assert links(found(portal_client, starts="11:00", ends="14:00")) == []


def test_people_purpose_and_its_group_are_met_by_the_room(portal_client: Client) -> None:
    factories.meeting_room(name="小会議室", capacity=8)
    with as_tenant(CHUO):
        room = Room.objects.get(name="小会議室")
        group = PurposeGroup.objects.create(code="g", name="集会")
        room.purposes.filter(code="meeting").update(group=group)
    assert "小会議室" in found(portal_client, people=8, purpose="meeting")
    assert "小会議室" in found(portal_client, purpose="group:集会")
    assert not links(found(portal_client, people=9))
    assert portal_client.get("/search/", {"purpose": "group:無い"}).status_code == 422


def test_several_days_and_weekdays_list_what_is_free_on_each(portal_client: Client) -> None:
    factories.meeting_room()
    page = found(portal_client, until=f"{soon() + dt.timedelta(days=2):%Y-%m-%d}", part="morning")
    assert len(links(page)) == 3
    one = soon().isoweekday()
    page = found(portal_client, until=f"{soon() + dt.timedelta(days=7):%Y-%m-%d}", weekdays=one, part="morning")
    assert len(links(page)) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"day": "2020-01-01"}, "過ぎた日は探せません"),
        ({"until": "2020-01-01"}, "利用日より後の日"),
        ({"until": f"{soon() + dt.timedelta(days=31):%Y-%m-%d}"}, "31日間までです"),
        ({"starts": "09:00"}, "両方を入力"),
        ({"ends": "09:00"}, "両方を入力"),
        ({"starts": "10:00", "ends": "09:00"}, "開始時刻より後"),
        ({"weekdays": "9"}, ""),
        ({"minutes": "61"}, ""),
        ({"people": "多数"}, ""),
        ({"who": "mayor"}, ""),
    ],
)
def test_nonsense_is_told_beside_its_field_and_nothing_is_lost(
    portal_client: Client, asked: dict[str, str], told: str
) -> None:
    answer = portal_client.get("/search/", {"day": f"{soon():%Y-%m-%d}", "word": "ふれあい", **asked})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="ふれあい"' in page


def test_what_others_are_not_yet_received_for_is_not_offered_to_them(portal_client: Client) -> None:
    room = factories.meeting_room()
    factories.window(room, whose=[Whose.RESIDENT])
    assert links(found(portal_client))
    assert not links(found(portal_client, who="other"))


def test_equipment_is_found_while_enough_pieces_are_left(portal_client: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room()
    other = factories.meeting_room(at=room.facility, name="別室")
    factories.meeting_room(SPORTS, name="器具のない室")
    kind = projector(room, quantity=1)
    assert "残り1" in found(portal_client, equipment="プロジェクター")
    booking = factories.booking_awaiting_permit(citizen, other, slots=[1])
    with as_tenant(CHUO):
        EquipmentUse.objects.create(booking=booking, equipment=kind, during=booking.during, quantity=1)
    assert not links(found(portal_client, equipment="プロジェクター", part="morning"))
    assert links(found(portal_client, equipment="プロジェクター", part="afternoon"))
    assert not links(found(portal_client, equipment="プロジェクター", pieces=2, part="afternoon"))
    assert "器具のない室" not in found(portal_client, equipment="プロジェクター")
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    assert links(found(portal_client, equipment="プロジェクター", part="morning"))


def test_equipment_that_is_not_shown_or_was_renamed_is_not_offered(portal_client: Client) -> None:
    kind = projector(factories.meeting_room())
    assert "プロジェクター" in found(portal_client)
    with as_tenant(CHUO):
        Equipment.objects.filter(pk=kind.pk).update(name="映写機")
    assert "プロジェクター" not in found(portal_client)
    assert "映写機" in found(portal_client)
    with as_tenant(CHUO):
        Equipment.objects.filter(pk=kind.pk).update(is_public=False)
    assert "映写機" not in found(portal_client)


def test_where_nothing_is_free_the_nearest_is_told(portal_client: Client, citizen: factories.Citizen) -> None:
    room = factories.meeting_room(at=factories.facility(area="木下"), name="大会議室", capacity=40)
    factories.meeting_room(at=factories.facility(area="本埜"), name="遠くの室", capacity=40)
    factories.meeting_room(at=factories.facility(area="木下"), name="狭い室", capacity=5)
    factories.booking_awaiting_permit(citizen, room, slots=[1])
    page = found(portal_client, area="木下", people=30, part="morning")
    told = page.partition("条件に近い空き")[2]
    for words in ("同じ日のほかの時間", "ほかの地域", "定員が少ない室場", "遠くの室", "狭い室"):
        assert words in told
    factories.booking_awaiting_permit(citizen, room, slots=[2, 3])
    assert "ほかの日" in found(portal_client, area="木下", people=30).partition("条件に近い空き")[2]


@pytest.mark.parametrize("schemas", [[CHUO], [CHUO, SPORTS, BUNKA]])
def test_a_search_takes_two_statements_and_three_where_nothing_is_found(
    portal_client: Client, schemas: list[str]
) -> None:
    for schema in schemas:
        for number in range(len(schemas)):
            room = factories.meeting_room(schema, name=f"会議室{number}")
            projector(room, schema=schema)
    directory.current()
    until = f"{soon() + dt.timedelta(days=6):%Y-%m-%d}"
    counted = []
    wanted: list[dict[str, Any]] = [
        {"part": "morning"},
        {"until": until, "equipment": "プロジェクター"},
        {"people": 500},
    ]
    for asked in wanted:
        with count_statements() as statements:
            found(portal_client, **asked)
        counted.append(statements.count)
    # the scope, the choices of the form; then two for the search. Of rooms that nobody has, what is taken is not asked:
    # what is nearest takes its place
    assert counted == [4, 4, 4]


def test_next_free_times_of_a_room_by_weekday_part_and_length(portal_client: Client) -> None:
    room = factories.meeting_room()
    tomorrow = clock.today() + dt.timedelta(days=2)
    factories.booking_on_hold(factories.citizen_with_registration(), room, day=tomorrow)
    address = f"/places/{CHUO}/rooms/{room.pk}/next/"
    asked: dict[str, Any] = {"weekdays": tomorrow.isoweekday(), "part": "morning"}
    directory.current()
    with count_statements() as statements:
        [first, *_] = links(portal_client.get(address, asked).content.decode())
    assert f"{tomorrow + dt.timedelta(days=7):%Y-%m-%d}" in first
    assert statements.count == 3, statements  # scope, the room, what is taken
    assert portal_client.get(address, {"part": "noon"}).status_code == 422
    assert portal_client.get(f"/places/{SPORTS}/rooms/{room.pk}/next/").status_code == 404


def test_a_week_shows_the_slots_of_seven_days_and_leads_on(portal_client: Client) -> None:
    room = factories.meeting_room()
    factories.booking_on_hold(factories.citizen_with_registration(), room)
    address = f"/places/{CHUO}/rooms/{room.pk}/week/{soon():%Y-%m-%d}/"
    page = portal_client.get(address).content.decode()
    table = page.partition("<table")[2].partition("</table>")[0]
    assert table.count("<tr>") == 4
    assert table.count("空き</span>") == 20
    assert table.count("予約あり</span>") == 1
    assert len(links(page)) == 2 * 20  # the table, and the list for a phone
    assert portal_client.get(address.replace(f"{soon():%Y-%m-%d}", "2027-02-30")).status_code == 400


def test_a_facility_outside_the_service_and_an_empty_search_stay_as_they_were(portal_client: Client) -> None:
    at: Facility = factories.facility(name="架空作業所")
    page = portal_client.get("/search/", {"word": "作業"}).content.decode()
    assert at.name in page
    assert portal_client.get("/search/").status_code == 200
    assert "架空作業所" not in portal_client.get("/search/", {"word": "%"}).content.decode()
