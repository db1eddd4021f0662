"""The cards as PDF: size, what stands on them, never below 9 pt, and a code that reads back."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.registrants.documents.data import CardFace
from apps.registrants.documents.render import card_pdf, sheet_pdf
from shared.documents.barcode import text_in
from tests.apps.registrants.documents.faces import group, senior
from tests.shared.documents.pdf import drawn, page_words, reader, sizes, words

MM = 72 / 25.4
TODAY = date(2026, 11, 26)
JUGEM = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末　風来末食う寝る処に住む処藪ら柑子の藪柑子" * 2


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    return [
        (round(float(page.mediabox.width) / MM, 1), round(float(page.mediabox.height) / MM, 1))
        for page in reader(pdf).pages
    ]


@pytest.mark.parametrize("face", [senior(), group()])
def test_a_card_has_two_sides_of_card_size(face: CardFace) -> None:
    assert page_sizes(card_pdf(face)) == [(85.6, 54.0)] * 2


def test_a_senior_card_reads_as_its_ordinance_wants_it() -> None:
    front = page_words(card_pdf(senior()), 1)
    wanted = [
        "老人福祉センター・老人憩いの家登録証",
        "登録番号RA-000123-0",
        "枝番1",
        "氏名架空花子",
        "生年月日昭和33年4月12日",
        "住所千葉県架空市見本台",
        "交付年月日令和8年11月26日",
        "有効期限期限なし",
        "発行施設総合福祉センター",
        "発行者架空市総合福祉センター指定管理者架空市社協・見本会共同事業体",
        "印",
    ]
    places = [front.find(text) for text in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    assert all(before < after for before, after in pairwise(places))
    assert "再交付" not in front


def test_its_back_has_room_for_the_family_and_the_rules() -> None:
    back = page_words(card_pdf(senior()), 2)
    for text in (
        "緊急連絡先（本人が記入してください）",
        "電話番号",
        "本人以外は使用できません。",
        "返還してください。",
    ):
        assert text in back


def test_a_groups_card_names_the_group_and_has_no_place_for_a_person() -> None:
    text = words(card_pdf(group()))
    for part in ("利用者カード", "登録番号A-000123-0", "団体名架空朗読の会", "登録施設", "有効期限令和11年3月31日"):
        assert part in text
    assert "生年月日" not in text
    assert "緊急連絡先" not in text


def test_a_print_that_replaces_a_lost_one_says_so() -> None:
    assert "枝番3再交付" in words(card_pdf(senior(branch=3, is_reissue=True)))


def test_a_card_made_before_the_birthday_says_from_when_on_it_holds() -> None:
    text = words(card_pdf(senior(valid_from=date(2026, 12, 20))))
    assert "有効期限令和8年12月20日から" in text


@pytest.mark.parametrize(
    "face",
    [
        senior(),
        group(),
        senior(holder=JUGEM[:81], address="千葉県架空市大字見本字例示仮称新町通り北", is_reissue=True, branch=12),
        group(holder=(JUGEM * 2)[:100]),
        senior(holder="Wolfeschlegelsteinhausenbergerdorff　Hubert Blaine"),
    ],
)
def test_nothing_is_smaller_than_nine_points_and_nothing_is_lost(face: CardFace) -> None:
    pdf = card_pdf(face)
    assert len(reader(pdf).pages) == 2
    assert min(sizes(pdf).values()) >= 9
    text = words(pdf)
    for kept in (face.holder, face.number, face.issuer.facility, face.issuer.signature[-1]):
        assert "".join(kept.split()) in text


def test_a_short_name_is_set_large() -> None:
    assert max(sizes(card_pdf(senior())).values()) == 14


@settings(max_examples=15, deadline=None)
@given(st.text("架空印西花子朗読会あアーA", min_size=1, max_size=100))
def test_a_name_of_any_length_is_whole_on_one_front(name: str) -> None:
    pdf = card_pdf(group(holder=name))
    assert page_sizes(pdf) == [(85.6, 54.0)] * 2
    assert name in page_words(pdf, 1)
    assert min(sizes(pdf).values()) >= 9


@pytest.mark.parametrize("face", [senior(), group(code="A-000123-0-12"), senior(code="RABCD-999999-9-999")])
def test_its_code_reads_back_as_number_and_branch_and_nothing_else(face: CardFace) -> None:
    assert text_in(drawn(card_pdf(face), 1, ppi=300)) == face.code


def test_a_sheet_holds_ten_cards_and_their_backs_and_begins_where_it_is_told() -> None:
    faces = [senior(number=f"RA-{one:06}-0", code=f"RA-{one:06}-0-1") for one in range(12)]
    pdf = sheet_pdf(faces, start=3, printed_on=TODAY)
    assert page_sizes(pdf) == [(210.0, 297.0)] * 4
    counts = [page_words(pdf, page).count("老人憩いの家登録証") for page in (1, 3)]
    assert counts == [8, 4]
    assert [page_words(pdf, page).count("緊急連絡先") for page in (2, 4)] == [8, 4]


@pytest.mark.parametrize("start", [0, 11])
def test_a_sheet_has_ten_places(start: int) -> None:
    with pytest.raises(ValueError, match="places"):
        sheet_pdf([senior()], start=start, printed_on=TODAY)
