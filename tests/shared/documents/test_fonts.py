from datetime import date
from importlib.metadata import files
from pathlib import Path

import pytest

from shared.documents.fonts import FONT_DIR_VARIABLE, bundled_directory, families, installed, load, ud_directory
from shared.documents.renderer import render_pdf
from tests.shared.documents.pdf import fonts

NAMES = {"Noto Serif JP": "Kari Mincho 1", "NotoSerifJP-Regular": "KariMincho1-Regular"}
OWN_UD_NAMES = {"Noto Sans JP": "City UD Sans", "NotoSansJP-Regular": "CityUDSans-Regular"}


@pytest.fixture
def own_directory(tmp_path: Path) -> Path:
    """A directory with a font of a city's own: the bundled mincho under another name."""
    return _renamed(tmp_path / "own", "NotoSerifJP-Regular.otf", NAMES)


def _renamed(directory: Path, file: str, names: dict[str, str]) -> Path:
    font = (bundled_directory() / file).read_bytes()
    for old, new in names.items():
        font = font.replace(old.encode("utf-16-be"), new.encode("utf-16-be")).replace(old.encode(), new.encode())
    directory.mkdir()
    (directory / "own.otf").write_bytes(font)
    return directory


def test_a_mincho_and_a_gothic_come_as_a_dependency() -> None:
    assert families(bundled_directory()) == ("Noto Sans JP", "Noto Serif JP")


def test_they_come_with_their_licence() -> None:
    licences = [file for file in files("pylopdf-fonts-jp") or () if "licenses" in file.parts]

    assert ["SIL OPEN FONT LICENSE Version 1.1" in licence.read_text() for licence in licences] == [True]


def test_without_a_directory_the_bundled_fonts_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FONT_DIR_VARIABLE, raising=False)

    assert installed().mincho == ("Noto Serif JP",)
    assert installed().gothic == ("Noto Sans JP",)


def test_a_citys_own_fonts_come_first(own_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(own_directory))

    assert installed().mincho == ("Kari Mincho 1", "Noto Serif JP")
    assert installed().gothic == ("Noto Sans JP", "Kari Mincho 1")


def test_a_document_is_set_in_the_citys_own_font(own_directory: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.typ"
    letter.write_text('#import "@kashikan/official:1.0.0": *\n#show: official.with(title: "例")\n#data.name')

    pdf = render_pdf(letter, {"name": "仮名"}, dated=date(2026, 4, 1), fonts=load(str(own_directory)))

    assert [name.partition("+")[2].startswith("KariMincho1") for name in fonts(pdf)] == [True]


def test_a_font_of_universal_design_comes_with_its_licence_and_sets_the_cards_alone() -> None:
    loaded = load()

    assert loaded.ud == ("BIZ UDGothic", "Noto Sans JP")
    assert "BIZ UDGothic" not in (*loaded.gothic, *loaded.mincho)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (Path(ud_directory()) / "copyright").read_text()


def test_without_a_font_of_universal_design_the_gothic_sets_the_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.documents.fonts.UD_DIRECTORIES", (Path("/nowhere"),))

    assert load.__wrapped__().ud == ("Noto Sans JP",)


def test_a_citys_own_font_of_universal_design_goes_before_it(tmp_path: Path) -> None:
    own = _renamed(tmp_path / "own", "NotoSansJP-Regular.otf", OWN_UD_NAMES)

    assert load(str(own)).ud[:2] == ("City UD Sans", "BIZ UDGothic")


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path / "missing"))

    with pytest.raises(FileNotFoundError, match=FONT_DIR_VARIABLE):
        installed()
