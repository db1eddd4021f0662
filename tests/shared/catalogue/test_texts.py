"""Every problem has its sentence."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from django.utils.translation import override

import shared.catalogue
from shared.catalogue.encoding import SIGNATURES
from shared.catalogue.rules.problems import Problem
from shared.catalogue.texts import PROBLEM_TEXTS, sentence


def used_codes() -> set[str]:
    folder = Path(shared.catalogue.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    named = re.findall(r'(?:Problem|UnfitError)\(\s*"(\w+)"', sources)
    return {*named, *SIGNATURES.values(), "degrees_outside", "degrees_swapped"}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert used_codes() == set(PROBLEM_TEXTS)


def test_a_sentence_says_line_and_column() -> None:
    assert sentence(Problem("empty", 12, "名称")) == "12行目「名称」: 必須の項目が空です。"


def test_a_sentence_on_a_whole_row_says_the_line() -> None:
    told = sentence(Problem("wrong_number_of_cells", 3, params={"wanted": 24, "found": 2}))
    assert told == "3行目: 列の数が2で、見出しの24と違います。"


def test_a_sentence_on_the_file_stands_alone() -> None:
    assert sentence(Problem("empty_file")) == "ファイルが空です。"


def test_placeholders_are_plain_names() -> None:
    for text in PROBLEM_TEXTS.values():
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(str(text)))


def test_every_sentence_is_told_in_english_too() -> None:
    with override("en"):
        assert [code for code, text in PROBLEM_TEXTS.items() if not str(text).isascii() and "“" not in str(text)] == []
