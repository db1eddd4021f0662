"""Stopping a card, letting it hold again, ending it, and confirming its holder's circumstances."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from apps.registrants.card_errors import CardInWrongStateError
from apps.registrants.models import Card, CardDeed, CardIssue, CardState, LapseCause, ReviewWay
from apps.registrants.rules.cards import RENEWABLE, check_review_day, lapses_on
from apps.registrants.rules.standing import check_reason
from apps.registrants.services.cards.acting import (
    card_for,
    card_under_lock,
    change,
    is_senior,
    leave_trace,
    valid_print,
)
from apps.registrants.services.index_status import card_state_changed
from kernel import clock
from shared.actor import SYSTEM, Actor


def suspend_card(*, actor: Actor, card: UUID, reason: str) -> Card:
    """Stop a card (停止), with the reason. ``CardInWrongStateError``, ``ReasonMissingError``."""
    return _enter(actor, card, CardDeed.SUSPEND, CardState.SUSPENDED, check_reason(reason))


def resume_card(*, actor: Actor, card: UUID, reason: str) -> Card:
    """Let a stopped card hold again. ``CardInWrongStateError``, ``ReasonMissingError``."""
    return _enter(actor, card, CardDeed.RESUME, CardState.ACTIVE, check_reason(reason))


def lapse_card(
    *,
    actor: Actor,
    card: UUID,
    cause: LapseCause,
    reason: str = "",
    is_returned: bool = False,
    on: dt.date | None = None,
) -> Card:
    """End a card or an application (失効) from the day ``on``: its holder moved or died, it was returned or revoked.

    The print is void from then on. ``CardInWrongStateError``.
    """
    with transaction.atomic():
        found = card_for("lapse", card=card)
        _end(actor, found, cause, reason=reason.strip(), is_returned=is_returned, on=on or clock.today())
    return found


def withdraw_application(*, actor: Actor, card: UUID, reason: str) -> Card:
    """End an application that is not issued (申請の取下げ). ``CardInWrongStateError``."""
    with transaction.atomic():
        found = card_for("withdraw", card=card)
        _end(actor, found, LapseCause.WITHDRAWN, reason=reason, is_returned=False, on=clock.today())
    return found


def return_old_print(*, actor: Actor, card: UUID, branch: int) -> Card:
    """Note that a void print (旧券) came back: it was found again, or its holder had kept it. The card holds on.

    ``CardInWrongStateError`` for the valid print, for none, and for one that was handed in before.
    """
    with transaction.atomic():
        found = card_under_lock(card)
        still_out = CardIssue.objects.filter(card=found, branch=branch, returned_on=None, voided_on__isnull=False)
        if branch >= found.branch or not still_out.update(returned_on=clock.today()):
            raise CardInWrongStateError
        leave_trace(actor, found, CardDeed.RETURN, of_branch=branch, old_print=branch)
    return found


def return_card(*, actor: Actor, card: UUID) -> Card:
    """Note that the print was handed in (返還): a card that still held ends with it.

    ``CardInWrongStateError`` for an application, or for a print that was handed in before.
    """
    with transaction.atomic():
        found = card_under_lock(card)
        if found.state in {CardState.ACTIVE, CardState.SUSPENDED}:
            _end(actor, found, LapseCause.RETURNED, reason="", is_returned=True, on=clock.today())
            return found
        still_out = CardIssue.objects.filter(card=found, branch=found.branch, returned_on=None)
        if not still_out.update(returned_on=clock.today()):
            raise CardInWrongStateError
        leave_trace(actor, found, CardDeed.RETURN)
    return found


def review_card(*, actor: Actor, card: UUID, on: dt.date, way: ReviewWay) -> Card:
    """Note that the holder's circumstances were confirmed (現況確認) on the day ``on``, and how.

    ``CardInWrongStateError``, also for a group's card, which has none; the errors of ``rules.cards.check_review_day``.
    """
    with transaction.atomic():
        found = card_for("review", card=card)
        if not is_senior(found):
            raise CardInWrongStateError
        check_review_day(on, today=clock.today(), issued_on=found.issued_on, reviewed_on=found.reviewed_on)
        change(found, reviewed_on=on)
        leave_trace(actor, found, CardDeed.REVIEW, reason=_told(way), effective_on=on, way=way.value)
    return found


def lapse_cards_of(*, actor: Actor, registrant: UUID, cause: LapseCause, on: dt.date) -> int:
    """End whatever cards and applications a registrant has; how many. Inside the transaction of a closing."""
    held = Card.objects.exclude(state=CardState.LAPSED).filter(registrant=registrant).values_list("pk", flat=True)
    cards = list(held)
    for card in cards:
        lapse_card(actor=actor, card=card, cause=cause, on=on)
    return len(cards)


def lapse_expired_cards() -> int:
    """End the cards whose last day is over and that nobody renewed (期限切れ); how many.

    Each in its own transaction, so it may be repeated.
    """
    today = clock.today()
    over = Card.objects.filter(state=CardState.ACTIVE, valid_until__lt=today - RENEWABLE)
    ended = 0
    for card in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            found = card_under_lock(card)
            last = found.valid_until
            if found.state == CardState.ACTIVE and last is not None and lapses_on(last) <= today:
                _end(SYSTEM, found, LapseCause.EXPIRED, reason="", is_returned=False, on=lapses_on(last))
                ended += 1
    return ended


def _told(way: ReviewWay) -> str:
    """The way as the register shows it, whatever the language of the page."""
    with override("ja"):
        return str(way.label)


def _enter(actor: Actor, card: UUID, deed: CardDeed, state: CardState, reason: str) -> Card:
    with transaction.atomic():
        found = card_for(deed.value, card=card)
        change(found, state=state)
        if is_senior(found):
            card_state_changed(card=found)
        leave_trace(actor, found, deed, reason=reason)
    return found


def _end(actor: Actor, card: Card, cause: LapseCause, *, reason: str, is_returned: bool, on: dt.date) -> None:
    was_issued = card.state != CardState.APPLIED
    change(card, state=CardState.LAPSED, lapse_cause=cause, lapsed_on=on)
    made = valid_print(card)
    if made is not None:
        returned = {"returned_on": clock.today()} if is_returned else {}
        CardIssue.objects.filter(pk=made.pk).update(voided_on=clock.today(), **returned)
    if is_senior(card) and was_issued:
        card_state_changed(card=card)
    deed = CardDeed.RETURN if cause == LapseCause.RETURNED else CardDeed.LAPSE
    leave_trace(actor, card, deed, reason=reason, effective_on=on, cause=cause.value)
