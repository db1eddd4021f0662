"""現況確認 of many cards: one day and way, each card by itself, and each told if it cannot."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.registrants.card_errors import NothingToReviewError, ReviewInFutureError
from apps.registrants.models import Card, CardAct, CardDeed, LapseCause, ReviewWay
from apps.registrants.services.cards.reviewing import MOST_REVIEWS, Reviews, review_cards
from apps.registrants.services.cards.standing import lapse_card, suspend_card
from kernel import clock
from shared.audit.models import Action, AuditEntry
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import OFFICER, fresh, group_issued, senior_applied, senior_held
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

pytestmark = pytest.mark.usefixtures("database")
ISSUED = dt.date(2020, 4, 1)


def held(schema: str = CHUO, **values: dt.date) -> Card:
    card = senior_held(schema=schema)
    with as_tenant(schema):
        Card.objects.filter(pk=card.pk).update(issued_on=ISSUED, **values)
    return card


def reviewed(*cards: Card, on: dt.date | None = None, way: ReviewWay = ReviewWay.LETTER) -> Reviews:
    with as_tenant(CHUO):
        return review_cards(actor=OFFICER, cards=[card.pk for card in cards], on=on or clock.today(), way=way)


def told(done: Reviews) -> list[tuple[str, str]]:
    return [(number, error.code) for _card, number, error in done.refused]


def test_all_get_the_day_and_each_its_act_and_audit() -> None:
    day = clock.today() - dt.timedelta(days=3)
    first, second = held(), held()
    done = reviewed(first, second, first, on=day)
    assert (list(done.noted), done.refused) == ([first.pk, second.pk], [])
    assert {fresh(first).reviewed_on, fresh(second).reviewed_on} == {day}
    with as_tenant(CHUO):
        acts = CardAct.objects.filter(act=CardDeed.REVIEW)
        assert [(one.effective_on, one.reason, one.actor_id) for one in acts] == [
            (day, "郵送の回答書で確認", OFFICER.id)
        ] * 2
        entries = AuditEntry.objects.filter(action=Action.CHANGE, object_type="card", detail__act="review")
        assert sorted(one.object_id for one in entries) == sorted([str(first.pk), str(second.pk)])
        assert {one.detail["way"] for one in entries} == {"letter"}


def test_what_cannot_be_noted_is_told_and_the_others_are() -> None:
    good, stopped, void = held(), held(), held()
    group, applied, elsewhere = group_issued(), senior_applied(), held(BUNKA)
    later = held(reviewed_on=clock.today() - dt.timedelta(days=2))
    new = senior_held()
    with as_tenant(CHUO):
        suspend_card(actor=OFFICER, card=stopped.pk, reason="照会中")
        lapse_card(actor=OFFICER, card=void.pk, cause=LapseCause.DIED)
    done = reviewed(void, good, group, applied, elsewhere, later, new, stopped, on=clock.today() - dt.timedelta(days=2))
    assert list(done.noted) == [good.pk, stopped.pk]
    assert told(done) == [
        (void.number, "card_in_wrong_state"),
        (group.number, "card_in_wrong_state"),
        ("", "card_in_wrong_state"),
        ("", "no_such_card"),
        (later.number, "card_reviewed_already"),
        (new.number, "card_review_before_issue"),
    ]
    assert fresh(void).reviewed_on is None
    with as_tenant(BUNKA):
        assert Card.objects.get(pk=elsewhere.pk).reviewed_on is None


def test_nothing_too_much_and_a_day_to_come_note_nothing() -> None:
    card = held()
    with pytest.raises(NothingToReviewError):
        reviewed()
    many = [card.pk, *(uuid.uuid4() for _ in range(MOST_REVIEWS))]
    with as_tenant(CHUO), pytest.raises(NothingToReviewError):
        review_cards(actor=OFFICER, cards=many, on=clock.today(), way=ReviewWay.PHONE)
    with pytest.raises(ReviewInFutureError):
        reviewed(card, on=clock.today() + dt.timedelta(days=1))
    assert fresh(card).reviewed_on is None


def test_one_more_card_costs_the_same_again() -> None:
    counts = []
    for number in (1, 2, 3):
        cards = [held() for _ in range(number)]
        with count_statements() as made:
            reviewed(*cards)
        counts.append(made.count)
    assert counts[2] - counts[1] == counts[1] - counts[0]
    assert counts[1] - counts[0] <= 8


@pytest.mark.race
def test_two_clerks_at_once_note_each_card_once() -> None:
    cards = [held() for _ in range(4)]
    done = together(2, lambda number: reviewed(*(cards if number else cards[::-1])))
    assert sorted(card for one in done for card in one.noted) == sorted(card.pk for card in cards)
    assert sorted(code for one in done for _, code in told(one)) == ["card_reviewed_already"] * 4
    with as_tenant(CHUO):
        assert CardAct.objects.filter(act=CardDeed.REVIEW).count() == 4
