"""What a self-check lacks, what looks like a telephone number, and what the checklist begins with."""

from __future__ import annotations

import pytest

from apps.compliance.rules.monitoring.report import Answer, looks_like_phone, missing
from apps.compliance.rules.monitoring.seed import CATEGORIES, REQUIRED, SEEDS
from apps.compliance.rules.monitoring.words import Source


@pytest.mark.parametrize(
    ("source", "result", "note", "lacking"),
    [
        (Source.FACILITY, "", "", 1),
        (Source.FACILITY, "fit", "", 0),
        (Source.FACILITY, "none", "", 0),
        (Source.FACILITY, "partly", "", 1),
        (Source.FACILITY, "unfit", "鍵がない", 0),
        (Source.AUTO, "", "", 1),
        (Source.CITY, "", "", 0),
    ],
)
def test_what_the_facility_still_has_to_fill_in(source: Source, result: str, note: str, lacking: int) -> None:
    assert missing([Answer(source, result, note)]) == lacking


@pytest.mark.parametrize(
    "text",
    [
        "電話0476-42-5111へ",
        "０９０－００００－００００",
        "(0476)42-5111",
        "09000000000",
        "+81 476 42 5111",
        "0476ー42ー5111",
    ],
)
def test_a_telephone_number_is_noticed(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize(
    "text", ["", "満足が80%、不満が3%", "令和8年4月1日 10時30分", "1,234,567円", "2026-04-01に12件", "第10-23号"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not looks_like_phone(text)


def test_the_checklist_begins_with_the_three_items_and_no_code_twice() -> None:
    assert [seed.code for seed in SEEDS if seed.is_required] == list(REQUIRED)
    assert len({seed.code for seed in SEEDS}) == len(SEEDS)
    assert {seed.category for seed in SEEDS} == set(CATEGORIES)
