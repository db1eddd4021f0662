"""A text of law or agreement changes by a new version, for days to come; what differs is told line by line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.compliance.agreement_errors import ClauseForThePastError, ClauseUnchangedError
from apps.compliance.clauses import seeds
from apps.compliance.rules.clauses import Fate, Line, Wording, check_new_version, differences

TODAY = dt.date(2026, 4, 1)
OLD = Wording("表題", "第1条　甲\n第2条　乙")
TEXTS = st.lists(st.sampled_from(["甲", "乙", "丙", ""]), max_size=6).map("\n".join)


def test_a_version_may_hold_from_today_on() -> None:
    check_new_version(before=OLD, after=Wording("表題", "第1条　丙"), first=TODAY, today=TODAY)


def test_no_version_holds_for_yesterday() -> None:
    with pytest.raises(ClauseForThePastError):
        check_new_version(before=OLD, after=Wording("表題", "丙"), first=TODAY - dt.timedelta(1), today=TODAY)


@pytest.mark.parametrize("body", [OLD.body, OLD.body + "\r\n", OLD.body.replace("\n", "\r\n"), OLD.body + "  "])
def test_the_same_words_are_no_version(body: str) -> None:
    with pytest.raises(ClauseUnchangedError):
        check_new_version(before=OLD, after=Wording(" 表題", body), first=TODAY, today=TODAY)


def test_what_is_gone_stands_before_what_took_its_place() -> None:
    found = differences(OLD, Wording("表題", "第1条　甲\n第2条　丙\n第3条　丁"))
    assert found == [
        Line(Fate.KEPT, "表題"),
        Line(Fate.KEPT, "第1条　甲"),
        Line(Fate.GONE, "第2条　乙"),
        Line(Fate.NEW, "第2条　丙"),
        Line(Fate.NEW, "第3条　丁"),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_differences(old: str, new: str) -> None:
    found = differences(Wording("一", old), Wording("二", new))
    assert "\n".join(line.text for line in found if line.fate != Fate.NEW) == f"一\n{old}"
    assert "\n".join(line.text for line in found if line.fate != Fate.GONE) == f"二\n{new}"


def test_every_seed_has_a_code_and_words_of_its_own() -> None:
    codes = [seed.code for seed in seeds()]
    assert {"pledge", "special_personal", "special_security", "penalties", "staff_notice"} <= set(codes)
    assert len(codes) == len(set(codes))
    assert all(Wording(seed.title, seed.body) == Wording(seed.title, seed.body).tidied() for seed in seeds())
    assert "懲役" not in "".join(seed.body for seed in seeds())
