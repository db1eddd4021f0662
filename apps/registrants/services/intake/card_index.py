"""登録証 of before, entered into the index of all facilities in batches; what collides there stays 申請中."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from apps.registrants.models import Card, CardToken
from apps.registrants.queries.holders import holder_tokens
from apps.registrants.services.clearing import token_row
from shared.seniorcards.tokens import KeyRefusedError, KeysMissingError
from shared.seniorcards.upkeep import retoken

CHECK_NOW: Final = "SET CONSTRAINTS senior_card_issued IMMEDIATE"
CHECK_LATER: Final = "SET CONSTRAINTS senior_card_issued DEFERRED"


def enter_into_index(cards: Sequence[tuple[UUID, str]]) -> set[UUID]:
    """Let the cards, kept as 申請中 with number, branch and day of issue, be in force with the state given.

    Those whose holder has a card in force at some facility are left 申請中: their ids are returned. Nothing more is
    told of the other card. All are left so where this process has no keys, or not the one in use. Inside a
    transaction.
    """
    if not cards:
        return set()
    rows = Card.objects.select_related("registrant").filter(pk__in=[pk for pk, _ in cards])
    found = {card.pk: card for card in rows}
    return _entered([(found[pk], state) for pk, state in cards])


def _entered(cards: Sequence[tuple[Card, str]]) -> set[UUID]:
    """Try all together, then by halves: few collide."""
    try:
        with transaction.atomic():
            _enter(cards)
    except (KeysMissingError, KeyRefusedError):
        return {card.pk for card, _ in cards}
    except IntegrityError:
        if len(cards) == 1:
            return {cards[0][0].pk}
        half = len(cards) // 2
        return _entered(cards[:half]) | _entered(cards[half:])
    return set()


def _enter(cards: Sequence[tuple[Card, str]]) -> None:
    tokens = [(card, named) for card, _ in cards for named in holder_tokens(card)]
    for state in {state for _, state in cards}:
        ids = [card.pk for card, own in cards if own == state]
        Card.objects.filter(pk__in=ids).update(state=state)
    if not retoken([(card.pk, named) for card, named in tokens]):
        raise KeyRefusedError
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW)
        cursor.execute(CHECK_LATER)
    CardToken.objects.bulk_create([token_row(card, named) for card, named in tokens])
