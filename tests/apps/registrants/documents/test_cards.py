"""The cards as PDF: size, what stands on them, never below 9 pt, and a code that reads back."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from apps.registrants.documents.data import CardFace
from apps.registrants.documents.render import card_pdf, fits_of, sheet_pdf
from apps.registrants.rules.card_issuer import CardIssuer
from shared.documents.barcode import text_in
from shared.documents.photo import grey_of
from shared.documents.renderer import unprintable
from tests.apps.registrants.documents.faces import MANAGER, group, senior
from tests.shared.documents.pdf import drawn, fonts, page_words, reader, root, sizes, structure, words

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


def test_what_fits_is_found_before_and_gives_the_same_sheet() -> None:
    faces = [senior(), senior(holder="架空　花子" * 3), group(holder="架空朗読の会" * 4), group(holder=JUGEM[:95])]
    fits = fits_of(faces)
    assert fits == sorted(set(fits))
    known = sheet_pdf(faces, start=1, printed_on=TODAY, fits=fits)
    assert known == sheet_pdf(faces, start=1, printed_on=TODAY)
    assert known != sheet_pdf(faces, start=1, printed_on=TODAY, fits=[0] * 4)


@pytest.mark.parametrize("start", [0, 11])
def test_a_sheet_has_ten_places(start: int) -> None:
    with pytest.raises(ValueError, match="places"):
        sheet_pdf([senior()], start=start, printed_on=TODAY)


@pytest.mark.parametrize("face", [senior(), group()])
def test_every_letter_is_of_the_embedded_font_of_universal_design(face: CardFace) -> None:
    found = fonts(card_pdf(face))
    assert [name.partition("+")[2].startswith("BIZUDGothic") for name in found] == [True]
    assert all(found.values())


def test_it_is_read_aloud_in_order_with_its_title_its_language_and_its_code_named() -> None:
    pdf = card_pdf(senior())
    assert str(root(pdf, "/Lang")) == "ja-JP"
    assert str(root(pdf, "/MarkInfo", "/Marked")) == "True"
    told = reader(pdf).metadata
    assert told is not None
    assert told.title == "老人福祉センター・老人憩いの家登録証　RA-000123-0"
    assert "/Figure" in structure(pdf)
    assert "RA-000123-0-1".encode("utf-16-be") in described(pdf)


def described(pdf: bytes) -> bytes:
    """The texts that stand for pictures, one after the other, in UTF-16."""
    found = []

    def walk(node: object) -> None:
        node = node.get_object() if isinstance(node, PdfObject) else node
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/Alt" in node:
                found.append(str(node["/Alt"]).encode("utf-16-be"))
            walk(node.get("/K"))

    walk(root(pdf, "/StructTreeRoot", "/K"))
    return b"".join(found)


RARE = {
    "邊\U000e0101見": "a form of a character that is asked for (異体字)",
    "𠮷野﨑": "kanji beyond the basic plane and of JIS X 0213",
    "髙槗": "as most clerks know them",
}


@pytest.mark.parametrize("name", RARE)
def test_a_rare_name_is_printed_with_its_own_glyphs(name: str) -> None:
    pdf = card_pdf(senior(holder=name))
    assert unprintable(name) == ""
    assert "〓" not in words(pdf)
    assert all(fonts(pdf).values())
    assert name.replace("\U000e0101", "") in words(pdf).replace("\U000e0101", "")


def test_the_form_of_a_character_that_is_asked_for_is_the_one_that_is_printed() -> None:
    asked, plain = (drawn(card_pdf(senior(holder=name)), 1) for name in ("邊\U000e0101", "邊"))
    assert asked != plain


def test_a_name_with_a_substitute_is_marked() -> None:
    assert "枝番1正字あり" in words(card_pdf(senior(is_substitute=True)))


def test_a_groups_card_names_its_representative_and_the_day_of_its_registration() -> None:
    text = page_words(card_pdf(group()), 1)
    assert "団体名架空朗読の会代表者架空花子登録年月日令和6年4月2日交付年月日令和8年11月26日有効期限" in text


def test_ten_cards_lie_where_their_marks_are_and_each_code_is_its_own() -> None:
    faces = [senior(number=f"RA-{one:06}-0", code=f"RA-{one:06}-0-1") for one in range(10)]
    png = drawn(sheet_pdf(faces, start=1, printed_on=TODAY), 1, ppi=100)
    picture = grey_of(png)
    dots = picture.height / 297
    seen = zxingcpp.read_barcodes(memoryview(picture.pixels).cast("B", (picture.height, picture.width)))
    places = {one.text: (one.position.top_right.x / dots, one.position.top_right.y / dots) for one in seen}
    assert sorted(places) == [face.code for face in faces]
    for number, face in enumerate(faces):
        row, column = divmod(number, 2)
        right, top = LEFT + (column + 1) * 85.6, TOP + row * 54
        x, y = places[face.code]
        assert 0 < right - x < 6, face.code
        assert 0 < y - top < 6, face.code


LEFT, TOP = (210 - 2 * 85.6) / 2, (297 - 5 * 54) / 2


def test_crop_marks_stand_outside_at_every_edge_of_a_card_and_nowhere_inside() -> None:
    picture = grey_of(drawn(sheet_pdf([senior()], start=10, printed_on=TODAY), 1, ppi=100))
    dots = picture.height / 297

    def darkest(x: float, y: float) -> int:
        column, row = round(x * dots), round(y * dots)
        lines = range(row - 1, row + 2)
        return min(picture.pixels[line * picture.width + at] for line in lines for at in range(column - 1, column + 2))

    across = [(LEFT + column * 85.6, y) for column in range(3) for y in (TOP - 4.5, TOP + 270 + 4.5)]
    along = [(x, TOP + row * 54) for row in range(6) for x in (LEFT - 4.5, LEFT + 2 * 85.6 + 4.5)]
    assert all(darkest(*place) < 235 for place in across + along)
    assert darkest(LEFT + 85.6, TOP + 27) == 255
    assert darkest(LEFT + 42, TOP + 54) == 255


LONG = CardIssuer(
    "架空市立総合福祉会館老人福祉センター分館",
    (
        "架空市立総合福祉会館老人福祉センター分館指定管理者",
        "社会福祉法人架空市社会福祉協議会・社会福祉法人見本会・特定非営利活動法人例示共同事業体",
    ),
)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 100), st.sampled_from([LONG, MANAGER]), st.booleans())
def test_whoever_issues_to_whomever_nothing_leaves_the_card(length: int, issuer: CardIssuer, marked: bool) -> None:
    faces = [
        group(holder=(JUGEM * 2)[:length], issuer=issuer),
        senior(holder=JUGEM[: min(length, 81)], issuer=issuer, is_reissue=marked, is_substitute=marked),
    ]
    for face in faces:
        pdf = card_pdf(face)
        assert len(reader(pdf).pages) == 2
        for x, y in places(pdf):
            assert 3 * MM < x < 82.6 * MM
            assert 3 * MM < y < 51 * MM
        text = page_words(pdf, 1)
        for kept in (face.holder, face.number, issuer.facility, issuer.signature[-1], "".join(face.title)):
            assert "".join(kept.split()) in text


def places(pdf: bytes) -> list[tuple[float, float]]:
    """Where each piece of text of the front begins, from the lower left corner."""
    found = []

    def see(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    reader(pdf).pages[0].extract_text(visitor_text=see)
    return found
