"""様式第５号: one page, for a pen or filled, with the consent to the duplicate check and the office's part."""

from __future__ import annotations

from datetime import date

import pytest

from apps.registrants.documents.senior_form import Applicant, Contact, SeniorForm, senior_form_pdf
from tests.shared.documents.pdf import fonts, reader, structure, words

TODAY = date(2026, 11, 26)
WHO = Applicant(
    name="架空　花子",
    kana="カクウ　ハナコ",
    birth=date(1958, 4, 12),
    age=68,
    postal_code="270-0000",
    address="千葉県架空市見本台3-4",
    phone="0476-00-0000",
    contacts=[Contact("架空　太郎", "長男", "090-0000-0000")],
)


def form(act: str = "", applicant: Applicant | None = None) -> bytes:
    return senior_form_pdf(
        SeniorForm(
            addressee=("架空市見本センター指定管理者", "架空法人　様"),
            qualifications=[("age", "60歳以上"), ("special", "市長が特に認めた者")],
            documents=["運転免許証", "マイナンバーカード"],
            printed_on=TODAY,
            act=act,
            applicant=applicant,
        )
    )


def test_for_a_pen_it_is_one_page_and_nothing_is_ticked_or_dated() -> None:
    pdf = form()
    text = words(pdf)
    assert len(reader(pdf).pages) == 1
    assert "■" not in text
    for part in (
        "様式第５号",
        "老人福祉センター・老人憩いの家登録（変更・再交付）申請書",
        "令和年月日",
        "（宛先）架空市見本センター指定管理者架空法人様",
        "□新規□変更□再交付（□紛失□破損）",
        "大正・昭和・平成年月日（満歳）",
        "①氏名続柄電話",
        "②氏名続柄電話",
        "現に、ほかの施設の登録証を□持っていない□持っている（番号）",
        "重複登録の有無を市内の老人福祉センター・老人憩いの家の間で確認することに同意します。",
        "※本人確認□運転免許証□マイナンバーカード",
        "※重複確認□該当なし□要確認□同一",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("act", "ticked"),
    [
        ("new", "■新規□変更□再交付（□紛失□破損）"),
        ("change", "□新規■変更□再交付（□紛失□破損）"),
        ("lost", "□新規□変更■再交付（■紛失□破損）"),
        ("damaged", "□新規□変更■再交付（□紛失■破損）"),
    ],
)
def test_filled_it_bears_the_person_and_what_it_is_for_and_leaves_the_consent_to_the_pen(act: str, ticked: str) -> None:
    text = words(form(act, WHO))
    for part in (
        ticked,
        "令和8年11月26日",
        "カクウハナコ",
        "架空花子",
        "昭和33年4月12日（満68歳）",
        "〒270-0000千葉県架空市見本台3-4",
        "①氏名架空太郎続柄長男電話090-0000-0000",
        "□老人福祉センター・老人憩いの家の登録証が重ねて交付されることを防ぐため",
    ):
        assert part in text, part


def test_the_longest_entries_stay_on_their_form_and_it_is_read_aloud() -> None:
    long = Applicant(
        **{
            **{name: getattr(WHO, name) for name in WHO.__slots__},
            "name": "寿" * 40 + "　" + "限" * 40,
            "address": "千葉県架空市" + "大字見本" * 40,
            "contacts": [Contact("架" * 80, "続" * 20, "090-0000-0000")] * 2,
            "special_reason": "理由" * 150,
        }
    )
    pdf = form("new", long)
    assert len(reader(pdf).pages) <= 2
    assert "理由" * 150 in words(pdf)
    assert "/H1" in structure(pdf)
    assert all(fonts(pdf).values())
