"""Handing over, stopping, ending and reviewing a card."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from apps.registrants.card_errors import (
    CardIdentityNotCheckedError,
    CardInWrongStateError,
    HolderNotInForceError,
    PrintHandedOverError,
    UnknownCardError,
)
from apps.registrants.errors import ReasonMissingError
from apps.registrants.models import (
    CardState,
    CloseCause,
    IdentityCheck,
    IdentityDocument,
    LapseCause,
    Registrant,
    ReviewWay,
)
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.services.cards.standing import (
    lapse_card,
    resume_card,
    return_card,
    review_card,
    suspend_card,
)
from apps.registrants.services.close import close
from kernel import clock
from tests.apps.registrants.services.cards.making import (
    OFFICER,
    deeds_of,
    fresh,
    group_issued,
    prints_of,
    senior_applied,
    senior_held,
    senior_issued,
)
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def test_a_senior_card_is_handed_over_after_seeing_who_comes() -> None:
    card = senior_issued()
    with as_tenant(CHUO):
        with pytest.raises(CardIdentityNotCheckedError):
            hand_over_card(actor=OFFICER, card=card.pk, document=None)
        hand_over_card(actor=OFFICER, card=card.pk, document=IdentityDocument.MY_NUMBER_CARD, seen_branch=1)
        check = IdentityCheck.objects.get()
    [line] = prints_of(card)
    assert (line.handed_over_on, line.handed_over_by) == (clock.today(), OFFICER.id)
    assert (check.registrant_id, check.document, check.by) == (card.registrant_id, "my_number_card", OFFICER.id)
    assert deeds_of(card)[-1] == "hand_over"


def test_a_groups_card_is_handed_over_without() -> None:
    card = group_issued()
    with as_tenant(CHUO):
        hand_over_card(actor=OFFICER, card=card.pk, document=None)
        assert not IdentityCheck.objects.exists()
    assert prints_of(card)[0].handed_over_on == clock.today()


def test_a_print_is_handed_over_once() -> None:
    card = senior_held()
    with as_tenant(CHUO), pytest.raises(PrintHandedOverError):
        hand_over_card(actor=OFFICER, card=card.pk, document=IdentityDocument.PASSPORT)


def test_nothing_is_handed_to_whoever_is_not_in_force() -> None:
    card = senior_issued()
    with as_tenant(CHUO):
        Registrant.objects.update(valid_until=dt.date(2020, 1, 1))
        with pytest.raises(HolderNotInForceError):
            hand_over_card(actor=OFFICER, card=card.pk, document=IdentityDocument.PASSPORT)
    assert prints_of(card)[0].handed_over_on is None


def test_a_card_is_stopped_and_holds_again_with_reasons() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        with pytest.raises(ReasonMissingError):
            suspend_card(actor=OFFICER, card=card.pk, reason="")
        suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
        with pytest.raises(CardInWrongStateError):
            suspend_card(actor=OFFICER, card=card.pk, reason="照会中")
    assert fresh(card).state == CardState.SUSPENDED
    with as_tenant(CHUO):
        resume_card(actor=OFFICER, card=card.pk, reason="別人と判明")
    assert fresh(card).state == CardState.ACTIVE
    assert deeds_of(card)[-2:] == ["suspend", "resume"]


@pytest.mark.parametrize("cause", [LapseCause.MOVED, LapseCause.DIED, LapseCause.REVOKED])
def test_a_card_ends_with_its_cause_and_its_print_is_void(cause: LapseCause) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=cause, reason="届出", on=dt.date(2026, 11, 1))
    ended = fresh(card)
    [line] = prints_of(card)
    assert (ended.state, ended.lapse_cause, ended.lapsed_on) == (CardState.LAPSED, cause, dt.date(2026, 11, 1))
    assert (line.voided_on, line.returned_on) == (clock.today(), None)
    assert deeds_of(card)[-1] == "lapse"


def test_a_card_that_is_handed_in_ends() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        return_card(actor=OFFICER, card=card.pk)
    assert (fresh(card).state, fresh(card).lapse_cause) == (CardState.LAPSED, LapseCause.RETURNED)
    assert prints_of(card)[0].returned_on == clock.today()


def test_a_print_comes_back_once_after_the_card_has_ended() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.DIED)
        return_card(actor=OFFICER, card=card.pk)
        with pytest.raises(CardInWrongStateError):
            return_card(actor=OFFICER, card=card.pk)
    assert fresh(card).lapse_cause == LapseCause.DIED
    assert deeds_of(card)[-2:] == ["lapse", "return"]


def test_an_application_can_be_ended_and_then_nothing_else_happens_to_it() -> None:
    card = senior_applied()
    with as_tenant(CHUO):
        lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.REVOKED, reason="申請の取下げ")
        with pytest.raises(CardInWrongStateError):
            lapse_card(actor=OFFICER, card=card.pk, cause=LapseCause.REVOKED)
    assert (fresh(card).state, fresh(card).number) == (CardState.LAPSED, None)


def test_circumstances_are_confirmed() -> None:
    card = senior_held()
    with as_tenant(CHUO):
        review_card(actor=OFFICER, card=card.pk, on=clock.today(), way=ReviewWay.VISIT)
    assert fresh(card).reviewed_on == clock.today()
    assert deeds_of(card)[-1] == "review"


@pytest.mark.parametrize(
    ("cause", "told"),
    [("moved", LapseCause.MOVED), ("died", LapseCause.DIED), ("withdrawn", LapseCause.CLOSED)],
)
def test_with_a_registration_its_card_ends(cause: str, told: LapseCause) -> None:
    card = senior_held()
    with as_tenant(CHUO):
        close(
            actor=OFFICER,
            registrant=card.registrant_id,
            cause=CloseCause(cause),
            reason="届出",
            effective_on=clock.today(),
        )
    assert (fresh(card).state, fresh(card).lapse_cause) == (CardState.LAPSED, told)
    assert prints_of(card)[0].voided_on == clock.today()


def test_a_card_of_nobody_is_not_found() -> None:
    with as_tenant(CHUO), pytest.raises(UnknownCardError):
        review_card(actor=OFFICER, card=uuid.uuid4(), on=clock.today(), way=ReviewWay.VISIT)
