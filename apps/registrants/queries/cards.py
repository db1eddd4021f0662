"""Reading the cards of the tenant, their prints, and who issues them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from apps.registrants.card_errors import UnknownCardError, UnknownIssuerError
from apps.registrants.models import Card, CardAct, CardDeed, CardIssue, CardState
from apps.registrants.rules.card_issuer import CardIssuer, card_issuer
from shared.catalogue.models import CatalogueFacility
from shared.staff.models import StaffAccount
from tenants.models import OperatorAssignment, OperatorKind
from tenants.scope import scoped_connection

MAKES: Final = frozenset({CardDeed.ISSUE, CardDeed.REISSUE, CardDeed.RENEW, CardDeed.IMPORT, CardDeed.APPLY})
"""The acts that a line of the register is itself."""


def card_of(card: UUID) -> Card:
    """A card with its holder and its prints; two statements. ``UnknownCardError``."""
    found = _with_issues(Card.objects.filter(pk=card)).first()
    if found is None:
        raise UnknownCardError
    return found


def cards_of(registrant: UUID) -> list[Card]:
    """The cards of a registrant, the newest first; one statement."""
    return list(Card.objects.filter(registrant=registrant))


def acts_of(card: UUID) -> list[CardAct]:
    """What was done with a card, the newest first, each with ``doer``: a staff member's name. One statement."""
    return list(_with_doer(CardAct.objects.filter(card=card)).order_by("-at", "-id"))


def _with_doer(acts: QuerySet[CardAct]) -> QuerySet[CardAct]:
    names = StaffAccount.objects.filter(pk=OuterRef("actor_id")).values("name")
    return acts.annotate(doer=Subquery(names))


def waiting_prints() -> QuerySet[CardIssue]:
    """The valid prints that are not handed over yet (未交付), the oldest first."""
    return CardIssue.objects.filter(card__state=CardState.ACTIVE, voided_on=None, handed_over_on=None).select_related(
        "card__registrant"
    )


def lies_in_office(card: UUID) -> bool:
    """Whether the valid print of ``card`` was not handed over yet, by the register; one statement."""
    return CardIssue.objects.filter(card=card, voided_on=None, handed_over_on=None).exists()


def register_of(kind: str, year: int) -> QuerySet[CardIssue]:
    """The register of issues (交付台帳): the prints of one kind that were made in the fiscal year, in order.

    With the acts on each card, for ``acts_of_print``: two statements in all.
    """
    first, last = dt.date(year, 4, 1), dt.date(year + 1, 4, 1)
    return (
        CardIssue.objects.filter(card__kind=kind, made_on__gte=first, made_on__lt=last)
        .select_related("card__registrant")
        .prefetch_related(Prefetch("card__acts", _with_doer(CardAct.objects.order_by("at", "id"))))
        .order_by("made_on", "card__number", "branch")
    )


def acts_of_print(made: CardIssue) -> list[CardAct]:
    """What was done with a card of ``register_of`` while ``made`` was its print, its own making left out, in order."""
    return [one for one in made.card.acts.all() if one.branch == made.branch and one.act not in MAKES]


def city_of_tenant() -> str:
    """The municipality whose facilities these are (印西市); one statement. ``UnknownIssuerError`` if none is listed."""
    schema = scoped_connection().scope.schema
    found = CatalogueFacility.objects.filter(tenant__schema_name=schema).values_list("municipality", flat=True).first()
    if found is None:
        raise UnknownIssuerError
    return found


def facilities_of_tenant() -> list[CatalogueFacility]:
    """The tenant's facilities; one statement."""
    schema = scoped_connection().scope.schema
    return list(CatalogueFacility.objects.filter(tenant__schema_name=schema).only("id", "name", "name_en"))


def issuer_on(day: dt.date) -> CardIssuer:
    """In whose name the tenant's cards are issued on ``day``; two statements. ``UnknownIssuerError``."""
    return issuers_on({day})[day]


def issuers_on(days: Collection[dt.date]) -> dict[dt.date, CardIssuer]:
    """``issuer_on`` for each of ``days``; two statements, however many. ``UnknownIssuerError``."""
    schema = scoped_connection().scope.schema
    terms = list(OperatorAssignment.objects.filter(tenant__schema_name=schema).select_related("tenant", "operator"))
    city = city_of_tenant()
    return {day: _issuer(next((term for term in terms if day in term.during), None), city) for day in days}


def _issuer(term: OperatorAssignment | None, city: str) -> CardIssuer:
    if term is None:
        raise UnknownIssuerError
    return card_issuer(
        city=city,
        facility=term.tenant.name,
        is_manager=term.operator.kind == OperatorKind.MANAGER,
        operator=term.operator.name,
        title=term.operator.representative_title,
    )


def _with_issues(cards: QuerySet[Card]) -> QuerySet[Card]:
    issues = CardIssue.objects.order_by("-branch")
    return cards.select_related("registrant").prefetch_related(Prefetch("issues", issues))
