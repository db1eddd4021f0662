"""The manager sets fee tables from a day on, and sees first what changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.bookings.models import FeeTable, FeeTableKind, Room
from apps.bookings.queries.fees import table_on
from apps.bookings.rules.fees.tables import Days, Mode, Reduction, Terms
from kernel import clock
from tests import factories
from tests.support.fees import TABLES, fee_tables
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
START = clock.today() + dt.timedelta(days=30)


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args, urlconf="config.urls.desk")


@pytest.fixture
def room(database: None) -> Room:
    return factories.meeting_room()


def grid(**values: str) -> dict[str, Any]:
    """A tariff of 1,000円 each slot; ``values`` say what else is typed."""
    usual: dict[str, Any] = {
        "valid_from": START.isoformat(),
        "mode": "slots",
        "article": "別表第１",
        "slots_per_unit": "1",
    }
    return usual | {f"p_{number}_0": "1,000" for number in (1, 2, 3)} | values


def held(room: Room, kind: FeeTableKind, on: dt.date = START) -> Any:
    with as_tenant(CHUO):
        return table_on(room.facility_id, kind, on, room.pk if kind == FeeTableKind.TARIFF else None)


def test_a_tariff_is_typed_looked_at_and_then_set(manager: Client, room: Room) -> None:
    address = url("tariff", room.pk)
    typed = grid(**{"p_1_1": "1,500", "p_1-2_0": "１，８００円"})
    preview = manager.post(address, typed)
    assert "2,800円" in preview.content.decode()
    assert held(room, FeeTableKind.TARIFF) is None
    assert manager.post(address, typed | {"confirmed": "1"}).status_code == 302
    assert {(price.slots, price.amount) for price in held(room, FeeTableKind.TARIFF).prices} == {
        ((1,), 1000), ((1,), 1500), ((2,), 1000), ((3,), 1000), ((1, 2), 1800),
    }  # fmt: skip
    page = manager.get(url("fee_tables")).content.decode()
    assert "これから" in page


def test_prices_of_a_season_stand_in_a_grid_of_their_own_and_come_back(manager: Client, room: Room) -> None:
    address = url("tariff", room.pk)
    season = {"season_first": "12-01", "season_last": "02-28", "s_1_0": "700", "s_1_2": "900"}
    early = grid(valid_from="2020-04-01", confirmed="1", **season)
    assert manager.post(address, early).status_code == 302
    prices = [price for price in held(room, FeeTableKind.TARIFF).prices if price.season]
    assert [(price.amount, price.days) for price in prices] == [(700, Days.ANY), (900, Days.HOLIDAY)]
    page = manager.get(address).content.decode()
    assert 'value="12-01"' in page
    assert 'value="700"' in page
    assert manager.post(address, grid(**season | {"season_first": "02-30"})).status_code == 422


def test_the_preview_shows_examples_old_and_new_and_that_no_booking_changes(manager: Client, room: Room) -> None:
    fee_tables(room)
    fee_tables(room, valid_from=START + dt.timedelta(days=90), only=["tariff"])
    day = START + dt.timedelta(days=5)
    factories.counter_booking(factories.individual(), room, day=day)
    page = manager.post(url("tariff", room.pk), grid(p_1_0="3000")).content.decode()
    assert "<strong>3,000円</strong>" in page
    assert "計算済みのもの1件" in page
    assert "変わる予約は0件" in page
    assert "別の料金表が適用されます" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"p_1_0": "-1"}, "金額は0円以上"),
        ({"p_1_0": "たくさん"}, "金額は数字で"),
        ({"p_2_0": ""}, "「午後」の料金がありません"),
        ({"p_1-2_0": "500"}, "その一部だけを使う料金より安く"),
        ({"p_3_1": "5", "p_3_0": ""}, "左端の欄"),
        ({"valid_from": "2026-02-30"}, "その日付はありません"),
        ({"slots_per_unit": "0"}, "1"),
    ],
)
def test_a_tariff_that_cannot_be_comes_back_filled(
    manager: Client, room: Room, values: dict[str, str], told: str
) -> None:
    answer = manager.post(url("tariff", room.pk), grid(**values) | {"confirmed": "1", "note": "令和8年条例第3号"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "令和8年条例第3号" in page
    assert held(room, FeeTableKind.TARIFF) is None


def test_a_tariff_in_force_is_not_overwritten(manager: Client, room: Room) -> None:
    fee_tables(room)
    answer = manager.post(url("tariff", room.pk), grid(valid_from="2021-04-01", confirmed="1"))
    assert answer.status_code == 409
    assert "変えられません" in answer.content.decode()


def rows_of(kind: str, *rows: dict[str, str], **head: str) -> dict[str, Any]:
    data: dict[str, Any] = {"valid_from": START.isoformat(), "confirmed": "1"} | head
    data |= {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0"}
    return data | {f"rows-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_surcharges_are_set_by_rows_and_name_what_they_replace(manager: Client, room: Room) -> None:
    rows = (
        {"label": "営利", "article": "備考１", "mode": "add", "ratio": "10割", "flags": "commercial"},
        {
            "label": "営利・入場料", "article": "備考１", "mode": "add", "ratio": "3", "flags": "commercial",
            "admission_from": "1", "replaces": "営利",
        },
        {"label": "", "article": "", "mode": "multiply", "ratio": ""},
    )  # fmt: skip
    answer = manager.post(url("fee_table", room.facility_id, "surcharges"), rows_of("surcharges", *rows))
    assert answer.status_code == 302, answer.content.decode()
    first, second = held(room, FeeTableKind.SURCHARGES)
    assert (first.mode, first.ratio, first.when.commercial) == (Mode.ADD, 1, True)
    assert second.replaces == (first.code,)


@pytest.mark.parametrize(
    ("kind", "row", "told"),
    [
        ("surcharges", {"label": "営利", "mode": "add", "ratio": "たくさん", "flags": "commercial"}, "割合は"),
        ("surcharges", {"label": "営利", "mode": "add", "ratio": "1"}, "1つも選ばれていません"),
        (
            "surcharges",
            {"label": "営利", "mode": "add", "ratio": "1", "flags": "holiday", "replaces": "無い行"},
            "無い行",
        ),
        ("climate", {"label": "暖房", "basis": "room"}, "どちらか一方"),
        ("climate", {"label": "暖房", "basis": "room", "ratio": "3割", "first": "13-01", "last": "01-01"}, "月日を"),
        (
            "reductions",
            {"label": "後援", "article": "第９条", "ratio": "2", "scopes": "room"},
            "割合が正しくありません",
        ),
        ("reductions", {"label": "後援", "article": "", "ratio": "1/2", "scopes": "room"}, "根拠条項を"),
        ("reductions", {"label": "後援", "article": "第９条", "ratio": "1/2"}, "減免するもの"),
    ],
)
def test_a_row_that_cannot_be_comes_back_with_its_sentence(
    manager: Client, room: Room, kind: str, row: dict[str, str], told: str
) -> None:
    answer = manager.post(url("fee_table", room.facility_id, kind), rows_of(kind, row))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert row["label"] in page


def test_a_ground_keeps_its_code_when_its_words_change_and_a_struck_one_goes(manager: Client, room: Room) -> None:
    fee_tables(room)
    kept: tuple[Reduction, ...] = TABLES[FeeTableKind.REDUCTIONS]
    rows = [
        {"code": kept[0].code, "label": "市が後援するとき", "article": "第９条", "ratio": "2/3", "scopes": "room"},
        {
            "code": kept[1].code,
            "label": "市の主催",
            "article": "第９条",
            "ratio": "1",
            "scopes": "room",
            "DELETE": "on",
        },
    ]
    data = rows_of("reductions", *rows) | {"rows-INITIAL_FORMS": "2"}
    manager.post(url("fee_table", room.facility_id, "reductions"), data)
    [only] = held(room, FeeTableKind.REDUCTIONS)
    assert (only.code, only.label, str(only.ratio)) == ("support", "市が後援するとき", "2/3")


def test_the_terms_are_set_by_one_form(manager: Client, room: Room) -> None:
    names = ("base", "extension", "surcharge", "climate", "reduction", "total")
    steps = {f"round_{name}": "yen_down" for name in names}
    data = steps | {
        "valid_from": START.isoformat(), "extension": "2割", "extension_rounding": "half_hour",
        "tax": "10%", "saturday_is_holiday": "on", "confirmed": "1",
    }  # fmt: skip
    assert manager.post(url("fee_table", room.facility_id, "terms"), data).status_code == 302
    found = held(room, FeeTableKind.TERMS)
    assert isinstance(found, Terms)
    assert (str(found.extension and found.extension.ratio), str(found.tax)) == ("1/5", "1/10")


@pytest.mark.parametrize("kind", ["surcharges", "climate", "equipment", "reductions", "terms"])
def test_every_table_opens_with_what_holds(manager: Client, room: Room, kind: str) -> None:
    fee_tables(room)
    assert manager.get(url("fee_table", room.facility_id, kind)).status_code == 200
    assert manager.get(url("tariff", room.pk)).status_code == 200


def test_what_does_not_hold_yet_is_taken_back(manager: Client, room: Room) -> None:
    manager.post(url("tariff", room.pk), grid(confirmed="1"))
    with as_tenant(CHUO):
        table = FeeTable.objects.get()
    manager.post(url("fee_take_back"), {"table": str(table.pk)})
    with as_tenant(CHUO):
        assert not FeeTable.objects.exists()
    assert manager.post(url("fee_take_back"), {"table": "nonsense"}).status_code == 302


def test_a_set_is_copied_to_another_facility_of_the_house(manager: Client, room: Room) -> None:
    other = factories.meeting_room()
    fee_tables(room)
    values = {"source": room.facility_id, "target": other.facility_id, "valid_from": START.isoformat()}
    assert manager.post(url("fee_copy"), values | {"target": room.facility_id}).status_code == 422
    assert manager.post(url("fee_copy"), values).status_code == 302
    assert held(other, FeeTableKind.TARIFF) == TABLES[FeeTableKind.TARIFF]
    assert manager.post(url("fee_copy"), values).status_code == 409


@pytest.mark.parametrize("name", ["fee_tables", "fee_copy"])
def test_the_counter_does_not_see_the_settings(receptionist: Client, name: str) -> None:
    assert receptionist.get(url(name)).status_code == 403


def test_the_counter_changes_no_tariff(receptionist: Client, room: Room) -> None:
    assert receptionist.post(url("tariff", room.pk), grid(confirmed="1")).status_code == 403
    assert receptionist.post(url("fee_take_back"), {"table": "x"}).status_code == 403


@pytest.mark.parametrize("kind", ["tariff", "nonsense"])
def test_there_is_no_other_kind_of_table(manager: Client, room: Room, kind: str) -> None:
    assert manager.get(url("fee_table", room.facility_id, kind)).status_code == 404
