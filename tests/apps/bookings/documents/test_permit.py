from dataclasses import replace
from datetime import date

from apps.bookings.documents.data import Reprint
from apps.bookings.documents.render import permit_pdf
from apps.bookings.rules.instruction import Act
from tests.apps.bookings.documents.reading import assert_reads_in_order
from tests.apps.bookings.documents.sheets import FACILITY, MAYOR, PERSON, instruction, permit_sheet
from tests.shared.documents.pdf import reader, words


def test_it_reads_from_its_number_to_the_sentence_that_permits() -> None:
    assert_reads_in_order(
        permit_pdf(permit_sheet()),
        "様式第２号（第５条関係）",
        "印総福セ指令第123号",
        "令和8年4月3日",
        f"{FACILITY}使用許可書",
        "（申請者）いんざい朗読の会（例示）代表者仮名和子様",
        "印西市中央老人福祉センター指定管理者社会福祉法人例示会理事長見本花子（公印省略）",
        "令和8年4月1日付けで申請のあった使用について、",
        "第５条第１項の規定により、次のとおり許可します。",
    )


def test_it_states_the_use_the_fee_and_the_conditions() -> None:
    assert_reads_in_order(
        permit_pdf(permit_sheet()),
        "行事名春の朗読発表会",
        "使用日時令和8年4月18日（土）",
        "使用室場大広間会議室２",
        "附属設備ワイヤレスマイク",
        "使用料5,500円①基本2,500円②加算（10割）2,500円③減免（5割）△2,500円",
        "納付期限令和8年4月10日",
        "減免第７条第２号該当理由社会教育関係団体",
        "許可の条件１使用の際は、この許可書を携帯し、",
        "４定員を超えて入場させないこと。",
        "（教示）",
    )


def test_the_instruction_of_a_manager_names_mayor_and_manager() -> None:
    assert_reads_in_order(
        permit_pdf(permit_sheet()),
        "（教示）この処分についての不服の申立て等",
        "１この処分について不服がある場合は",
        "印西市長に対して審査請求をすることができます。",
        "２この処分については",
        "社会福祉法人例示会を被告として",
        "３ただし",
    )


def test_the_instruction_on_the_fee_follows_the_one_on_the_permit() -> None:
    both = (instruction(Act.CONDITIONAL_PERMIT, MAYOR), instruction(Act.FEE, MAYOR))

    assert_reads_in_order(
        permit_pdf(replace(permit_sheet(), instructions=both)),
        "（教示）この処分についての不服の申立て等",
        "（教示）使用料の徴収に関する処分についての不服の申立て等",
    )


def test_it_keeps_which_wording_it_carries() -> None:
    metadata = reader(permit_pdf(permit_sheet())).metadata

    assert metadata is not None
    assert metadata.keywords == "instruction-general-manager/1"


def test_a_plain_permit_has_neither_conditions_nor_instruction() -> None:
    text = words(permit_pdf(replace(permit_sheet(), conditions=(), instructions=())))

    assert "許可の条件" not in text
    assert "（教示）" not in text


def test_the_mayor_signs_by_office_and_name() -> None:
    text = words(permit_pdf(replace(permit_sheet(), authority=MAYOR, applicant=PERSON)))

    assert "（申請者）仮名一郎様印西市長例示太郎（公印省略）" in text


def test_the_seals_place_is_marked_when_it_is_not_omitted() -> None:
    text = words(permit_pdf(replace(permit_sheet(), seal_omitted=False)))

    assert "見本花子印" in text
    assert "公印省略" not in text


def test_a_reprint_says_so_with_its_count_and_date() -> None:
    text = words(permit_pdf(replace(permit_sheet(), reprint=Reprint(2, date(2026, 5, 1)))))

    assert "再交付（第2回）令和8年5月1日" in text


def test_a_first_print_does_not() -> None:
    assert "再交付" not in words(permit_pdf(permit_sheet()))


def test_the_first_year_of_an_era_is_its_origin() -> None:
    text = words(permit_pdf(replace(permit_sheet(), issued_on=date(2019, 5, 1), applied_on=date(2019, 4, 30))))

    assert "令和元年5月1日" in text
    assert "平成31年4月30日付けで申請のあった" in text


def test_what_is_usual_fits_on_one_page() -> None:
    assert len(reader(permit_pdf(permit_sheet())).pages) == 1


def test_without_fee_or_reduction_it_says_what_there_is() -> None:
    text = words(permit_pdf(replace(permit_sheet(), fee=None, reduction=None)))

    assert "使用料" not in text
    assert "減免なし" in text
