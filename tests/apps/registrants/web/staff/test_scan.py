"""The scan at the counter: opens the person, records a visit, and tells what a card is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.registrants.models import Card, IssueCause, LapseCause, Visit
from apps.registrants.rules.card_code import code_of
from apps.registrants.rules.numbering import registration_series, senior_series
from apps.registrants.services.cards.issue import reissue_card
from apps.registrants.services.cards.standing import lapse_card, suspend_card
from kernel import clock
from shared.audit.models import Action
from shared.staff.models import Role
from tests import factories
from tests.apps.bookings.web.staff.asking import audited, text_of
from tests.apps.registrants.services.cards.making import OFFICER, group_issued, senior_held, senior_issued
from tests.shared.documents.test_photo import code_png
from tests.support.clients import signed_in
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO


@pytest.fixture
def counter(desk_client: Callable[[str], Client]) -> Client:
    return signed_in(desk_client(CHUO), factories.clerk(roles=[Role.RECEPTION]))


@pytest.fixture
def place(database: None) -> str:
    return str(factories.facility().pk)


@pytest.fixture
def card(place: str) -> Card:
    return senior_held()


def scan(client: Client, place: str, text: str = "", *, mode: str = "open", **more: Any) -> Any:
    return client.post("/scan/", {"q": text, "mode": mode, "facility": place, **more})


def code(card: Card, branch: int = 1) -> str:
    return code_of(str(card.number), branch)


def test_a_scan_opens_the_holder(counter: Client, place: str, card: Card) -> None:
    answer = scan(counter, place, code(card))
    assert (answer.status_code, answer["Location"]) == (302, f"/registrants/{card.registrant_id}/")


def test_a_groups_card_and_a_registration_number_open_their_page_too(counter: Client, place: str) -> None:
    card, person = group_issued(), factories.individual()
    assert scan(counter, place, code(card))["Location"] == f"/registrants/{card.registrant_id}/"
    assert scan(counter, place, person.number)["Location"] == f"/registrants/{person.pk}/"


def test_a_void_card_is_told_with_the_day_of_its_replacement(counter: Client, place: str, card: Card) -> None:
    with as_tenant(CHUO):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason="紛失", is_returned=False)
    answer = scan(counter, place, code(card, 1))
    assert answer.status_code == 409
    assert "古い枝番のカードです。無効になっています。" in text_of(answer)
    assert "に新しいカードに替わりました。" in text_of(answer)
    assert scan(counter, place, code(card, 2)).status_code == 302
    assert "この枝番のカードは作られていません。" in text_of(scan(counter, place, code(card, 3)))


def test_a_stopped_and_an_ended_card_are_told(counter: Client, place: str, card: Card) -> None:
    with as_tenant(CHUO):
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
    assert "停止中のカードです。" in text_of(scan(counter, place, code(card)))
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.MOVED)
    assert "失効したカードです。" in text_of(scan(counter, place, code(card), mode="visit"))
    with as_tenant(CHUO):
        assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "カードを読み取るか、番号を入力してください。"),
        ("ららら", "カードの番号として読み取れません。"),
        ("<script>alert(1)</script>", "カードの番号として読み取れません。"),
        ("RA-000123-9", "番号の最後の数字が合いません。"),
        (senior_series("A").make(999_999), "この番号のカードはありません。"),
        ("x" * 101, "カードの番号ではありません。"),
        ("\x00", "使用できない文字|Null characters|カードの番号|入力してください"),
    ],
)
@pytest.mark.parametrize("mode", ["open", "visit"])
def test_what_is_no_number_is_told_beside_the_field(
    counter: Client, place: str, text: str, said: str, mode: str
) -> None:
    answer = scan(counter, place, text, mode=mode)
    assert answer.status_code == 422
    assert any(one in text_of(answer) for one in said.split("|"))
    assert "<script>alert" not in text_of(answer)


def test_another_facilitys_registration_is_told(counter: Client, place: str) -> None:
    answer = scan(counter, place, registration_series("B").make(5))
    assert "ほかの施設の登録番号です。" in text_of(answer)


def test_in_visit_mode_a_scan_is_all_it_takes(counter: Client, place: str, card: Card) -> None:
    first = scan(counter, place, code(card), mode="visit")
    assert first.status_code == 200
    assert "来館を記録しました。" in text_of(first)
    assert "今日の来館 1人" in text_of(first)
    again = scan(counter, place, code(card), mode="visit")
    assert "今日の来館は、すでに記録しています。" in text_of(again)
    assert "今日の来館 1人" in text_of(again)


def test_a_visit_with_a_card_that_nobody_noted_as_handed_over_says_so(counter: Client, place: str, card: Card) -> None:
    told = "本人に渡した記録がありません"
    assert told not in text_of(scan(counter, place, code(card), mode="visit"))
    shown = text_of(scan(counter, place, code(senior_issued()), mode="visit"))
    assert "来館を記録しました。" in shown
    assert told in shown


def test_the_field_is_empty_and_has_the_focus_after_a_scan(counter: Client, place: str, card: Card) -> None:
    shown = text_of(scan(counter, place, code(card), mode="visit"))
    field = shown[shown.rindex('name="q"', 0, shown.index('id="id_q"')) : shown.index('id="id_q"')]
    assert "autofocus" in field
    assert "value=" not in field


def test_a_visit_with_another_facilitys_card_is_recorded_by_its_number(counter: Client, place: str) -> None:
    number = senior_series("B").make(5)
    shown = text_of(scan(counter, place, number, mode="visit"))
    assert "来館を記録しました。" in shown
    assert number in shown
    assert "ほかの施設の登録証" in shown


def test_a_visit_is_taken_back(counter: Client, place: str, card: Card) -> None:
    scan(counter, place, code(card), mode="visit")
    with as_tenant(CHUO):
        visit = Visit.objects.get()
    answer = counter.post(f"/scan/visits/{visit.pk}/undo/")
    assert answer["Location"] == "/scan/visits/"
    assert "来館の記録を取り消しました。" in text_of(counter.get("/scan/visits/"))
    assert counter.post(f"/scan/visits/{visit.pk}/undo/").status_code == 404


def test_a_groups_card_is_no_visit(counter: Client, place: str) -> None:
    answer = scan(counter, place, code(group_issued()), mode="visit")
    assert answer.status_code == 409
    assert "団体の来館は、予約の利用人数で数えます。" in text_of(answer)


def test_a_photograph_does_without_a_reader(counter: Client, place: str, card: Card) -> None:
    photo = SimpleUploadedFile("card.png", code_png(code(card)), "image/png")
    answer = scan(counter, place, photo=photo)
    assert answer["Location"] == f"/registrants/{card.registrant_id}/"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "写真として開けません。"),
        (code_png()[:300], "写真"),
        (code_png("https://card.example"), "番号として"),
    ],
)
def test_a_photograph_without_a_card_is_told(counter: Client, place: str, content: bytes, said: str) -> None:
    answer = scan(counter, place, photo=SimpleUploadedFile("card.png", content, "image/png"))
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_scan_is_audited_by_what_it_was_and_never_by_its_number(counter: Client, place: str, card: Card) -> None:
    scan(counter, place, code(card))
    scan(counter, place, "RA-000123-9")
    entries = audited(Action.SEARCH, "card")
    assert [entry.detail for entry in entries] == [
        {"by": "scan", "outcome": "mistyped"},
        {"by": "scan", "outcome": "valid"},
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_whatever_the_visits(counter: Client, place: str, count: int) -> None:
    for _ in range(count):
        scan(counter, place, code(senior_held()), mode="visit")
    with count_statements() as statements:
        counter.get("/scan/")
    assert statements.count == 6, statements


def test_the_figures_of_a_month_count_the_visits(counter: Client, place: str, card: Card) -> None:
    scan(counter, place, code(card), mode="visit")
    shown = text_of(counter.get(f"/visits/?month={clock.today():%Y-%m}&facility={place}"))
    assert "個人利用の来館" in shown
    assert "80〜84歳" in shown
    assert "この月の来館の記録はありません" in text_of(counter.get("/visits/?month=2026-01"))
    assert counter.get("/visits/?month=2026-13").status_code == 400


def test_a_visitor_without_a_card_is_counted_with_one_press_and_taken_back(counter: Client, place: str) -> None:
    for known in ({}, {"count-age_band": "70", "count-residence": "resident"}):
        assert counter.post("/scan/visits/count/", {"count-facility": place, **known})["Location"] == "/scan/visits/"
    shown = text_of(counter.get("/scan/visits/"))
    assert "今日の来館 2人" in shown
    assert "カードなし（70〜74歳、市内在住）" in shown
    with as_tenant(CHUO):
        seen = list(Visit.objects.order_by("pk").values_list("age_band", "residence"))
        named = Visit.objects.exclude(registrant=None, card=None, foreign_number="").count()
        pk = Visit.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert (seen, named) == ([("", ""), ("70", "resident")], 0)
    counter.post(f"/scan/visits/{pk}/undo/")
    assert "今日の来館 1人" in text_of(counter.get("/scan/visits/"))
    assert [entry.detail for entry in audited(Action.CREATE, "visit")] == [{"by": "count"}] * 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"count-age_band": "71"}, "年齢を一覧から選んでください。"),
        ({"count-residence": "moon"}, "居住区分を一覧から選んでください。"),
        ({"count-facility": "x"}, "施設を一覧から選んでください。"),
    ],
)
def test_a_count_of_what_there_is_not_is_told_and_counts_nobody(
    counter: Client, place: str, values: dict[str, str], said: str
) -> None:
    factories.facility()
    answer = counter.post("/scan/visits/count/", {"count-facility": place} | values)
    assert answer.status_code == 422
    assert said in text_of(answer)
    with as_tenant(CHUO):
        assert not Visit.objects.exists()


def test_visits_are_told_by_age_and_residence_together(counter: Client, place: str) -> None:
    for band, residence in (("70", "resident"), ("70", "resident"), ("70", "outside"), ("85", "")):
        counter.post(
            "/scan/visits/count/",
            {"count-facility": place, "count-age_band": band, "count-residence": residence},
        )
    page = counter.get(f"/visits/?facility={place}")
    rows = {label: (cells, total) for label, cells, total in page.context["rows"]}
    assert rows["70〜74歳"] == ([2, 0, 0, 1, 0], 3)
    assert rows["85歳以上"] == ([0, 0, 0, 0, 1], 1)
    assert page.context["sums"] == [2, 0, 0, 1, 1]


def test_a_frame_of_the_camera_is_read_and_nothing_is_looked_up(counter: Client, place: str, card: Card) -> None:
    def read(content: bytes) -> Any:
        return counter.post("/scan/frame/", {"photo": SimpleUploadedFile("frame.png", content, "image/png")})

    with count_statements() as statements:
        answer = read(code_png(code(card)))
    assert answer.json() == {"text": code(card)}
    assert not [text for text in statements.texts if "registrants_" in text]
    assert read(without_code()).status_code == 204
    assert read(b"%PDF-1.7").status_code == 422
    assert read(b"\x89PNG\r\n\x1a\n" + b"0" * 600_000).status_code == 422
    assert counter.post("/scan/frame/").status_code == 422


def without_code() -> bytes:
    """A picture without a code."""
    made = typst.compile(b"#set page(width: 60pt, height: 40pt)\n#line(length: 9pt)", format="png", ppi=72)
    assert isinstance(made, bytes)
    return made


def test_another_facilitys_card_in_open_mode_offers_to_record_the_visit(counter: Client, place: str) -> None:
    number = senior_series("B").make(7)
    answer = counter.post("/scan/", {"q": number, "mode": "open", "facility": place})
    assert answer.status_code == 409
    assert "来館を記録する" in text_of(answer)
    assert f'name="q" value="{number}"' in answer.content.decode()
