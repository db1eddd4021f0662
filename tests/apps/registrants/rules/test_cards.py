"""The life of a card: which act in which state, how long it holds, when its review is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.registrants.card_errors import CardInWrongStateError
from apps.registrants.models import CardState, LapseCause
from apps.registrants.rules import cards
from apps.registrants.rules.policy import DEFAULT, Policy
from kernel.errors import DomainError

STATES = ("applied", "active", "suspended", "lapsed")
TABLE = {
    "issue": "applied",
    "hand_over": "active",
    "print": "active",
    "reissue": "active",
    "renew": "active",
    "review": "active suspended",
    "suspend": "active",
    "resume": "suspended",
    "withdraw": "applied",
    "lapse": "applied active suspended",
}


def test_the_table_of_states_is_whole() -> None:
    assert set(TABLE) == set(cards.ALLOWED)
    assert set(STATES) == set(CardState.values)
    assert cards.EXPIRED in set(LapseCause.values)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", TABLE)
def test_a_state_allows_what_the_table_says(act: str, state: str) -> None:
    allowed = state in TABLE[act].split()
    assert cards.may(state)[act] is allowed
    if allowed:
        cards.check_act(act, state)
    else:
        with pytest.raises(CardInWrongStateError):
            cards.check_act(act, state)


@pytest.mark.parametrize(
    ("state", "last", "first"),
    [
        ("active", date(2026, 11, 30), date(2026, 12, 1)),
        ("active", date(2026, 10, 1), date(2026, 11, 1)),
        ("active", date(2026, 12, 31), date(2027, 1, 1)),
        ("active", date(2027, 1, 1), None),
        ("active", None, None),
        ("suspended", date(2026, 11, 30), None),
        ("applied", date(2026, 11, 30), None),
        ("lapsed", date(2026, 10, 1), None),
    ],
)
def test_a_renewal_near_the_last_day_goes_on_from_it_or_begins_today(
    state: str, last: date | None, first: date | None
) -> None:
    today = date(2026, 11, 1)
    assert cards.may_renew(state, last, today) is (first is not None)
    if first is None:
        with pytest.raises(CardInWrongStateError):
            cards.renewed_from(state, last, today)
    else:
        assert cards.renewed_from(state, last, today) == first


def test_a_card_that_nobody_renewed_lapses_sixty_days_after_its_last() -> None:
    assert cards.lapses_on(date(2026, 11, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [
        (date(2026, 11, 26), None, None),
        (date(2026, 11, 26), 3, date(2029, 11, 25)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
    ],
)
def test_a_card_holds_for_whole_years_or_without_end(first: date, years: int | None, last: date | None) -> None:
    assert cards.senior_valid_until(first, Policy(senior_validity_years=years)) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 10))
def test_a_term_and_the_next_one_leave_no_day_between_them(first: date, years: int) -> None:
    policy = Policy(senior_validity_years=years)
    last = cards.senior_valid_until(first, policy)
    assert last is not None
    assert cards.state_on("active", last, last) == "active"
    assert cards.state_on("active", last, last + timedelta(days=1)) == "expired"
    assert cards.renewed_from("active", last, last) == last + timedelta(days=1)


def test_a_review_is_due_after_so_many_years_or_never() -> None:
    assert cards.review_due_on(date(2026, 11, 26), DEFAULT) == date(2029, 11, 26)
    assert cards.review_due_on(date(2026, 11, 26), Policy(senior_review_years=0)) is None


def test_only_an_active_card_expires() -> None:
    over = date(2026, 1, 1)
    assert [cards.state_on(state, over, date(2026, 1, 2)) for state in STATES] == [
        "applied",
        "expired",
        "suspended",
        "lapsed",
    ]


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("千葉県印西市見本台3-4-5", "千葉県印西市見本台"),
        ("千葉県印西市見本台３－４", "千葉県印西市見本台"),
        ("架空市架空町一丁目2番地", "架空市架空町"),
        ("架空市架空町　架空荘101号", "架空市架空町"),
        ("架空市大字架空字例示", "架空市大字架空字例示"),
        ("千葉県架空市三番町4", "千葉県架空市三番町"),
        ("", ""),
    ],
)
def test_a_card_shows_the_address_up_to_the_town(address: str, town: str) -> None:
    assert cards.town_of(address) == town


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 20)
)
def test_what_was_last_reviewed_by_that_day_is_due_by_this_one_and_nothing_else(
    last: date, day: date, years: int
) -> None:
    policy = Policy(senior_review_years=years)
    due, bound = cards.review_due_on(last, policy), cards.reviewed_by(day, policy)
    assert due is not None
    assert bound is not None
    assert (last <= bound) == (due <= day)


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(2028, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2024, 3, 1)),
        (date(2027, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_leap_day_is_reviewed_on_the_first_of_march_of_a_common_year(day: date, bound: date) -> None:
    assert cards.reviewed_by(day, Policy(senior_review_years=3)) == bound
    assert cards.reviewed_by(day, Policy(senior_review_years=0)) is None


@pytest.mark.parametrize(
    ("state", "is_void", "is_handed_over", "code"),
    [
        ("active", False, False, ""),
        ("active", True, False, "stale_card"),
        ("active", False, True, "card_print_handed_over"),
        ("active", True, True, "card_print_handed_over"),
        ("suspended", False, False, "card_in_wrong_state"),
        ("lapsed", True, False, "card_in_wrong_state"),
        ("applied", False, False, "card_in_wrong_state"),
    ],
)
def test_what_is_kept_off_the_printer_and_why(state: str, is_void: bool, is_handed_over: bool, code: str) -> None:
    assert cards.kept_out_of_print(state, is_void=is_void, is_handed_over=is_handed_over) == code


@pytest.mark.parametrize(
    ("day", "issued", "reviewed", "code"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), None, ""),
        (date(2026, 6, 1), date(2020, 6, 1), date(2026, 5, 31), ""),
        (date(2026, 6, 2), date(2020, 6, 1), None, "card_review_in_future"),
        (date(2026, 5, 31), date(2026, 6, 1), None, "card_review_before_issue"),
        (date(2026, 6, 1), date(2020, 6, 1), date(2026, 6, 1), "card_reviewed_already"),
        (date(2026, 5, 1), date(2020, 6, 1), date(2026, 6, 1), "card_reviewed_already"),
    ],
)
def test_the_day_of_a_review(day: date, issued: date, reviewed: date | None, code: str) -> None:
    told = ""
    try:
        cards.check_review_day(day, today=date(2026, 6, 1), issued_on=issued, reviewed_on=reviewed)
    except DomainError as error:
        told = error.code
    assert told == code
