"""Equipment goes with a booking: reserved with it, changed, moved, given back; never more than there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, transaction

from apps.bookings.errors import NoStockError, UnknownEquipmentError
from apps.bookings.gear_errors import EquipmentReservedError, NotLentThenError, TooLateForEquipmentError
from apps.bookings.life_errors import NotByPortalError, NothingChangesError
from apps.bookings.models import Booking, BookingAct, BookingState, Document, Equipment, EquipmentUse, FeeSheet, Room
from apps.bookings.queries.equipment import lendable
from apps.bookings.rules.fees.tables import Equipment as Prices
from apps.bookings.rules.fees.tables import EquipmentPrice, EquipmentUnit
from apps.bookings.rules.fees.use import EquipmentUse as Item
from apps.bookings.rules.fees.use import Facts
from apps.bookings.services.apply import Application, apply_for_hold
from apps.bookings.services.cancel import cancel_by_citizen
from apps.bookings.services.change import Target, change_by_citizen, change_by_staff
from apps.bookings.services.equipment import Kind, add_equipment, change_equipment
from apps.bookings.services.fees.charging import FeeWish
from apps.bookings.services.lending import equip_by_citizen, equip_by_staff
from apps.bookings.web.gear_fields import place_of
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.fees import fee_tables
from tests.support.scopes import as_portal, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
STAFF = Actor(kind="staff")


def projector(room: Room, quantity: int = 1, **values: Any) -> Equipment:
    with as_tenant(CHUO):
        kind = Kind(room.facility_id, values.pop("name", "プロジェクター"), **values)
        return add_equipment(actor=STAFF, kind=kind, since=clock.today(), quantity=quantity)


def wish(*items: tuple[Equipment, int]) -> dict[str, Any]:
    return {"fee": FeeWish(Facts(equipment=tuple(Item(kind.code, count) for kind, count in items)))}


def application(said: dict[str, Any]) -> Application:
    return Application(factories.MEETING, 10, "例会", **said)


def applied(room: Room, *items: tuple[Equipment, int], citizen: Any = None, **values: Any) -> Booking:
    citizen = citizen or factories.citizen_with_registration()
    return factories.booking_awaiting_permit(citizen, room, **wish(*items), **values)


def has(booking: Booking) -> list[tuple[str, int]]:
    with as_tenant(CHUO):
        return list(EquipmentUse.objects.filter(booking=booking).values_list("equipment__name", "quantity"))


def left(booking: Booking) -> list[int | None]:
    with as_tenant(CHUO):
        return [one.left for one in lendable(place_of(Booking.objects.select_related("room").get(pk=booking.pk)))]


def total(booking: Booking) -> int:
    with as_tenant(CHUO):
        return FeeSheet.objects.filter(booking=booking).order_by("-number")[0].total


def test_what_is_chosen_is_reserved_with_the_application_and_given_back_with_it() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kind = projector(room, 2)
    booking = applied(room, (kind, 2), citizen=citizen)
    assert has(booking) == [("プロジェクター", 2)]
    assert left(booking) == [0]
    with as_portal(CHUO, citizen.account.pk):
        cancel_by_citizen(actor=citizen.actor, booking=booking.pk)
    assert left(booking) == [2]


@pytest.mark.race
def test_of_two_applicants_for_the_last_one_is_told_and_keeps_the_hold() -> None:
    at = factories.facility()
    rooms = [factories.meeting_room(at=at, name=f"第{number}会議室") for number in range(4)]
    kind = projector(rooms[0])
    citizens = [factories.citizen_with_registration() for _room in rooms]
    holds = [factories.booking_on_hold(*pair) for pair in zip(citizens, rooms, strict=True)]

    def apply(number: int) -> Any:
        try:
            with as_portal(CHUO, citizens[number].account.pk):
                return apply_for_hold(
                    actor=citizens[number].actor,
                    booking=holds[number].pk,
                    application=application(wish((kind, 1))),
                )
        except NoStockError as error:
            return error

    results = together(len(rooms), apply)
    won = [one for one in results if isinstance(one, Booking)]
    lost = [one for one in results if isinstance(one, NoStockError)]
    assert (len(won), len(lost)) == (1, 3)
    assert {(one.field, one.params["left"]) for one in lost} == {(f"equipment_{kind.code}", 0)}
    with as_tenant(CHUO):
        assert Booking.objects.filter(state=BookingState.HOLD).count() == 3
        assert EquipmentUse.objects.count() == 1


def test_a_citizen_chooses_only_what_is_public_there_and_then() -> None:
    room = factories.meeting_room()
    other = factories.meeting_room(at=room.facility, name="和室")
    inside = projector(room, is_public=False)
    elsewhere = projector(room, name="茶釜", rooms=(other.pk,))
    for slot, kind in ((1, inside), (2, elsewhere)):
        with pytest.raises(UnknownEquipmentError):
            applied(room, (kind, 1), slots=[slot])
    with as_tenant(CHUO):
        assert not Booking.objects.exclude(state=BookingState.HOLD).exists()
    clerks = factories.counter_booking(factories.individual(), other, **wish((inside, 1), (elsewhere, 1)))
    assert len(has(clerks)) == 2
    with pytest.raises(UnknownEquipmentError):
        factories.counter_booking(factories.individual(), room, slots=[3], **wish((elsewhere, 1)))


def test_equipment_costs_one_statement_and_none_where_none_is_chosen() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kinds = [projector(room, 5, name=f"備品{number}") for number in range(3)]
    counted = []
    for slot, items in ((1, []), (2, [(kinds[0], 1)]), (3, [(kind, 1) for kind in kinds])):
        hold = factories.booking_on_hold(citizen, room, slots=[slot])
        with as_portal(CHUO, citizen.account.pk), count_statements() as statements:
            apply_for_hold(actor=citizen.actor, booking=hold.pk, application=application(wish(*items)))
        counted.append(statements.count)
    assert counted == [counted[0], counted[0] + 1, counted[0] + 1]


def test_what_is_left_of_all_items_is_read_in_one_statement() -> None:
    room = factories.meeting_room()
    kinds = [projector(room, 5, name=f"備品{number}") for number in range(4)]
    booking = applied(room, (kinds[0], 2), (kinds[1], 5))
    with as_tenant(CHUO):
        place = place_of(Booking.objects.select_related("room").get(pk=booking.pk))
        with count_statements() as statements:
            found = lendable(place)
    assert [one.left for one in found] == [3, 0, 5, 5]
    assert statements.count == 1


def test_the_fee_counts_what_is_reserved_and_is_computed_anew_when_it_changes() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kind, piano = projector(room, 3), projector(room, name="ピアノ")
    prices = (EquipmentPrice(kind.code, kind.name, "別表第２", 300), EquipmentPrice(piano.code, "ピアノ", "", 5000))
    fee_tables(room, equipment=Prices(prices, ceiling=2000))
    booking = applied(room, (kind, 2), citizen=citizen)
    assert total(booking) == 1600
    with as_portal(CHUO, citizen.account.pk):
        equip_by_citizen(actor=citizen.actor, booking=booking.pk, items=[Item(kind.code, 1), Item(piano.code, 1)])
    assert total(booking) == 3000  # all equipment of a slot: 2,000円 at the most
    with as_tenant(CHUO):
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[])
        assert [act.act for act in BookingAct.objects.filter(booking=booking)] == ["apply", "equip", "equip"]
    assert total(booking) == 1000
    assert has(booking) == []


def test_a_change_of_date_takes_it_along_or_fails_as_a_whole() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    two = factories.meeting_room(at=room.facility, name="和室")
    kind = projector(room)
    fee_tables(room, equipment=Prices((EquipmentPrice(kind.code, kind.name, "", 100, EquipmentUnit.HOUR),)))
    mine = applied(room, (kind, 1), citizen=citizen)
    other = applied(two, (kind, 1), slots=[2])
    target = Target(room.pk, mine.day, (2,))
    with as_portal(CHUO, citizen.account.pk), pytest.raises(NoStockError):
        change_by_citizen(actor=citizen.actor, booking=mine.pk, to=target)
    with as_tenant(CHUO):
        assert Booking.objects.get(pk=mine.pk).slot_numbers == [1]
        equip_by_staff(actor=STAFF, booking=other.pk, items=[])
    with as_portal(CHUO, citizen.account.pk):
        moved = change_by_citizen(actor=citizen.actor, booking=mine.pk, to=target)
    with as_tenant(CHUO):
        assert EquipmentUse.objects.get(booking=mine).during == moved.during
    assert total(mine) == 1500 + 400  # four hours of the afternoon


def test_what_is_not_lent_in_the_other_room_does_not_go_there() -> None:
    room = factories.meeting_room()
    two = factories.meeting_room(at=room.facility, name="和室")
    kind = projector(room, rooms=(room.pk,))
    booking = applied(room, (kind, 1))
    with as_tenant(CHUO), pytest.raises(NotLentThenError):
        change_by_staff(actor=STAFF, booking=booking.pk, to=Target(two.pk, booking.day, (1,)))


def test_the_items_own_deadline_binds_the_citizen_and_not_the_desk() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kind = projector(room, 3, deadline_days=20)
    booking = applied(room, (kind, 1), citizen=citizen)  # applied for after its deadline: still with the application
    with as_portal(CHUO, citizen.account.pk), pytest.raises(TooLateForEquipmentError):
        equip_by_citizen(actor=citizen.actor, booking=booking.pk, items=[Item(kind.code, 2)])
    with as_tenant(CHUO):
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[Item(kind.code, 2)])
    assert has(booking) == [("プロジェクター", 2)]


def test_what_was_permitted_is_changed_at_the_desk_with_a_permit_of_the_change() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kind = projector(room)
    booking = factories.permitted_booking(citizen, room)
    with as_portal(CHUO, citizen.account.pk), pytest.raises(NotByPortalError):
        equip_by_citizen(actor=citizen.actor, booking=booking.pk, items=[Item(kind.code, 1)])
    with as_tenant(CHUO):
        equip_by_staff(actor=STAFF, booking=booking.pk, items=[Item(kind.code, 1)])
        rows = dict(Document.objects.get(booking=booking, kind="change").content["rows"])
    assert (rows["変更前の附属設備"], rows["変更後の附属設備"]) == ("なし", "プロジェクター　1台")


def test_where_permission_is_immediate_the_citizen_still_changes_it() -> None:
    room, citizen = factories.meeting_room(reception="immediate"), factories.citizen_with_registration()
    kind = projector(room)
    booking = applied(room, citizen=citizen)
    with as_portal(CHUO, citizen.account.pk):
        equip_by_citizen(actor=citizen.actor, booking=booking.pk, items=[Item(kind.code, 1)])
        with pytest.raises(NothingChangesError):
            equip_by_citizen(actor=citizen.actor, booking=booking.pk, items=[Item(kind.code, 1)])
    assert has(booking) == [("プロジェクター", 1)]


def test_an_item_does_not_end_before_the_bookings_that_have_it() -> None:
    room = factories.meeting_room()
    kind = projector(room)
    booking = applied(room, (kind, 1))
    said = Kind(room.facility_id, "プロジェクター", is_public=False)
    with as_tenant(CHUO):
        with pytest.raises(EquipmentReservedError) as told:
            change_equipment(actor=STAFF, equipment=kind.pk, kind=said, until=booking.day - dt.timedelta(days=1))
        assert told.value.params == {"count": 1}
        change_equipment(actor=STAFF, equipment=kind.pk, kind=said, until=booking.day)


def test_what_becomes_counted_is_looked_at_again() -> None:
    room = factories.meeting_room()
    kind = projector(room, is_counted=False)
    applied(room, (kind, 9))
    said = Kind(room.facility_id, "プロジェクター")
    with as_tenant(CHUO), pytest.raises(NoStockError):
        change_equipment(actor=STAFF, equipment=kind.pk, kind=said)
    with as_tenant(CHUO):
        assert not Equipment.objects.get().is_counted
        change_equipment(actor=STAFF, equipment=kind.pk, kind=replace(said, is_counted=False, place="倉庫"))


INSERT = "INSERT INTO bookings_equipmentuse (booking_id, equipment_id, during, quantity) VALUES (%s, %s, %s, 1)"


def raw(account: UUID, statement: str, *values: Any) -> int:
    with as_portal(CHUO, account), transaction.atomic(), transaction.get_connection().cursor() as cursor:
        cursor.execute(statement, values)
        found: int = cursor.rowcount
    return found


def test_the_portals_role_lends_nothing_to_others_nothing_hidden_and_nothing_that_is_decided() -> None:
    room, citizen = factories.meeting_room(), factories.citizen_with_registration()
    kind, hidden = projector(room, 9), projector(room, name="金庫", is_public=False)
    mine, strangers = applied(room, (kind, 1), citizen=citizen, slots=[1]), applied(room, (kind, 1), slots=[2])
    decided = factories.permitted_booking(citizen, room, slots=[3])
    me = citizen.account.pk
    for booking, what in ((strangers, hidden), (mine, hidden), (decided, kind)):
        with pytest.raises(DatabaseError, match="row-level security"):
            raw(me, INSERT, booking.pk, what.pk, booking.during)
    assert raw(me, "UPDATE bookings_equipmentuse SET quantity = 2 WHERE booking_id = %s", strangers.pk) == 0
    assert raw(me, "DELETE FROM bookings_equipmentuse WHERE booking_id = %s", strangers.pk) == 0
    assert raw(me, "SELECT FROM bookings_equipment WHERE name = '金庫'") == 0
    with pytest.raises(DatabaseError, match="permission denied"):
        raw(me, "UPDATE bookings_equipment SET is_public = true")
    with as_tenant(BUNKA), pytest.raises(DatabaseError), transaction.atomic():
        Equipment.objects.raw("SELECT * FROM chuo.bookings_equipment")[0]


def test_the_database_itself_counts_hidden_from_whoever_asks(superuser: psycopg.Connection) -> None:
    room = factories.meeting_room()
    kind, booking = projector(room, 2), applied(room)
    superuser.execute("SET search_path = chuo, extensions")
    with pytest.raises(psycopg.errors.CheckViolation) as told:
        superuser.execute(INSERT.replace(", 1)", ", 3)"), [booking.pk, kind.pk, booking.during])
    assert told.value.diag.message_detail == f'{{"code": "{kind.code}", "left": 2, "name": "プロジェクター"}}'
