import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf.generic import BooleanObject, StreamObject

from shared.documents.errors import DocumentError
from shared.documents.renderer import queried, render_pdf, unprintable
from tests.shared.documents.pdf import fonts, reader, root, structure, words

DAY = date(2026, 4, 1)
HEAD = '#import "@kashikan/official:1.0.0": *\n#show: official.with(title: "例示書")\n'


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return template(tmp_path, "= 例示書\n#data.name")


def template(directory: Path, body: str) -> Path:
    path = directory / "letter.typ"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "*太字*_斜体_`固定`$x^2$",
        "#panic()",
        "#import",
        "]#pagebreak()[",
        '"引用\\u{41}\\n"',
        "{{data.name}}<b>&amp;</b>",
        "//注釈/*も*/",
        "---...~@label",
        "=見出し",
    ],
)
def test_what_people_write_is_never_read_as_markup(letter: Path, name: str) -> None:
    assert words(render_pdf(letter, {"name": name}, dated=DAY)) == f"例示書{name}"


def test_a_template_cannot_read_outside_its_directory(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "forms"
    inside.mkdir()

    with pytest.raises(DocumentError):
        render_pdf(template(inside, '#read("../secret.txt")'), {}, dated=DAY)


def test_a_failure_names_the_place_and_nothing_of_the_data(tmp_path: Path) -> None:
    broken = template(tmp_path, "#panic(data.name)")

    works: dict[str, Callable[[], object]] = {
        r"letter\.typ does not compile: .*letter\.typ:3:1": lambda: render_pdf(broken, {"name": "仮名和子"}, dated=DAY),
        r"letter\.typ does not compile": lambda: queried(broken, {"name": "仮名和子"}, "fit"),
    }
    for told, work in works.items():
        with pytest.raises(DocumentError, match=told) as caught:
            work()
        assert "仮名和子" not in str(caught.value)
        assert caught.value.__context__ is None


def test_the_same_arguments_give_the_same_bytes(letter: Path) -> None:
    first, second = (render_pdf(letter, {"name": "仮名和子"}, dated=DAY) for _ in range(2))

    assert first == second


def test_nothing_is_written_to_disk(letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setenv("TMPDIR", str(spare))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(spare)

    render_pdf(letter, {"name": "仮名和子"}, dated=DAY)

    assert list(spare.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["letter.typ"]


def test_it_is_tagged_titled_and_in_japanese(letter: Path) -> None:
    pdf = render_pdf(letter, {"name": "仮名和子"}, dated=DAY)

    assert root(pdf, "/MarkInfo", "/Marked") == BooleanObject(True)
    assert str(root(pdf, "/Lang")) == "ja-JP"
    assert root(pdf, "/ViewerPreferences", "/DisplayDocTitle") == BooleanObject(True)
    assert structure(pdf)[:2] == ["/Document", "/H1"]


def test_it_claims_pdf_a_2a_and_pdf_ua_1(letter: Path) -> None:
    metadata = root(render_pdf(letter, {"name": ""}, dated=DAY), "/Metadata")

    assert isinstance(metadata, StreamObject)
    xmp = metadata.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_it_bears_the_date_of_the_document_and_its_title(letter: Path) -> None:
    metadata = reader(render_pdf(letter, {"name": ""}, dated=DAY)).metadata

    assert metadata is not None
    assert metadata.title == "例示書"
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == DAY


def test_every_font_is_embedded_as_a_subset(letter: Path) -> None:
    found = fonts(render_pdf(letter, {"name": "仮名和子 Łukasz"}, dated=DAY))

    assert len(found) == 2
    assert all(embedded and "+" in name for name, embedded in found.items())


@pytest.mark.parametrize(
    "name", ["髙﨑 𠮷子", "葛\U000e0100城", "塚 德 濵 邉", "Łukasz Dvořák Nguyễn", "ｱﾚｯｸｽ", "①㈱※〒"]
)
def test_rare_kanji_and_foreign_letters_are_printed(letter: Path, name: str) -> None:
    assert unprintable(name) == ""
    assert words(render_pdf(letter, {"name": name}, dated=DAY)) == "例示書" + name.replace(" ", "")


def test_a_character_without_glyph_is_printed_as_geta(letter: Path) -> None:
    pdf = render_pdf(letter, {"name": "春🎉まつり김\ue000"}, dated=DAY)

    assert words(pdf) == "例示書春〓まつり〓〓"


def test_which_characters_cannot_be_printed_can_be_asked_first() -> None:
    assert unprintable("春🎉まつり🎉김\ue000") == "김\ue000🎉"


def test_every_kanji_of_jis_x_0213_is_printed() -> None:
    kanji = [chr(point) for point in range(0x3400, 0x2FFFF) if not 0xD800 <= point < 0xE000 and is_jis_kanji(point)]

    assert len(kanji) > 10_000
    assert unprintable("".join(kanji)) == ""


def is_jis_kanji(point: int) -> bool:
    try:
        chr(point).encode("euc_jis_2004")
    except UnicodeEncodeError:
        return False
    return 0x3400 <= point < 0xA000 or 0xF900 <= point < 0xFB00 or point >= 0x20000


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("仮\u202e名", "仮名"),
        ("仮\u200b名\ufeff", "仮名"),
        ("仮\x00名\x1b", "仮名"),
        ("仮\t名", "仮名"),
        ("仮\r\n名\u2028子", "仮名子"),
        ("仮\ud83d名", "仮〓名"),
    ],
)
def test_characters_that_hide_or_reorder_are_left_out(letter: Path, name: str, printed: str) -> None:
    assert words(render_pdf(letter, {"name": name}, dated=DAY)) == f"例示書{printed}"


def test_a_line_break_in_a_text_is_kept(letter: Path) -> None:
    pdf = render_pdf(letter, {"name": "一行目\r\n二行目"}, dated=DAY)

    assert "一行目\n二行目" in reader(pdf).pages[0].extract_text()
