"""Entering a day's use, reading months and years, closing a month, at the desk."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from apps.bookings.models import Booking, CounterSet, DayCount, MonthDeed, UseRecord
from shared.audit.models import Action
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO

DAY = dt.date(2026, 4, 10)
FILES = (
    "/reports/file/?month=2026-04",
    "/reports/year/file/?year=2026",
    "/reports/pivot/file/?first=2026-04-01&last=2026-04-30",
)


@pytest.fixture
def used(freeze: Freeze, database: None) -> Booking:
    """A permitted booking on a day that is over."""
    freeze("2026-04-01 09:00")
    booking = factories.permitted_booking(room=factories.meeting_room(), day=DAY)
    freeze("2026-05-02 09:00")
    return booking


def sent(booking: Booking, outcome: str = "came", people: str = "８", version: int = 0) -> dict[str, str]:
    prefix = f"b{booking.pk.hex}"
    values = {f"{prefix}-outcome": outcome, f"{prefix}-n-all": people, f"{prefix}-version": str(version)}
    return {"day": f"{booking.day}"} | values


def test_a_clerk_enters_the_day_and_is_back_on_it(used: Booking, manager: Client) -> None:
    answer = manager.post("/use/", sent(used), follow=True)
    assert "1件の実績を保存しました。" in text_of(answer)
    assert answer.redirect_chain[-1][0] == "/use/?day=2026-04-10"
    with as_tenant(CHUO):
        assert UseRecord.objects.get().headcount == 8
    assert audited(Action.CHANGE, "booking")[0].detail["act"] == "came"


@pytest.mark.parametrize(
    ("outcome", "people", "told"),
    [
        ("came", "", "来場のときは、人数を1人以上で入力してください。"),
        ("absent", "3", "不来場のときは、人数を空欄か0にしてください。"),
        ("", "3", "来場か不来場かを選択してください。"),
        ("came", "たくさん", "人数は数字で入力してください。"),
        ("came", "-4", "人数は0人以上で入力してください。"),
        ("flew", "3", "一覧から選択してください。"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(
    used: Booking, manager: Client, outcome: str, people: str, told: str
) -> None:
    answer = manager.post("/use/", sent(used, outcome, people))
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert f'value="{people}"' in text_of(answer) or not people
    with as_tenant(CHUO):
        assert not UseRecord.objects.exists()


def test_a_page_that_somebody_else_has_overtaken_says_so(used: Booking, manager: Client) -> None:
    manager.post("/use/", sent(used))
    answer = manager.post("/use/", sent(used, people="3"))
    assert answer.status_code == 409
    assert "ほかの操作により" in text_of(answer)


def test_the_announced_numbers_fill_what_is_not_entered(used: Booking, manager: Client) -> None:
    page = text_of(manager.get("/use/?day=2026-04-10&announced=1"))
    assert f'name="b{used.pk.hex}-n-all" value="{used.headcount}"' in page


def test_individuals_are_counted_on_the_same_page(used: Booking, manager: Client) -> None:
    place = used.room.facility_id
    values = {"day": f"{DAY}", f"d{place.hex}-n-all": "12人", f"d{place.hex}-version": "0"}
    assert manager.post(f"/use/{place}/individuals/", values).status_code == 302
    with as_tenant(CHUO):
        assert DayCount.objects.get().headcount == 12


def test_a_month_is_closed_and_opened_again_with_a_reason(used: Booking, manager: Client) -> None:
    manager.post("/use/", sent(used))
    address = f"/reports/{used.room.facility_id}/2026-04"
    closed = manager.post(f"{address}/close/", {"seen": "0"}, follow=True)
    assert "月を締め、市に提出しました。" in text_of(closed)
    assert "締め済み" in text_of(closed)
    assert manager.post("/use/", sent(used, people="9", version=1)).status_code == 409
    assert manager.post(f"{address}/reopen/", {"seen": "1", "reason": ""}).status_code == 422
    manager.post(f"{address}/reopen/", {"seen": "1", "reason": "転記の誤り"})
    assert "理由：転記の誤り" in text_of(manager.get("/reports/?month=2026-04"))
    with as_tenant(CHUO):
        assert [deed.deed for deed in MonthDeed.objects.order_by("number")] == ["close", "reopen"]


def test_a_receptionist_enters_and_does_not_close(used: Booking, receptionist: Client) -> None:
    assert receptionist.post("/use/", sent(used)).status_code == 302
    assert receptionist.post(f"/reports/{used.room.facility_id}/2026-04/close/").status_code == 403
    assert "この月を締めて" not in text_of(receptionist.get("/reports/?month=2026-04"))


@pytest.mark.parametrize("address", ["/reports/?month=2026-04", "/reports/year/?year=2026", "/reports/pivot/", "/use/"])
def test_a_page_costs_the_same_statements_for_more_bookings(address: str, manager: Client, freeze: Freeze) -> None:
    freeze("2026-04-01 09:00")
    room = factories.meeting_room()
    factories.permitted_booking(room=room, day=DAY)
    freeze("2026-04-10 09:00")
    manager.get(address)
    with count_statements() as few:
        manager.get(address)
    freeze("2026-04-01 09:00")
    for slot in (factories.AFTERNOON, factories.EVENING):
        factories.permitted_booking(room=room, day=DAY, slots=[slot])
    freeze("2026-04-10 09:00")
    with count_statements() as more:
        manager.get(address)
    assert more.count == few.count <= 24, more


@pytest.mark.parametrize("address", FILES)
def test_a_table_is_saved_in_three_ways_and_names_nobody(used: Booking, manager: Client, address: str) -> None:
    manager.post("/use/", sent(used))
    book = manager.get(f"{address}&format=xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows() for cell in row]  # type: ignore[union-attr]  # it has a sheet
    texts = {str(cell.value) for cell in cells}
    utf8 = manager.get(f"{address}&format=csv").content.decode("utf-8-sig")
    shift_jis = manager.get(f"{address}&format=cp932").content.decode("cp932")
    assert "会議室" in texts
    assert "会議室" in utf8
    assert utf8.splitlines()[0] == shift_jis.splitlines()[0]
    assert not any(used.registrant.given_name in text for text in (*texts, utf8, shift_jis))


def test_a_character_that_shift_jis_lacks_is_told(used: Booking, manager: Client) -> None:
    with as_tenant(CHUO):
        type(used.room).objects.filter(pk=used.room_id).update(name="𠮷田記念室")
    answer = manager.get(f"{FILES[2]}&format=cp932")
    text = answer.content.decode("cp932")
    assert "〓田記念室" in text
    assert "〓に置き換えました" in text
    assert answer["X-Unmappable"] == "%F0%A0%AE%B7"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("first=2026-05-01&last=2026-04-01", "末日は、初日から2年以内の日にしてください。"),
        ("first=2020-05-01&last=2026-04-01", "末日は、初日から2年以内の日にしてください。"),
        ("down=room&across=room", "縦と横には、ちがうものを選択してください。"),
        ("down=name", "一覧から選択してください。"),
    ],
)
def test_a_pivot_of_nonsense_says_what_is_wrong(manager: Client, query: str, told: str) -> None:
    answer = manager.get(f"/reports/pivot/?{query}")
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert manager.get(f"/reports/pivot/file/?{query}").status_code == 400


@pytest.mark.parametrize(
    "address", ["/reports/?month=2026-13", "/reports/year/?year=20", "/reports/year/?year=９９９９"]
)
def test_a_month_or_year_that_is_none_is_refused(manager: Client, address: str) -> None:
    assert manager.get(address).status_code == 400


def test_categories_are_set_after_a_preview(used: Booking, manager: Client) -> None:
    address = f"/use/counters/{used.room.facility_id}/"
    typed = {"valid_from": "2026-05-03", "names": "60歳以上／60 and over\nその他"}
    preview = text_of(manager.post(address, typed))
    assert "区分なし（合計だけを数える）" in preview
    with as_tenant(CHUO):
        assert not CounterSet.objects.exists()
    assert manager.post(address, typed | {"confirmed": "1"}).status_code == 302
    with as_tenant(CHUO):
        names = list(CounterSet.objects.get().counters.values_list("code", "name", "name_en"))
    assert names == [("c1", "60歳以上", "60 and over"), ("c2", "その他", "")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"valid_from": "2026-05-01", "names": "男性"}, "適用開始日は本日以降にしてください。"),
        ({"valid_from": "2026-05-03", "names": "男性\n男性"}, "同じ名前の区分があります。"),
        ({"valid_from": "2026-05-03", "names": "\n".join("甲乙丙丁戊己庚辛壬癸子丑寅")}, "区分は12個までです。"),
        ({"valid_from": "2026-05-03", "names": "あ" * 31}, "30文字以内"),
    ],
)
def test_categories_that_cannot_be_come_back_filled(
    used: Booking, manager: Client, typed: dict[str, str], told: str
) -> None:
    answer = manager.post(f"/use/counters/{used.room.facility_id}/", typed | {"confirmed": "1"})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert typed["names"].splitlines()[0] in text_of(answer)


@pytest.mark.parametrize(
    ("page", "present", "earlier", "word"),
    [
        ("/use/?day=", "2026-05-02", "2026-05-01", "次の日"),
        ("/cash/?day=", "2026-05-02", "2026-05-01", "次の日"),
        ("/reports/?month=", "2026-05", "2026-04", "次の月"),
        ("/visits/?month=", "2026-05", "2026-04", "次の月"),
        ("/reports/year/?year=", "2026", "2025", "次の年度"),
    ],
)
def test_what_has_been_is_not_looked_for_in_the_time_to_come(
    used: Booking, manager: Client, page: str, present: str, earlier: str, word: str
) -> None:
    assert used.day == DAY
    assert [word in text_of(manager.get(f"{page}{day}")) for day in (earlier, present)] == [True, False]
