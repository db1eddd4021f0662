"""The 登録証 that somebody has to look after: 現況確認 is due, or the last day is near or over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.registrants.models import Card, CardKind, CardState
from apps.registrants.rules.cards import RENEWABLE, reviewed_by
from apps.registrants.rules.policy import Policy

LAST_REVIEW = Coalesce(F("reviewed_on"), F("issued_on"))


def cards_to_review(by: dt.date, policy: Policy) -> QuerySet[Card]:
    """The cards whose 現況確認 is due by the day ``by``, the longest ago first, each with ``last_review``."""
    last = reviewed_by(by, policy)
    held = Card.objects.filter(kind=CardKind.SENIOR, state__in=[CardState.ACTIVE, CardState.SUSPENDED])
    reviewed = held.annotate(last_review=LAST_REVIEW)
    found = reviewed.filter(last_review__lte=last) if last else reviewed.none()
    return found.select_related("registrant").order_by("last_review", "number")


def numbers_of(cards: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of ``cards``, of those that have one; at most one statement."""
    found = Card.objects.filter(pk__in=cards).values_list("pk", "number") if cards else ()
    return {card: number for card, number in found if number}


def cards_that_end(by: dt.date) -> QuerySet[Card]:
    """The cards in force whose last day is by ``by``, or over and not renewed yet, the first to end first."""
    found = Card.objects.filter(is_ending(by))
    return found.select_related("registrant").order_by("valid_until", "number")


def is_ending(by: dt.date) -> Q:
    """That a 登録証 in force ends by ``by``."""
    return Q(kind=CardKind.SENIOR, state=CardState.ACTIVE, valid_until__lte=by)


def renewable_until(today: dt.date) -> dt.date:
    """The last day that is near enough to be renewed today."""
    return today + RENEWABLE
