"""How often may be asked, and what the city lets be looked at beyond reading and kanji; names in the other order."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connections
from psycopg import errors

from apps.registrants.index_errors import CardUnresolvedError, CheckTooOftenError, NumberTriedTooOftenError
from apps.registrants.models import Card
from apps.registrants.services.checking import ask_index, number_fits
from apps.registrants.tasks import retoken_cards
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.seniorcards import asking, upkeep
from shared.seniorcards.models import Alert, Terms
from shared.seniorcards.tokens import arrays
from tests import factories
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS
from tests.support.waiting import Gate

pytestmark = pytest.mark.usefixtures("database")


def let(**terms: Any) -> str:
    """The city sets terms; why it is refused."""
    with as_city():
        return upkeep.set_terms(factories.city_officer().pk, Terms(**terms))


def officer(schema: str = SPORTS) -> Actor:
    return Actor(kind="staff", id=factories.card_officer(schema).pk)


def grades(**person: Any) -> list[tuple[Any, ...]]:
    """Grade, number and state of what an applicant at ``sports`` finds."""
    draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, **person))
    return [(one.grade, one.number, one.status) for one in factories.checked_for_duplicates(draft, SPORTS)]


def test_a_name_in_the_other_order_is_told_as_similar_only() -> None:
    factories.senior_card(CHUO)
    turned = {"family_kana": "タロウ", "given_kana": "カクウ", "family_name": "太郎", "given_name": "架空"}
    assert grades(**turned) == [(3, None, None)]


def test_a_card_in_the_other_order_is_not_issued_unasked(superuser: psycopg.Connection) -> None:
    factories.senior_card(CHUO)
    turned = factories.individual(
        SPORTS, family_kana="タロウ", given_kana="カクウ", family_name="太郎", given_name="架"
    )
    draft = factories.senior_card_draft(SPORTS, registrant=turned)
    factories.checked_for_duplicates(draft, SPORTS)
    with pytest.raises(CardUnresolvedError):
        factories.issue(draft, SPORTS)
    roles = superuser.execute("SELECT DISTINCT name_role FROM shared.senior_card_index").fetchall()
    assert roles == [("current",)]


MARRIED = {"family_kana": "ミホン", "family_name": "見本"}
SLIPPED = {"birth_date": dt.date(1936, 4, 1)}  # 昭和11年, written for 大正 … or fourteen years off


@pytest.mark.parametrize(("terms", "applicant"), [("given_name", MARRIED), ("birth_slips", SLIPPED)])
def test_what_is_looked_at_beyond_is_off_until_the_city_wants_it(
    terms: str, applicant: dict[str, Any], superuser: psycopg.Connection
) -> None:
    factories.senior_card(CHUO)
    assert grades(**applicant) == []
    assert let(**{terms: True}) == ""
    retoken_cards(CHUO)
    assert grades(**applicant) == [(3, None, None)]
    assert let() == ""
    assert superuser.execute("SELECT DISTINCT loose FROM shared.senior_card_index").fetchall() == [([],)]
    assert grades(**applicant) == []


def test_cards_that_are_issued_meanwhile_have_what_is_wanted(superuser: psycopg.Connection) -> None:
    let(given_name=True, birth_slips=True)
    factories.senior_card(CHUO)
    assert superuser.execute("SELECT cardinality(loose) FROM shared.senior_card_index").fetchall() == [(4,)]
    assert grades(**MARRIED) == [(3, None, None)]


def test_only_the_citys_general_office_sets_terms() -> None:
    with as_city():
        assert upkeep.set_terms(factories.department(SPORTS).pk, Terms(clerk_hour=200)) == "role"
        assert upkeep.set_terms(None, Terms()) == "role"
        assert not Terms.objects.exists()


@pytest.mark.parametrize("terms", [{"clerk_hour": 0}, {"clerk_hour": 201}, {"tenant_day": 2001}, {"wrong_numbers": 0}])
def test_the_database_keeps_terms_within_reason(terms: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        let(**terms)


def ask(actor: Actor, card: Card) -> None:
    with as_tenant(SPORTS):
        ask_index(actor=actor, card=card.pk, purpose="new", identity_checked=True)


def test_the_city_changes_how_often_a_clerk_may_ask() -> None:
    actor, card = officer(), factories.senior_card_draft(SPORTS)
    let(clerk_hour=2)
    for _ in range(2):
        ask(actor, card)
    with pytest.raises(CheckTooOftenError):
        ask(actor, card)
    let(clerk_hour=3)
    ask(actor, card)


@pytest.mark.race
def test_thirty_questions_at_once_are_counted_one_by_one() -> None:
    actor, card = officer(), factories.senior_card_draft(SPORTS)
    barrier = Gate(6)

    def run(_: int) -> int:
        barrier.wait()
        asked = 0
        try:
            for _ in range(5):
                try:
                    ask(actor, card)
                    asked += 1
                except CheckTooOftenError:
                    continue
        finally:
            connections.close_all()
        return asked

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(run, range(6))) == 20
    with as_tenant(SPORTS):
        kinds = list(AuditEntry.objects.filter(object_type="senior_index").values_list("action", flat=True))
    assert (kinds.count("search"), kinds.count("denied")) == (20, 10)
    with as_city():
        assert Alert.objects.get().kind == "clerk_rate"


def test_a_transaction_that_does_not_see_the_others_is_refused() -> None:
    """Each of many old snapshots would count nothing."""
    card, actor = factories.senior_card_draft(SPORTS), officer()
    tokens = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
    values = ["check", "new", actor.id, True, card.pk, None, *arrays(tokens), None, ""]
    with raw(f"tenant_{SPORTS}", schema=SPORTS) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(errors.InvalidTransactionState):
            connection.execute(asking.ASK, values)


def tried(card: Card, actor: Actor, number: str) -> bool:
    with as_tenant(SPORTS):
        return number_fits(actor=actor, card=card.pk, purpose="inquiry", identity_checked=True, number=number)


def test_after_five_wrong_numbers_even_the_right_one_is_refused() -> None:
    held = factories.senior_card(CHUO, registrant=factories.individual(CHUO, given_kana="ダイスケ"))
    draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, given_kana="タイスケ"))
    actors = [officer(), officer()]
    for turn in range(5):
        assert not tried(draft, actors[turn % 2], f"RA-99999{turn}-9")
    with pytest.raises(NumberTriedTooOftenError):
        tried(draft, officer(), str(held.number))
    with as_tenant(SPORTS):
        assert AuditEntry.objects.get(action="denied").detail["why"] == "guessing"
    with as_city():
        assert "guessing" in set(Alert.objects.values_list("kind", flat=True))


def test_a_right_number_is_no_try() -> None:
    held = factories.senior_card(CHUO, registrant=factories.individual(CHUO, given_kana="ダイスケ"))
    draft = factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, given_kana="タイスケ"))
    actor = officer()
    for _ in range(6):
        assert tried(draft, actor, str(held.number))


def test_an_answer_that_is_rolled_back_counts_as_wrong() -> None:
    """Else whoever guesses would roll back what does not fit."""
    draft, actor = factories.senior_card_draft(SPORTS), officer()
    tokens = factories.tokens_for("カクウタロウ", "架空太郎", dt.date(1950, 4, 1))
    with as_tenant(SPORTS):
        for number in range(5):
            question = asking.Question(draft.pk, "inquiry", True, tokens, f"RA-99999{number}-9")
            assert asking.ask(actor, question)[0]
        assert asking.ask(actor, asking.Question(draft.pk, "inquiry", True, tokens, "x")) == (None, "guessing")
