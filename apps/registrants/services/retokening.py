"""Tokens under the key in use for cards that have none: after a rotation, a change of name, an import.

Works in batches, each its own transaction: interrupted, it goes on where it was, since what is done has its tokens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from apps.registrants.models import Card, CardKind, CardState, CardToken
from apps.registrants.queries.holders import holder_tokens
from apps.registrants.services.clearing import token_row
from kernel import clock
from shared.seniorcards import upkeep
from shared.seniorcards.tokens import KeyRefusedError, NamedTokens, keys
from tenants.models import Tenant

BATCH: Final = 500
FIRST: Final = UUID(int=0)
Page = Callable[[UUID, int], list[UUID]]


def retoken_all(*, batch: int = BATCH) -> Iterator[int]:
    """Give every card of this tenant that lacks it a token under the key in use; yields how many each batch did.

    A card whose new tokens are those of another live card keeps what it had, and the city is told.
    """
    for page in (_cards_without, _rows_without):
        for cards in _pages(page, batch):
            retoken(cards)
            yield len(cards)


def every_schema() -> list[str]:
    """All tenants, also suspended and closed ones: their cards stand in the index too. As the city's role."""
    return sorted(Tenant.objects.values_list("schema_name", flat=True))


def retoken(cards: Sequence[UUID]) -> None:
    """New tokens for ``cards``, in the index and in the tenant's own copy; one transaction. ``KeyRefusedError``."""
    with transaction.atomic():
        fits = _put(cards)
    if not fits:  # outside, so that the city stays told
        raise KeyRefusedError


def follow_holders(registrants: Collection[UUID]) -> None:
    """Let the index know the 登録証 in force of ``registrants`` by their holders' names as they are now.

    In the transaction of what changed a name or a holder, whose triggers took the tenant's copy of the tokens: no other
    facility finds nobody in between. Without keys that fit, the hourly task goes on asking for them. Where another card
    has these very tokens this one keeps what it had, and the city is told.
    """
    if not settings.SENIOR_KEYS:
        return
    lacking = _live_without_tokens().filter(registrant__in=registrants).order_by("pk")
    cards = list(lacking.values_list("pk", flat=True))
    if cards:
        _put(cards)


def rebuild_all(run: UUID, *, batch: int = BATCH) -> Iterator[int]:
    """Make the rows of all this tenant's cards anew, beside the index. ``KeyRefusedError``."""
    for cards in _pages(_known_cards, batch):
        upkeep.rebuild_put(run, [(card.pk, named) for card, named in _tokens(cards)])
        yield len(cards)


def forget_key(kid: str) -> None:
    """Remove the tenant's copies of tokens under ``kid``."""
    CardToken.objects.filter(kid=kid).delete()


def _put(cards: Sequence[UUID]) -> bool:
    """New tokens for ``cards``; False, and nothing done but telling the city, where the keys do not fit."""
    rows = _tokens(cards)
    fits = upkeep.retoken([(card.pk, named) for card, named in rows])
    if fits:
        CardToken.objects.filter(card__in=cards).delete()
        CardToken.objects.bulk_create(token_row(card, named) for card, named in rows)
    return fits


def _pages(page: Page, size: int) -> Iterator[list[UUID]]:
    last = FIRST
    while cards := page(last, size):
        yield cards
        last = cards[-1]


def _live_without_tokens() -> QuerySet[Card]:
    live = Card.objects.filter(kind=CardKind.SENIOR, state__in=[CardState.ACTIVE, CardState.SUSPENDED])
    return live.exclude(tokens__kid=keys()[0].kid)


def _cards_without(after: UUID, size: int) -> list[UUID]:
    lacking = _live_without_tokens().filter(pk__gt=after)
    return list(lacking.order_by("pk").values_list("pk", flat=True)[:size])


def _rows_without(after: UUID, size: int) -> list[UUID]:
    return upkeep.lacking(keys()[0].kid, after, size)


def _known_cards(after: UUID, size: int) -> list[UUID]:
    oldest = clock.today() - dt.timedelta(days=366 * settings.SENIOR_KEEP_YEARS)
    known = Card.objects.filter(kind=CardKind.SENIOR, pk__gt=after, tokens__isnull=False) | Card.objects.filter(
        kind=CardKind.SENIOR, pk__gt=after, state=CardState.LAPSED, issued_on__isnull=False, lapsed_on__gte=oldest
    )
    return list(known.distinct().order_by("pk").values_list("pk", flat=True)[:size])


def _tokens(cards: Sequence[UUID]) -> list[tuple[Card, NamedTokens]]:
    found = Card.objects.select_related("registrant").filter(pk__in=cards, registrant__birth_date__isnull=False)
    return [(card, named) for card in found.order_by("pk") for named in holder_tokens(card)]
