"""Making prints: number, branch, validity, and one winner of two clerks."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import transaction

from apps.registrants.card_errors import (
    CardInWrongStateError,
    HolderHasCardError,
    HolderNotInForceError,
    StaleCardError,
    WrongHolderError,
)
from apps.registrants.errors import ReasonMissingError
from apps.registrants.index_errors import CardNotCheckedError
from apps.registrants.models import (
    Card,
    CardIssue,
    CardState,
    IssueCause,
    LapseCause,
    Registrant,
    RegistrationPolicy,
)
from apps.registrants.services.cards.issue import (
    issue_group_card,
    issue_senior_card,
    reissue_card,
    renew_card,
)
from apps.registrants.services.cards.standing import lapse_card, lapse_expired_cards, suspend_card
from apps.registrants.tasks import keep_states
from kernel import clock
from shared.audit.models import AuditEntry
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import (
    OFFICER,
    deeds_of,
    fresh,
    group_issued,
    listed,
    prints_of,
    senior_applied,
    senior_checked,
    senior_issued,
)
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def replace(
    card: Card, cause: IssueCause = IssueCause.LOST, *, seen: int | None = None, is_returned: bool = False
) -> Card:
    with as_tenant(CHUO):
        return reissue_card(
            actor=OFFICER, card=card.pk, cause=cause, reason="紛失届による", seen_branch=seen, is_returned=is_returned
        )


def test_the_first_issue_gives_number_branch_and_a_line_in_the_register() -> None:
    card = fresh(senior_issued())
    [line] = prints_of(card)
    assert card.number is not None
    assert card.number.startswith("RA-")
    assert (card.state, card.branch, card.issued_on) == (CardState.ACTIVE, 1, clock.today())
    assert (line.branch, line.cause, line.made_on, line.made_by) == (1, IssueCause.NEW, clock.today(), OFFICER.id)
    assert (line.handed_over_on, line.voided_on, line.printed) == (None, None, 0)
    assert deeds_of(card) == ["apply", "issue"]


def test_a_groups_card_bears_its_registration_number() -> None:
    group = factories.group()
    card = fresh(group_issued(group))
    assert (card.number, card.branch, card.state, card.valid_until) == (group.number, 1, CardState.ACTIVE, None)
    assert deeds_of(card) == ["apply", "issue"]


def test_the_audit_names_no_number_and_no_person() -> None:
    card = senior_issued()
    with as_tenant(CHUO):
        entries = list(AuditEntry.objects.filter(object_type="card").values_list("detail", flat=True))
    assert entries[0] == {"act": "issue", "kind": "senior", "cause": "new", "branch": 1}
    assert str(card.number) not in str(entries)


def test_a_card_holds_as_long_as_the_tenant_says(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2026, 4, 1), senior_validity_years=3)
    card = fresh(senior_issued(factories.individual(birth_date=dt.date(1966, 12, 20))))
    assert (card.valid_from, card.valid_until) == (dt.date(2026, 12, 20), dt.date(2029, 12, 19))


def test_a_print_that_was_lost_is_replaced_by_the_next_branch_and_void() -> None:
    card = senior_issued()
    replaced = fresh(replace(card))
    first, second = prints_of(card)
    assert (replaced.number, replaced.branch) == (card.number, 2)
    assert (first.voided_on, first.returned_on) == (clock.today(), None)
    assert (second.cause, second.voided_on) == (IssueCause.LOST, None)
    assert deeds_of(card)[-1] == "reissue"


def test_a_damaged_print_is_handed_in() -> None:
    card = senior_issued()
    replace(card, IssueCause.DAMAGED, is_returned=True)
    assert prints_of(card)[0].returned_on == clock.today()


def test_a_page_from_before_another_clerks_reissue_is_stale() -> None:
    card = senior_issued()
    replace(card, seen=1)
    with pytest.raises(StaleCardError):
        replace(card, seen=1)
    assert fresh(card).branch == 2


def test_a_reissue_needs_a_reason_a_state_and_a_holder_in_force() -> None:
    card = senior_issued()
    with as_tenant(CHUO), pytest.raises(ReasonMissingError):
        reissue_card(actor=OFFICER, card=card.pk, cause=IssueCause.LOST, reason=" ", is_returned=False)
    with as_tenant(CHUO):
        Registrant.objects.update(valid_until=clock.today() - dt.timedelta(days=1))
    with pytest.raises(HolderNotInForceError):
        replace(card)
    with as_tenant(CHUO):
        Registrant.objects.update(valid_until=None)
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
    with pytest.raises(CardInWrongStateError):
        replace(card)
    assert [one.branch for one in prints_of(card)] == [1]


def test_an_individual_has_no_groups_card_and_a_group_only_one() -> None:
    listed()
    with as_tenant(CHUO), pytest.raises(WrongHolderError):
        issue_group_card(actor=OFFICER, registrant=factories.individual().pk)
    group = factories.group()
    group_issued(group)
    with as_tenant(CHUO), pytest.raises(HolderHasCardError):
        issue_group_card(actor=OFFICER, registrant=group.pk)


def test_a_groups_card_that_lapsed_goes_on_with_its_number_and_the_next_branch() -> None:
    group = factories.group()
    card = group_issued(group)
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.RETURNED, is_returned=True)
    again = fresh(group_issued(group))
    assert (again.pk, again.number, again.branch, again.state) == (card.pk, group.number, 2, CardState.ACTIVE)


def test_a_card_is_renewed_with_a_new_print_before_or_shortly_after_its_end(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2026, 4, 1), senior_validity_years=3)
    card = senior_issued()
    freeze("2029-11-01 10:00")
    with as_tenant(CHUO):
        renew_card(actor=OFFICER, card=card.pk, seen_branch=1)
    assert (fresh(card).valid_until, fresh(card).branch) == (dt.date(2032, 11, 25), 2)
    freeze("2032-12-10 10:00")
    with as_tenant(CHUO):
        assert lapse_expired_cards() == 0
        renew_card(actor=OFFICER, card=card.pk)
    assert (fresh(card).state, fresh(card).valid_until) == (CardState.ACTIVE, dt.date(2035, 12, 9))
    assert [one.cause for one in prints_of(card)] == ["new", "renewal", "renewal"]


def test_a_card_that_nobody_renewed_lapses_and_its_holder_applies_anew(freeze: Freeze) -> None:
    freeze("2026-11-26 10:00")
    with as_tenant(CHUO):
        RegistrationPolicy.objects.create(valid_from=dt.date(2026, 4, 1), senior_validity_years=1)
    person = factories.individual()
    card = senior_issued(person)
    freeze("2028-01-25 10:00")
    keep_states(CHUO)
    with as_tenant(CHUO):
        assert lapse_expired_cards() == 0
        with pytest.raises(CardInWrongStateError):
            renew_card(actor=OFFICER, card=card.pk)
    assert (fresh(card).lapse_cause, fresh(card).lapsed_on) == (LapseCause.EXPIRED, dt.date(2028, 1, 25))
    assert fresh(senior_issued(person)).number != card.number


def test_a_card_without_an_end_is_not_renewed() -> None:
    with as_tenant(CHUO), pytest.raises(CardInWrongStateError):
        renew_card(actor=OFFICER, card=senior_issued().pk)


@pytest.mark.race
def test_eight_clerks_issue_one_application_at_once_and_one_card_is_made() -> None:
    card = senior_checked()

    def work(_number: int) -> bool:
        with as_tenant(CHUO):
            try:
                issue_senior_card(actor=OFFICER, card=card.pk)
            except CardInWrongStateError:
                return False
        return True

    assert sorted(together(8, work)) == [False] * 7 + [True]
    assert len(prints_of(card)) == 1


@pytest.mark.race
def test_eight_clerks_issue_one_groups_card_at_once_and_one_is_made() -> None:
    listed()
    group = factories.group()

    def work(_number: int) -> bool:
        with as_tenant(CHUO):
            try:
                issue_group_card(actor=OFFICER, registrant=group.pk)
            except HolderHasCardError:
                return False
        return True

    assert sorted(together(8, work)) == [False] * 7 + [True]
    with as_tenant(CHUO):
        assert (Card.objects.count(), CardIssue.objects.count()) == (1, 1)


@pytest.mark.race
def test_eight_clerks_replace_one_print_at_once_and_one_branch_is_made() -> None:
    card = senior_issued()

    def work(_number: int) -> bool:
        try:
            replace(card, seen=1)
        except StaleCardError:
            return False
        return True

    assert sorted(together(8, work)) == [False] * 7 + [True]
    assert [(one.branch, one.voided_on is None) for one in prints_of(card)] == [(1, False), (2, True)]


def test_postgresql_refuses_a_second_valid_print_a_second_branch_and_a_second_number(
    superuser: psycopg.Connection,
) -> None:
    card = senior_issued()
    line = (
        "INSERT INTO chuo.registrants_cardissue (card_id, branch, cause, made_on, printed)"
        f" VALUES ('{card.pk}', {{}}, 'lost', current_date, 0)"
    )
    with pytest.raises(psycopg.errors.UniqueViolation, match="one_valid_print_a_card"):
        superuser.execute(line.format(2))
    superuser.execute("UPDATE chuo.registrants_cardissue SET voided_on = current_date")
    with pytest.raises(psycopg.errors.UniqueViolation, match="one_issue_a_branch"):
        superuser.execute(line.format(1))
    other = senior_applied()
    with pytest.raises(psycopg.errors.UniqueViolation, match="number"):
        superuser.execute(f"UPDATE chuo.registrants_card SET number = '{card.number}' WHERE id = '{other.pk}'")


def test_what_fails_half_way_leaves_nothing() -> None:
    card = senior_checked()

    def issue_and_fail() -> None:
        with transaction.atomic():
            issue_senior_card(actor=OFFICER, card=card.pk)
            raise RuntimeError

    with as_tenant(CHUO), pytest.raises(RuntimeError):
        issue_and_fail()
    assert fresh(card).state == CardState.APPLIED
    assert prints_of(card) == []
    assert deeds_of(card) == ["apply"]


def test_an_issue_that_is_refused_leaves_no_gap_in_the_register() -> None:
    first, unchecked = senior_issued(), senior_applied()
    for _ in range(2):
        with as_tenant(CHUO), pytest.raises(CardNotCheckedError):
            issue_senior_card(actor=OFFICER, card=unchecked.pk)
    second = senior_issued()
    serials = [int(str(card.number).split("-")[1]) for card in (first, second)]
    assert serials[1] == serials[0] + 1
