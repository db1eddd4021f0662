"""照会票 that end without an answer, that the city answers, and pairs that are never asked about again."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.urls import set_urlconf

from apps.compliance.errors import (
    DecidedError,
    InquiryClosedError,
    IssuedMeanwhileError,
    NotDecidingError,
    WrongAnswerError,
)
from apps.compliance.queries.senior_cards import overview
from apps.compliance.services.senior_cards import answer_in_place, decide
from apps.registrants.index_errors import CardExistsError, CardUnresolvedError
from apps.registrants.index_errors import InquiryClosedError as DeskClosedError
from apps.registrants.models import Card, LapseCause
from apps.registrants.queries.inquiries import letter_of
from apps.registrants.reminding import reminders
from apps.registrants.services.cards.standing import lapse_card
from apps.registrants.services.checking import answer_of, ask_index
from apps.registrants.services.inquiring import answer_inquiry, open_inquiry
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.seniorcards.inquiries import Letter
from tests import factories
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS, TENANTS

pytestmark = pytest.mark.usefixtures("database")
WHY = "施設が廃止されたため台帳で確かめた"


def held(**person: str) -> Card:
    return factories.senior_card(CHUO, registrant=factories.individual(CHUO, given_kana="ダイスケ", **person))


def applied(given_kana: str = "タイスケ") -> Card:
    return factories.senior_card_draft(SPORTS, registrant=factories.individual(SPORTS, given_kana=given_kana))


def clerk(schema: str) -> Actor:
    return Actor(kind="staff", id=factories.card_officer(schema).pk)


def found(draft: Card) -> list[UUID]:
    actor = clerk(SPORTS)
    with as_tenant(SPORTS):
        ticket = ask_index(actor=actor, card=draft.pk, purpose="new", identity_checked=True)
        return [one.hit for one in answer_of(card=draft.pk, ticket=ticket) if one.status != "lapsed"]


def inquired(draft: Card) -> UUID:
    [hit] = found(draft)
    with as_tenant(SPORTS):
        return open_inquiry(actor=clerk(SPORTS), hit=hit)


def answered(inquiry: UUID, said: str) -> None:
    with as_tenant(CHUO):
        answer_inquiry(actor=clerk(CHUO), inquiry=inquiry, answer=said, note="電話で確かめた")


def by_city(inquiry: UUID, said: str, *, who: Actor | None = None) -> None:
    actor = who or Actor(kind="city", id=factories.department(*TENANTS).pk)
    with as_city():
        answer_in_place(actor=actor, inquiry=inquiry, answer=said, note=WHY)


def ended(card: Card, schema: str) -> None:
    with as_tenant(schema):
        lapse_card(actor=clerk(schema), card=card.pk, cause=LapseCause.RETURNED)


def letter(inquiry: UUID, schema: str) -> Letter:
    with as_tenant(schema):
        return letter_of(inquiry, is_received=schema == CHUO)


def waiting(schema: str) -> int:
    set_urlconf("config.urls.desk")
    try:
        with as_tenant(schema):
            return [one.count for one in reminders(clock.today())][-1]
    finally:
        set_urlconf(None)


def waits(schema: str) -> dict[str, int]:
    """What waits among registrations, by its words."""
    set_urlconf("config.urls.desk")
    try:
        with as_tenant(schema):
            return {str(one.text): one.count for one in reminders(clock.today()) if one.count}
    finally:
        set_urlconf(None)


def test_an_inquiry_waits_on_the_first_page_of_whoever_is_asked() -> None:
    held()
    inquiry = inquired(applied())
    assert (waiting(CHUO), waiting(SPORTS)) == (1, 0)
    answered(inquiry, "other")
    assert waiting(CHUO) == 0


@pytest.mark.parametrize("whose", ["asking", "answering"])
def test_an_inquiry_ends_with_either_card(whose: str) -> None:
    card, draft = held(), applied()
    inquiry = inquired(draft)
    ended(draft if whose == "asking" else card, SPORTS if whose == "asking" else CHUO)
    assert letter(inquiry, SPORTS).closed_at is not None
    assert waiting(CHUO) == 0
    with pytest.raises(DeskClosedError):
        answered(inquiry, "other")
    with pytest.raises(InquiryClosedError):
        by_city(inquiry, "other")
    with as_city():
        assert list(overview().unanswered) == []


def test_a_closed_inquiry_is_not_decided() -> None:
    factories.senior_card(CHUO)
    draft = factories.senior_card_draft(SPORTS)
    inquiry = inquired(draft)
    answered(inquiry, "other")
    ended(draft, SPORTS)
    actor = Actor(kind="city", id=factories.department(*TENANTS).pk)
    with as_city(), pytest.raises(InquiryClosedError):
        decide(actor=actor, inquiry=inquiry, decision="namesake", note=WHY)


def test_the_city_answers_for_a_facility_that_is_closed(superuser: psycopg.Connection) -> None:
    held()
    draft = applied()
    inquiry = inquired(draft)
    superuser.execute("UPDATE shared.tenants_tenant SET state = 'closed' WHERE schema_name = 'chuo'")
    with as_city():
        assert [one.inquiry.pk for one in overview().unanswered] == [inquiry]
    by_city(inquiry, "other")
    factories.issue(draft, SPORTS)
    assert letter(inquiry, SPORTS).answered_by_city
    for schema in (CHUO, SPORTS):
        with as_tenant(schema):
            entry = AuditEntry.objects.get(object_type="senior_inquiry", actor_kind="city")
        assert entry.detail == {"answer": "other", "before": ""}


@pytest.mark.parametrize(("first", "then"), [("same", "other"), ("other", "same")])
def test_a_mistaken_answer_is_corrected_before_the_card_is_issued(first: str, then: str) -> None:
    held()
    draft = applied()
    inquiry = inquired(draft)
    answered(inquiry, first)
    by_city(inquiry, then)
    if then == "other":
        factories.issue(draft, SPORTS)
    else:
        with pytest.raises((CardExistsError, CardUnresolvedError)):
            factories.issue(draft, SPORTS)


def test_an_answer_is_not_corrected_after_the_issue() -> None:
    held()
    draft = applied()
    inquiry = inquired(draft)
    answered(inquiry, "other")
    factories.issue(draft, SPORTS)
    with pytest.raises(IssuedMeanwhileError):
        by_city(inquiry, "same")


@pytest.mark.parametrize("said", ["other", "", "perhaps"])
def test_the_citys_answer_is_one_of_two_and_another(said: str) -> None:
    held()
    inquiry = inquired(applied())
    answered(inquiry, "other")
    with pytest.raises(WrongAnswerError):
        by_city(inquiry, said)


def test_what_was_decided_is_not_answered_again() -> None:
    factories.senior_card(CHUO)
    inquiry = inquired(factories.senior_card_draft(SPORTS))
    answered(inquiry, "other")
    actor = Actor(kind="city", id=factories.department(*TENANTS).pk)
    with as_city():
        decide(actor=actor, inquiry=inquiry, decision="namesake", note=WHY)
    with pytest.raises(DecidedError):
        by_city(inquiry, "same")


def test_nobody_but_the_deciding_offices_answers_for_a_facility() -> None:
    held()
    inquiry = inquired(applied())
    with pytest.raises(NotDecidingError):
        by_city(inquiry, "other", who=clerk(SPORTS))
    with as_city():
        assert AuditEntry.objects.filter(object_type="senior_inquiry", action="denied").count() == 1


def test_another_persons_answer_holds_for_the_next_application_too() -> None:
    held()
    first = applied()
    answered(inquired(first), "other")
    factories.issue(first, SPORTS)
    ended(first, SPORTS)
    again = factories.senior_card_draft(SPORTS, registrant=first.registrant)
    assert found(again) == []
    factories.issue(again, SPORTS)


def test_it_holds_for_the_other_persons_next_card_too() -> None:
    card, first = held(), applied()
    answered(inquired(first), "other")
    factories.issue(first, SPORTS)
    ended(card, CHUO)
    again = factories.senior_card_draft(CHUO, registrant=card.registrant)
    others = [one for one in factories.checked_for_duplicates(again, CHUO) if one.status != "lapsed"]
    assert others == []


def test_a_namesake_stays_one_with_the_next_card() -> None:
    factories.senior_card(CHUO)
    draft = factories.senior_card_draft(SPORTS)
    inquiry = inquired(draft)
    answered(inquiry, "other")
    actor = Actor(kind="city", id=factories.department(*TENANTS).pk)
    with as_city():
        decide(actor=actor, inquiry=inquiry, decision="namesake", note=WHY)
    factories.issue(draft, SPORTS)
    ended(draft, SPORTS)
    again = factories.senior_card_draft(SPORTS, registrant=draft.registrant)
    assert found(again) == []
    factories.issue(again, SPORTS)
    assert again.namesake_seq == draft.namesake_seq
