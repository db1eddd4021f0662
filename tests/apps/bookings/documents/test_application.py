from dataclasses import replace

import pytest

from apps.bookings.documents.data import ApplicationSheet, Question, Reduction
from apps.bookings.documents.render import application_pdf
from tests.apps.bookings.documents.reading import assert_reads_in_order
from tests.apps.bookings.documents.sheets import FACILITY, MAYOR, PERSON, application_sheet
from tests.shared.documents.pdf import reader, words


def test_it_reads_from_the_form_number_down_to_the_date() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "様式第１号（第４条関係）",
        "※受付番号",
        "R8-000042",
        "※受付年月日",
        f"{FACILITY}使用許可申請書",
        "令和8年4月1日",
        "（宛先）印西市中央老人福祉センター指定管理者",
        "社会福祉法人例示会　理事長",
    )


def test_a_group_applies_through_its_representative() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "申請者住所（所在地）千葉県印西市架空台一丁目２番地３",
        "団体名いんざい朗読の会（例示）",
        "氏名（代表者）仮名　和子",
        "電話番号0476-00-0123",
        "登録番号T-000123",
        "次のとおり使用したいので、印西市中央老人福祉センターの設置及び管理に関する条例施行規則"
        "第４条第１項の規定により申請します。",
    )


def test_the_frame_holds_the_use_label_by_label() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "行事名春の朗読発表会",
        "使用目的会員による朗読の発表及び市民との交流",
        "使用日時令和8年4月18日（土）　午前・午後　午前9時から午後5時まで",
        "令和8年4月19日（日）",
        "開始予定午前10時",
        "使用室場大広間会議室２",
        "使用人員計30人（市内25人市外5人／男12人女18人／60歳以上20人）",
        "附属設備ワイヤレスマイク2本3時間600円",
        "使用責任者仮名次郎電話090-0000-0789住所千葉県印西市架空台六丁目７番地",
        "減免□無■有（第７条第２号該当）理由社会教育関係団体による使用のため",
    )


def test_what_is_answered_by_yes_or_no_is_ticked() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "公開行事名等の公開を■承諾する□承諾しない",
        "入場料等□無■有（最高500円）",
        "営利・販売■無□有",
        "飲食□無■有（湯茶）",
        "火気■無□有",
        "音出し□無■有",
        "冷暖房□無■有（9時〜12時）",
    )


def test_the_office_finds_the_fee_step_by_step() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "①基本",
        "②加算（10割）",
        "③減免（5割）",
        "④小計",
        "⑤冷暖房",
        "⑥設備",
        "⑦合計",
        "2,500円",
        "△2,500円",
        "5,500円",
        "※納付期限令和8年4月10日",
        "※領収年月日令和年月日",
    )


def test_the_notes_come_last_and_begin_with_the_thick_frame() -> None:
    assert_reads_in_order(
        application_pdf(application_sheet()),
        "※領収年月日",
        "備考１太線の枠内を記入してください。※印の欄は記入しないでください。",
        "２申請内容を変更し、",
    )


def test_everything_that_is_usual_fits_on_one_page() -> None:
    assert len(reader(application_pdf(application_sheet())).pages) == 1


def test_a_person_alone_has_no_group() -> None:
    text = words(application_pdf(replace(application_sheet(), applicant=PERSON)))

    assert "氏名仮名一郎" in text
    assert "団体名" not in text


def test_the_mayor_is_addressed_where_the_city_runs_the_facility() -> None:
    text = words(application_pdf(replace(application_sheet(), authority=MAYOR)))

    assert "（宛先）印西市長申請者" in text


FULL = application_sheet()


@pytest.mark.parametrize(
    ("without", "label"),
    [
        (replace(FULL, fee=None), "※使用料"),
        (replace(FULL, publish=None), "公開"),
        (replace(FULL, approvals=()), "館長"),
    ],
)
def test_what_a_facility_does_not_ask_is_not_on_the_form(without: ApplicationSheet, label: str) -> None:
    assert label in words(application_pdf(FULL))
    assert label not in words(application_pdf(without))


def test_a_charge_of_the_manager_is_called_so() -> None:
    sheet = application_sheet()
    assert sheet.fee is not None

    text = words(application_pdf(replace(sheet, fee=replace(sheet.fee, name="利用料金"))))

    assert "※利用料金" in text
    assert "※使用料" not in text


def test_nothing_asked_for_is_said_in_words() -> None:
    sheet = application_sheet()
    bare = replace(sheet, reduction=None, use=replace(sheet.use, equipment=()), publish=False)

    assert_reads_in_order(application_pdf(bare), "□承諾する■承諾しない", "附属設備なし", "減免■無□有")


def test_an_odd_number_of_questions_leaves_no_empty_cell() -> None:
    sheet = replace(application_sheet(), questions=(Question("飲食", yes=False),))

    assert_reads_in_order(application_pdf(sheet), "飲食■無□有", "附属設備")


def test_a_reduction_without_a_reason_has_no_label_for_it() -> None:
    sheet = replace(application_sheet(), reduction=Reduction("第７条第１号該当"))

    assert "減免□無■有（第７条第１号該当）①基本" in words(application_pdf(sheet)).replace("※使用料", "")


def test_a_reduction_that_nobody_was_asked_about_stays_unticked() -> None:
    sheet = replace(application_sheet(), reduction=None, reduction_asked=False)
    assert_reads_in_order(application_pdf(sheet), "減免□無□有")
