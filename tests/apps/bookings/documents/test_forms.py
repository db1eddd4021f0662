"""What holds for each form: who may write what into it, and how it is kept and read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from apps.bookings.documents.data import Applicant, Use
from apps.bookings.documents.render import application_pdf, permit_pdf, refusal_pdf
from tests.apps.bookings.documents.sheets import GROUP, USE, application_sheet, permit_sheet, refusal_sheet
from tests.shared.documents.pdf import fonts, page_words, reader, structure, words

Made = Callable[[Applicant, Use], bytes]

RIGHT_MARGIN = 595.3 - 56.7
EM = 10.5
LONG_NAME = "印西市における高齢者の生きがいづくり及び地域福祉の推進を目的とする朗読ボランティアの会" * 3
LONG_PURPOSE = "市民の交流と学習のため、朗読、合唱及び講演を行う。" * 40


def application(applicant: Applicant, use: Use) -> bytes:
    return application_pdf(replace(application_sheet(), applicant=applicant, use=use))


def permit(applicant: Applicant, use: Use) -> bytes:
    return permit_pdf(replace(permit_sheet(), applicant=applicant, use=use))


def refusal(applicant: Applicant, use: Use) -> bytes:
    return refusal_pdf(replace(refusal_sheet(), applicant=applicant, use=use))


forms = pytest.mark.parametrize("made", [application, permit, refusal])


@forms
@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "*太字*", "#panic()", "]#pagebreak()[", "=見出し", "\\u{41}"])
def test_what_applicants_write_is_printed_as_they_wrote_it(made: Made, text: str) -> None:
    applicant = replace(GROUP, group=f"団体{text}", name=f"代表{text}")

    printed = words(made(applicant, replace(USE, event=f"行事{text}", purpose=f"目的{text}")))

    for part in ("団体", "代表", "行事", "目的"):
        assert f"{part}{text}" in printed


@forms
def test_every_font_is_embedded(made: Made) -> None:
    found = fonts(made(GROUP, USE))

    assert found
    assert all(found.values())


@forms
def test_it_is_tagged_below_one_heading(made: Made) -> None:
    tags = structure(made(GROUP, USE))

    assert tags[0] == "/Document"
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1"]


@forms
def test_the_title_names_the_form_and_nobody(made: Made) -> None:
    metadata = reader(made(GROUP, USE)).metadata

    assert metadata is not None
    assert metadata.title is not None
    assert metadata.title.startswith("印西市中央老人福祉センター使用")
    assert "仮名" not in str(dict(metadata))


@forms
def test_the_same_sheet_gives_the_same_bytes(made: Made) -> None:
    assert made(GROUP, USE) == made(GROUP, USE)


@forms
def test_a_name_of_over_a_hundred_characters_wraps_within_the_margin(made: Made) -> None:
    assert len(LONG_NAME) > 100
    pdf = made(replace(GROUP, group=LONG_NAME), USE)

    assert LONG_NAME in words(pdf)
    assert max(right_edges(pdf)) <= RIGHT_MARGIN + 1


@forms
def test_a_purpose_of_a_thousand_characters_is_whole_on_two_pages(made: Made) -> None:
    assert len(LONG_PURPOSE) == 1000
    pdf = made(GROUP, replace(USE, purpose=LONG_PURPOSE))

    assert len(reader(pdf).pages) <= 2
    assert LONG_PURPOSE in words(pdf)
    assert max(right_edges(pdf)) <= RIGHT_MARGIN + 1


@pytest.mark.parametrize(
    ("made", "head"),
    [
        (application, "印西市中央老人福祉センター使用許可申請書受付番号R8-000042"),
        (permit, "印西市中央老人福祉センター使用許可書印総福セ指令第123号"),
        (refusal, "印西市中央老人福祉センター使用不許可通知書印総福セ指令第124号"),
    ],
)
def test_a_second_page_says_what_it_belongs_to_and_names_nobody(made: Made, head: str) -> None:
    pdf = made(GROUP, replace(USE, purpose=LONG_PURPOSE * 2))

    assert page_words(pdf, 2).startswith(f"{head}2／{len(reader(pdf).pages)}頁")
    assert "頁" not in page_words(pdf, 1)


@forms
def test_a_word_without_spaces_breaks_and_is_copied_whole(made: Made) -> None:
    address = "https://example.jp/" + "abcdefghij" * 15

    pdf = made(GROUP, replace(USE, event=address))

    assert address in words(pdf)
    assert max(len(line) for line in lines(pdf) if "abcdefghij" in line) < 100


def lines(pdf: bytes) -> list[str]:
    return [line for page in reader(pdf).pages for line in page.extract_text().splitlines()]


def right_edges(pdf: bytes) -> list[float]:
    """Where each run of full-width text ends, in points from the left edge of the page."""
    edges: list[float] = []

    def visit(text: str, _cm: object, matrix: list[float], _font: object, _size: float) -> None:
        edges.append(matrix[4] + EM * sum(ord(character) > 0x3000 for character in text))

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return edges
