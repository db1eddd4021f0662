"""The duplicate check at the desk (重複確認): ask the index of all facilities, and verify an old card's number."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import IntegrityError

from apps.registrants.card_errors import UnknownCardError
from apps.registrants.index_errors import (
    CheckNotStatedError,
    CheckOverError,
    CheckTooOftenError,
    IdentityNotCheckedError,
    NotCardOfficerError,
    NumberTriedTooOftenError,
)
from apps.registrants.queries.holders import asked_tokens, senior_card
from kernel.errors import DomainError
from shared.actor import Actor
from shared.seniorcards import asking
from shared.seniorcards.asking import Found, Question
from shared.seniorcards.tokens import KeyRefusedError

REFUSALS: Final[dict[str, type[DomainError]]] = {
    "role": NotCardOfficerError,
    "purpose": CheckNotStatedError,
    "identity": IdentityNotCheckedError,
    "card": UnknownCardError,
    "clerk_rate": CheckTooOftenError,
    "tenant_rate": CheckTooOftenError,
    "guessing": NumberTriedTooOftenError,
    "key": KeyRefusedError,
}


def ask_index(*, actor: Actor, card: UUID, purpose: str, identity_checked: bool) -> UUID:
    """Put the question whether the holder of ``card`` has a card elsewhere: the ticket for its answer.

    Outside a transaction: question and refusal are kept whatever follows. ``NotCardOfficerError``,
    ``CheckNotStatedError``, ``IdentityNotCheckedError``, ``CheckTooOftenError``, ``UnknownCardError``,
    ``KeysMissingError``, ``KeyRefusedError``.
    """
    tokens = asked_tokens(senior_card(card))
    return _ticket(actor, Question(card, purpose, identity_checked, tokens))


def answer_of(*, card: UUID, ticket: UUID) -> list[Found]:
    """The answer to a question of the last minutes; ``CheckOverError`` after that, or when a name has changed."""
    tokens = asked_tokens(senior_card(card))
    try:
        return asking.check(ticket, tokens)
    except IntegrityError:
        raise CheckOverError from None


def number_fits(*, actor: Actor, card: UUID, purpose: str, identity_checked: bool, number: str) -> bool:
    """Whether one of the cards that fit bears the old card's ``number``.

    Counted and refused like a check; ``NumberTriedTooOftenError`` after some that did not fit.
    """
    tokens = asked_tokens(senior_card(card))
    ticket = _ticket(actor, Question(card, purpose, identity_checked, tokens, number))
    return asking.verify(ticket, tokens, number)


def _ticket(actor: Actor, question: Question) -> UUID:
    ticket, refusal = asking.ask(actor, question)
    if ticket is None:
        raise REFUSALS[refusal]
    return ticket
