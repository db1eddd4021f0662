"""How a submission goes on, what its rows tell of it, and what a row must hold."""

from __future__ import annotations

import datetime as dt
import secrets
from itertools import product

import pytest

from apps.compliance.roster_errors import RosterStateError
from apps.compliance.rules.roster import (
    NEXT,
    ONE_TIME_LETTERS,
    Act,
    Bounds,
    Entry,
    Fault,
    Kind,
    Progress,
    Standing,
    State,
    after,
    columns_of,
    faults,
    last_day_of,
    names_twice,
    one_time_password,
    read_kana,
    roles_in,
    standing,
)

TODAY = dt.date(2026, 11, 26)
BOUNDS = Bounds(("甲会", "乙会"), dt.date(2026, 4, 1), dt.date(2027, 3, 31), TODAY)


def person(**values: object) -> Entry:
    said: dict[str, object] = {
        "name": "架空　花子",
        "kana": "カクウ　ハナコ",
        "title": "事務員",
        "body": "甲会",
        "roles": ("reception",),
        "starts_on": TODAY,
    }
    return Entry(**said | values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_a_roster_goes_on_by_the_table_alone(state: State, act: Act) -> None:
    if (state, act) in NEXT:
        assert after(Kind.FIRST, state, act) == NEXT[state, act]
    else:
        with pytest.raises(RosterStateError):
            after(Kind.FIRST, state, act)


@pytest.mark.parametrize("kind", [Kind.LEAVING, Kind.EMERGENCY, Kind.PASSWORD])
def test_a_notice_that_holds_at_once_is_never_sent_back(kind: Kind) -> None:
    with pytest.raises(RosterStateError):
        after(kind, State.SUBMITTED, Act.RETURN)


def test_a_forgotten_password_needs_no_review() -> None:
    assert after(Kind.PASSWORD, State.SUBMITTED, Act.GRANT) == State.APPROVED
    with pytest.raises(RosterStateError):
        after(Kind.FIRST, State.SUBMITTED, Act.GRANT)


NONE, GIVEN, TAKEN, BEGUN = Progress(False), Progress(True), Progress(True, True), Progress(True, True, True)


@pytest.mark.parametrize(
    ("kind", "state", "rows", "wanted"),
    [
        (Kind.FIRST, State.DRAFT, [NONE], Standing.DRAFT),
        (Kind.FIRST, State.SUBMITTED, [NONE], Standing.SUBMITTED),
        (Kind.FIRST, State.RETURNED, [NONE], Standing.RETURNED),
        (Kind.FIRST, State.APPROVED, [GIVEN, NONE], Standing.APPROVED),
        (Kind.FIRST, State.APPROVED, [GIVEN, TAKEN], Standing.GRANTED),
        (Kind.FIRST, State.APPROVED, [TAKEN, BEGUN], Standing.RECEIVED),
        (Kind.FIRST, State.APPROVED, [BEGUN, BEGUN], Standing.IN_FORCE),
        (Kind.CHANGE, State.APPROVED, [NONE], Standing.APPROVED),
        (Kind.CHANGE, State.APPROVED, [GIVEN], Standing.IN_FORCE),
        (Kind.LEAVING, State.APPROVED, [NONE], Standing.NOTED),
        (Kind.EMERGENCY, State.SUBMITTED, [NONE], Standing.SUBMITTED),
    ],
)
def test_a_submission_stands_where_the_last_of_its_people_stands(
    kind: Kind, state: State, rows: list[Progress], wanted: Standing
) -> None:
    assert standing(kind, state, rows) == wanted


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, {}),
        ({"body": "丙会"}, {"body": Fault.NO_SUCH_BODY}),
        ({"roles": ()}, {"roles": Fault.NO_ROLE}),
        ({"roles": ("systems",)}, {"roles": Fault.NO_ROLE}),
        ({"starts_on": None}, {"starts_on": Fault.MISSING}),
        ({"starts_on": dt.date(2026, 3, 31)}, {"starts_on": Fault.BEFORE_TERM}),
        ({"starts_on": dt.date(2027, 4, 1)}, {"starts_on": Fault.AFTER_TERM}),
        ({"ends_on": dt.date(2026, 11, 25)}, {"ends_on": Fault.BACKWARDS}),
        ({"ends_on": dt.date(2027, 4, 1)}, {"ends_on": Fault.AFTER_TERM}),
        ({"ends_on": dt.date(2027, 3, 31)}, {}),
        ({"trained_on": dt.date(2026, 11, 27)}, {"trained_on": Fault.IN_FUTURE}),
    ],
)
def test_a_row_is_judged_field_by_field(values: dict[str, object], wanted: dict[str, Fault]) -> None:
    assert faults(person(**values), BOUNDS) == wanted


def test_an_account_ends_with_the_term_at_the_latest() -> None:
    assert last_day_of(person(), BOUNDS) == dt.date(2027, 3, 31)
    assert last_day_of(person(ends_on=dt.date(2026, 12, 31)), BOUNDS) == dt.date(2026, 12, 31)
    assert last_day_of(person(), Bounds(("甲会",), BOUNDS.first, None, TODAY)) is None


def test_roles_are_read_as_people_write_them() -> None:
    assert roles_in("窓口・会計") == (["reception", "accounting"], [])
    assert roles_in("施設管理責任者、社長") == (["facility_manager"], ["社長"])
    assert roles_in("") == ([], [])


def test_columns_are_found_by_their_headings() -> None:
    assert columns_of(["氏名", "フリガナ", "備考", "職 名", "所属法人*"]) == {
        "name": 0,
        "kana": 1,
        "title": 3,
        "body": 4,
    }


def test_a_person_who_stands_twice_is_found_whatever_the_spaces() -> None:
    assert names_twice([person(), person(name="見本　次郎"), person(name="架空 花子", kana="カクウハナコ")]) == [2]


def test_kana_is_kept_as_katakana() -> None:
    assert read_kana("かくう　はなこ", 60) == "カクウ ハナコ"
    with pytest.raises(ValueError, match="not_kana"):
        read_kana("架空花子", 60)


def test_a_one_time_password_has_fourteen_letters_and_none_that_looks_like_another() -> None:
    made = {one_time_password(secrets.choice) for _ in range(200)}
    assert len(made) == 200
    assert {len(one) for one in made} == {14}
    assert set("".join(made)) <= set(ONE_TIME_LETTERS)
    assert not set("01oilIOL") & set(ONE_TIME_LETTERS)
