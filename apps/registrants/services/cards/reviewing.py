"""現況確認 of many cards at once, each in a transaction of its own and told if it cannot be noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from apps.registrants.card_errors import NothingToReviewError
from apps.registrants.models import ReviewWay
from apps.registrants.queries.due_cards import numbers_of
from apps.registrants.rules.cards import check_review_day
from apps.registrants.services.cards.standing import review_card
from kernel import clock
from kernel.errors import DomainError
from shared.actor import Actor

MOST_REVIEWS: Final = 50
"""Cards of one page."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """What came of it."""

    noted: Sequence[UUID]
    refused: Sequence[tuple[UUID, str, DomainError]]
    """Card, its number (empty for one that is not the tenant's), and why."""


def review_cards(*, actor: Actor, cards: Sequence[UUID], on: dt.date, way: ReviewWay) -> Reviews:
    """Note for each of ``cards`` that its holder's circumstances were confirmed on the day ``on``, and how.

    ``NothingToReviewError``, ``ReviewInFutureError``: then nothing is noted. What is in the way of one card alone
    comes back with it; the others are noted.
    """
    wanted = list(dict.fromkeys(cards))
    if not 1 <= len(wanted) <= MOST_REVIEWS:
        raise NothingToReviewError(field="cards", most=MOST_REVIEWS)
    check_review_day(on, today=clock.today(), issued_on=None, reviewed_on=None)
    noted: list[UUID] = []
    refused: list[tuple[UUID, DomainError]] = []
    for card in wanted:
        try:
            review_card(actor=actor, card=card, on=on, way=way)
        except DomainError as error:
            refused.append((card, error))
        else:
            noted.append(card)
    numbers = numbers_of([card for card, _ in refused])
    return Reviews(noted, [(card, numbers.get(card, ""), error) for card, error in refused])
