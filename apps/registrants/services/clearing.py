"""Letting a 登録証 be issued: only after the duplicate check, and only one to a person."""

from __future__ import annotations

from typing import Final

from apps.registrants.card_errors import UnknownCardError
from apps.registrants.index_errors import CardExistsError, CardNotCheckedError, CardUnresolvedError
from apps.registrants.models import Card, CardToken
from apps.registrants.queries.holders import asked_tokens
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.seniorcards.asking import clear
from shared.seniorcards.tokens import REVERSED, KeyRefusedError, NamedTokens

REFUSALS: Final[dict[str, type[DomainError]]] = {
    "unchecked": CardNotCheckedError,
    "exists": CardExistsError,
    "unresolved": CardUnresolvedError,
    "card": UnknownCardError,
    "key": KeyRefusedError,
}


def clear_for_issue(*, card: Card, actor: Actor) -> None:
    """Enter ``card`` into the index of all facilities, inside the transaction that issues it.

    The duplicate check of the holder's names as they are now must have been made in the last 30 days. Whoever issues
    to the same person at another facility waits for this transaction, and is then refused. Cards that were entered
    before (a re-issue) pass, unless the holder's names changed: then they are checked again.
    ``CardNotCheckedError``, ``CardExistsError``, ``CardUnresolvedError``, ``UnknownCardError``, ``KeysMissingError``,
    ``KeyRefusedError``.
    """
    asked = asked_tokens(card)
    outcome, namesake = clear(card.pk, asked)
    if outcome in REFUSALS:
        raise REFUSALS[outcome]
    tokens = [named for named in asked if named.role != REVERSED]
    keep_tokens(card, tokens)
    if card.namesake_seq != namesake:
        card.namesake_seq = namesake
        Card.objects.filter(pk=card.pk).update(namesake_seq=namesake)
    record(
        actor,
        Action.CREATE,
        object_type="senior_index",
        object_id=card.pk,
        persons=[card.registrant_id],
        names=len(tokens),
    )


def keep_tokens(card: Card, tokens: list[NamedTokens]) -> None:
    """The tenant's own copy of what stands in the index: what a rotation has done is read from it."""
    CardToken.objects.filter(card=card).delete()
    CardToken.objects.bulk_create(token_row(card, named) for named in tokens)


def token_row(card: Card, named: NamedTokens) -> CardToken:
    """An unsaved row of the tenant's copy."""
    made = named.tokens
    return CardToken(card=card, name_role=named.role, kid=made.kid, t1=made.t1, t2=made.t2, t3=made.t3, t4=made.t4)
