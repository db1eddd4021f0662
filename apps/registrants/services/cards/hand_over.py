"""Handing a card to its holder (本人への交付)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.registrants.card_errors import CardIdentityNotCheckedError, CardInWrongStateError, PrintHandedOverError
from apps.registrants.models import Card, CardDeed, CardIssue, IdentityCheck, IdentityDocument
from apps.registrants.services.cards.acting import card_for, check_in_force, is_senior, leave_trace, valid_print
from kernel import clock
from shared.actor import Actor


def hand_over_card(
    *, actor: Actor, card: UUID, document: IdentityDocument | None, seen_branch: int | None = None
) -> Card:
    """Note that the valid print is in its holder's hands; for a 登録証 after seeing ``document`` (本人確認).

    ``CardIdentityNotCheckedError``, ``PrintHandedOverError``, ``CardInWrongStateError``, ``StaleCardError``,
    ``HolderNotInForceError``.
    """
    with transaction.atomic():
        found = card_for("hand_over", card=card, seen_branch=seen_branch)
        check_in_force(found.registrant)
        if is_senior(found) and (document is None or actor.id is None):
            raise CardIdentityNotCheckedError(field="document")
        _note(actor, found)
        if document is not None and actor.id is not None:
            _keep_check(actor.id, found, document)
        leave_trace(actor, found, CardDeed.HAND_OVER, branch=found.branch)
    return found


def _note(actor: Actor, card: Card) -> None:
    made = valid_print(card)
    if made is None:
        raise CardInWrongStateError
    if made.handed_over_on is not None:
        raise PrintHandedOverError
    CardIssue.objects.filter(pk=made.pk).update(handed_over_on=clock.today(), handed_over_by=actor.id)


def _keep_check(by: UUID, card: Card, document: IdentityDocument) -> None:
    IdentityCheck.objects.create(registrant=card.registrant, document=document, on=clock.today(), by=by, at=clock.now())
