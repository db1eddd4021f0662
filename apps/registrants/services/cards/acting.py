"""What every act on a card has in common: find it under lock, change it, leave the trace."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models

from apps.registrants.card_errors import HolderNotInForceError, StaleCardError, UnknownCardError
from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Card, CardAct, CardDeed, CardIssue, CardKind, Registrant, RegistrantState
from apps.registrants.queries.standing import spans_of
from apps.registrants.rules.cards import check_act
from apps.registrants.rules.standing import state_on
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def holder_under_lock(registrant: UUID) -> Registrant:
    """The registrant under lock, so that a closing waits or is waited for. ``UnknownRegistrantError``."""
    found = Registrant.objects.select_for_update(of=("self",)).filter(pk=registrant).first()
    if found is None:
        raise UnknownRegistrantError
    return found


def check_in_force(holder: Registrant) -> None:
    """``HolderNotInForceError`` unless the registration is active today."""
    if state_on(spans_of(holder.pk), holder.valid_until, clock.today()) != RegistrantState.ACTIVE:
        raise HolderNotInForceError


def card_under_lock(card: UUID, *, seen_branch: int | None = None) -> Card:
    """The card with its holder, both under lock, the holder first; three statements. Inside a transaction.

    ``UnknownCardError``; ``StaleCardError`` if its print is not the one that the page showed.
    """
    found = None
    while found is None:  # again, where a merge gave the card to another record while that one was waited for
        found = _with_holder(card)
    if seen_branch is not None and seen_branch != found.branch:
        raise StaleCardError
    return found


def _with_holder(card: UUID) -> Card | None:
    """Both under lock; None if the card is not the holder's any more who had it. ``UnknownCardError``.

    The card's lock lets a visit name it, which asks for card and holder in the other order.
    """
    held = Card.objects.filter(pk=card).values_list("registrant", flat=True).first()
    if held is None:
        raise UnknownCardError
    holder = holder_under_lock(held)
    found = Card.objects.select_for_update(of=("self",), no_key=True).filter(pk=card, registrant=held).first()
    if found is not None:
        found.registrant = holder
    return found


def card_for(act: str, *, card: UUID, seen_branch: int | None = None) -> Card:
    """``card_under_lock`` for a card whose state allows ``act``; else ``CardInWrongStateError``."""
    found = card_under_lock(card, seen_branch=seen_branch)
    check_act(act, found.state)
    return found


def change(card: Card, **values: Any) -> None:
    """Write ``values``; one statement."""
    for name, value in values.items():
        setattr(card, name, value)
    Card.objects.filter(pk=card.pk).update(**values)


def valid_print(card: Card) -> CardIssue | None:
    """The print that is valid, under lock."""
    return CardIssue.objects.select_for_update().filter(card=card, voided_on=None).first()


def traces(
    actor: Actor,
    card: Card,
    act: CardDeed,
    *,
    reason: str = "",
    effective_on: dt.date | None = None,
    of_branch: int | None = None,
    **detail: Any,
) -> list[models.Model]:
    """The unsaved act and audit entry of what was done with a card. ``detail`` holds codes and counts.

    ``of_branch``: the print that the act is about, where it is not the valid one.
    """
    return [
        CardAct(
            card_id=card.pk,
            at=clock.now(),
            act=act,
            branch=card.branch if of_branch is None else of_branch,
            effective_on=effective_on or clock.today(),
            actor_kind=actor.kind,
            actor_id=actor.id,
            reason=reason,
        ),
        entry(
            actor,
            Action.CHANGE,
            object_type="card",
            object_id=card.pk,
            persons=[card.registrant_id],
            act=act.value,
            kind=card.kind,
            **detail,
        ),
    ]


def leave_trace(actor: Actor, card: Card, act: CardDeed, **told: Any) -> None:
    """Write ``traces``; one statement."""
    insert_together(*traces(actor, card, act, **told))


def is_senior(card: Card) -> bool:
    """Whether it is a 登録証."""
    return card.kind == CardKind.SENIOR
