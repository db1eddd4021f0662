"""Reading the cards of the tenant, their prints, and who issues them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from apps.registrants.errors import UnknownCardError, UnknownIssuerError
from apps.registrants.models import Card, CardAct, CardIssue, CardState
from apps.registrants.rules.card_issuer import CardIssuer, card_issuer
from shared.catalogue.models import CatalogueFacility
from shared.staff.models import StaffAccount
from tenants.models import OperatorAssignment, OperatorKind
from tenants.scope import scoped_connection


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
    names = StaffAccount.objects.filter(pk=OuterRef("actor_id")).values("name")
    return list(CardAct.objects.filter(card=card).annotate(doer=Subquery(names)).order_by("-at", "-id"))


def waiting_prints() -> QuerySet[CardIssue]:
    """The valid prints that are not handed over yet (未交付), the oldest first."""
    return CardIssue.objects.filter(card__state=CardState.ACTIVE, voided_on=None, handed_over_on=None).select_related(
        "card__registrant"
    )


def register_of(kind: str, year: int) -> QuerySet[CardIssue]:
    """The register of issues (交付台帳): the prints of one kind that were made in the fiscal year, in order."""
    first, last = dt.date(year, 4, 1), dt.date(year + 1, 4, 1)
    return (
        CardIssue.objects.filter(card__kind=kind, made_on__gte=first, made_on__lt=last)
        .select_related("card__registrant")
        .order_by("made_on", "card__number", "branch")
    )


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
    term = (
        OperatorAssignment.objects.filter(tenant__schema_name=scoped_connection().scope.schema, during__contains=day)
        .select_related("tenant", "operator")
        .first()
    )
    if term is None:
        raise UnknownIssuerError
    return card_issuer(
        city=city_of_tenant(),
        facility=term.tenant.name,
        is_manager=term.operator.kind == OperatorKind.MANAGER,
        operator=term.operator.name,
        title=term.operator.representative_title,
    )


def _with_issues(cards: QuerySet[Card]) -> QuerySet[Card]:
    issues = CardIssue.objects.order_by("-branch")
    return cards.select_related("registrant").prefetch_related(Prefetch("issues", issues))
