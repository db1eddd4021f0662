from dataclasses import replace
from datetime import date

import pytest

from apps.bookings.documents.data import Reprint
from apps.bookings.documents.render import refusal_pdf
from tests.apps.bookings.documents.reading import assert_reads_in_order
from tests.apps.bookings.documents.sheets import FACILITY, refusal_sheet
from tests.shared.documents.pdf import reader, words


def test_it_reads_from_its_number_to_the_sentence_that_refuses() -> None:
    assert_reads_in_order(
        refusal_pdf(refusal_sheet()),
        "様式第３号（第５条関係）",
        "印総福セ指令第124号",
        "令和8年4月3日",
        f"{FACILITY}使用不許可通知書",
        "（申請者）仮名一郎様",
        "印西市長例示太郎（公印省略）",
        "令和8年4月1日付けで申請のあった使用については、次の理由により許可しないこととしたので、",
        "第５条第２項の規定により通知します。",
    )


def test_it_states_the_provision_the_reason_and_how_to_contest() -> None:
    assert_reads_in_order(
        refusal_pdf(refusal_sheet()),
        "行事名春の朗読発表会",
        "使用日時",
        "根拠規定印西市中央老人福祉センターの設置及び管理に関する条例第６条第３号",
        "不許可の理由当該使用日は、施設の空調設備の更新工事を行うため、",
        "（教示）この処分についての不服の申立て等",
        "印西市を被告として（訴訟において印西市を代表する者は印西市長となります。）",
    )


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    sheet = refusal_sheet()

    with pytest.raises(ValueError, match="provision and its reason"):
        replace(sheet, reason=" ")


def test_a_refusal_without_a_provision_cannot_be_made() -> None:
    sheet = refusal_sheet()

    with pytest.raises(ValueError, match="provision and its reason"):
        replace(sheet, provision="")


def test_it_keeps_which_wording_it_carries() -> None:
    metadata = reader(refusal_pdf(refusal_sheet())).metadata

    assert metadata is not None
    assert metadata.keywords == "instruction-general-city/1"


def test_a_reprint_says_so() -> None:
    text = words(refusal_pdf(replace(refusal_sheet(), reprint=Reprint(1, date(2026, 5, 1)))))

    assert "再交付（第1回）令和8年5月1日" in text
