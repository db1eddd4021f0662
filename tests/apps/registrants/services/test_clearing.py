"""Nobody gets a second 登録証: what the index lets pass, and what it holds back."""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, transaction

from apps.registrants.index_errors import CardExistsError, CardNotCheckedError, CardUnresolvedError
from apps.registrants.models import Card, CardState, CardToken, LapseCause
from apps.registrants.services.clearing import clear_for_issue
from kernel import clock
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")


def index(superuser: psycopg.Connection) -> list[tuple[object, ...]]:
    rows = superuser.execute("SELECT tenant, status, name_role, kid FROM shared.senior_card_index ORDER BY 1, 3")
    return rows.fetchall()


def test_a_checked_card_without_a_match_is_entered_once(superuser: psycopg.Connection) -> None:
    card = factories.senior_card()
    with as_tenant(CHUO):
        assert CardToken.objects.filter(card=card).count() == 1
    assert index(superuser) == [("chuo", "active", "current", "test")]


def test_a_card_without_a_check_is_not_issued(superuser: psycopg.Connection) -> None:
    with pytest.raises(CardNotCheckedError):
        factories.issue(factories.senior_card_draft())
    assert index(superuser) == []


def test_a_check_of_another_name_does_not_count() -> None:
    card = factories.senior_card_draft()
    factories.checked_for_duplicates(card)
    with as_tenant(CHUO):
        card.registrant.given_kana = "ジロウ"
        card.registrant.save()
    with pytest.raises(CardNotCheckedError):
        factories.issue(card)


def test_the_same_person_gets_no_second_card_at_another_facility(superuser: psycopg.Connection) -> None:
    factories.senior_card(CHUO)
    second = factories.senior_card_draft(SPORTS)
    factories.checked_for_duplicates(second, SPORTS)
    with pytest.raises(CardExistsError):
        factories.issue(second, SPORTS)
    assert [row[0] for row in index(superuser)] == ["chuo"]


def test_a_similar_person_waits_for_the_answer() -> None:
    factories.senior_card(CHUO, registrant=factories.individual(given_kana="ダイスケ"))
    second = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, given_kana="タイスケ"))
    factories.checked_for_duplicates(second, SPORTS)
    with pytest.raises(CardUnresolvedError):
        factories.issue(second, SPORTS)


def test_a_void_card_does_not_stand_in_the_way() -> None:
    card = factories.senior_card(CHUO)
    with as_tenant(CHUO):
        card.state, card.lapse_cause, card.lapsed_on = CardState.LAPSED, LapseCause.RETURNED, clock.today()
        card.save()
    second = factories.senior_card(SPORTS)
    assert second.state == CardState.ACTIVE


def test_a_former_name_finds_the_card_under_the_present_one() -> None:
    factories.senior_card(CHUO, registrant=factories.individual(family_kana="ミホン", family_name="見本"))
    second = factories.senior_card_draft(SPORTS, former_name="見本太郎", former_kana="ミホンタロウ")
    assert [found.grade for found in factories.checked_for_duplicates(second, SPORTS)] == [1]


def test_a_former_name_that_reads_like_the_present_one_is_no_hindrance() -> None:
    card = factories.senior_card(CHUO, former_name="仮空太郎", former_kana="カクウタロウ")
    assert card.state == CardState.ACTIVE


def test_a_card_whose_issue_was_undone_leaves_nothing_in_the_index(superuser: psycopg.Connection) -> None:
    card = factories.senior_card_draft()
    factories.checked_for_duplicates(card)
    with as_tenant(CHUO), transaction.atomic():
        clear_for_issue(card=card, actor=Actor(kind="staff"))
        transaction.set_rollback(True)
    assert index(superuser) == []


def test_a_statement_that_issues_past_the_index_is_refused() -> None:
    card = factories.senior_card_draft()
    card.state, card.issued_on, card.branch, card.number = CardState.ACTIVE, clock.today(), 1, "RA-000001-0"
    with as_tenant(CHUO), pytest.raises(IntegrityError):
        card.save()


@pytest.mark.parametrize("state", ["active", "suspended"])
def test_a_card_that_is_written_in_force_at_once_is_refused(state: str) -> None:
    with pytest.raises(IntegrityError):
        factories.senior_card_draft(state=state, issued_on=clock.today(), branch=1, number="RA-000001-0")


def test_a_void_card_that_the_index_has_forgotten_does_not_come_back(superuser: psycopg.Connection) -> None:
    card = factories.senior_card(CHUO)
    with as_tenant(CHUO):
        Card.objects.filter(pk=card.pk).update(state="lapsed", lapse_cause="returned", lapsed_on=clock.today())
    superuser.execute("DELETE FROM shared.senior_card_index")
    with as_tenant(CHUO), pytest.raises(IntegrityError):
        Card.objects.filter(pk=card.pk).update(state="active")


def test_a_change_of_state_by_any_statement_reaches_the_index(superuser: psycopg.Connection) -> None:
    factories.senior_card(CHUO)
    superuser.execute("UPDATE chuo.registrants_card SET state = 'suspended'")
    assert index(superuser) == [("chuo", "suspended", "current", "test")]
