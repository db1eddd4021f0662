"""A purpose that can be checked later, and tells of nobody."""

from __future__ import annotations

import pytest

from apps.compliance.errors import PurposeNamesSomebodyError, PurposeTooShortError
from apps.compliance.rules.purpose import LEAST_NOTE, MOST_NOTE, Purpose, state
from apps.compliance.texts import LookupPurpose
from shared.audit.models import AuditEntry


def test_a_note_is_tidied() -> None:
    assert state("inquiry", " 住所の\u200b変更を\n　確認するため ") == Purpose("inquiry", "住所の変更を 確認するため")


@pytest.mark.parametrize("note", ["", "　　　　　　", "\u200b" * 20, "確認" + " " * 9, "あ" * (LEAST_NOTE - 1)])
def test_a_note_that_says_nothing_is_refused(note: str) -> None:
    with pytest.raises(PurposeTooShortError):
        state("inquiry", note)


@pytest.mark.parametrize(
    "note", ["電話0476-00-0123の方", "登録番号Ａ－００００１２－５の件", "０９０ ００００ ００００ から"]
)
def test_a_note_with_a_number_of_somebody_is_refused(note: str) -> None:
    with pytest.raises(PurposeNamesSomebodyError):
        state("inquiry", note)


def test_a_note_may_hold_a_date() -> None:
    assert state("incident", "令和8年5月1日の届出のため").note == "令和8年5月1日の届出のため"


def test_the_longest_purpose_fits_into_the_audit() -> None:
    longest = max(len(str(label)) for label in LookupPurpose.labels)
    assert longest + len("：") + MOST_NOTE <= (AuditEntry._meta.get_field("purpose").max_length or 0)
