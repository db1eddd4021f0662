"""Cards in the states that tests begin from; everything goes through the services."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import count
from typing import Any, Final

from apps.registrants.models import Card, CardAct, CardIssue, IdentityDocument, Registrant
from apps.registrants.queries.cards import facilities_of_tenant
from apps.registrants.services.cards.apply import SeniorApplication, apply_for_senior_card
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.services.cards.issue import issue_group_card, issue_senior_card
from shared.actor import Actor
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

_days = count()
OFFICER: Final = Actor(kind="staff", id=uuid.UUID(int=7))


def somebody(schema: str = CHUO) -> Registrant:
    """Somebody old enough whom the duplicate check takes for nobody else: each is born on another day."""
    born = dt.date(1940, 1, 1) + dt.timedelta(days=next(_days))
    return factories.individual(schema, birth_date=born)


def senior_applied(registrant: Registrant | None = None, schema: str = CHUO, **application: Any) -> Card:
    """An application for a 登録証; the tenant has a facility in the catalogue."""
    listed(schema)
    registrant = registrant or somebody(schema)
    with as_tenant(schema):
        return apply_for_senior_card(
            actor=OFFICER,
            registrant=registrant.pk,
            application=SeniorApplication(**{"has_consented": True} | application),
        )


def senior_checked(registrant: Registrant | None = None, schema: str = CHUO, **application: Any) -> Card:
    """An application that the duplicate check has found nothing against."""
    applied = senior_applied(registrant, schema, **application)
    factories.checked_for_duplicates(applied, schema)
    return applied


def senior_issued(registrant: Registrant | None = None, schema: str = CHUO, **application: Any) -> Card:
    """A 登録証 that lies in the office."""
    applied = senior_checked(registrant, schema, **application)
    with as_tenant(schema):
        return issue_senior_card(actor=OFFICER, card=applied.pk)


def senior_held(registrant: Registrant | None = None, schema: str = CHUO, **application: Any) -> Card:
    """A 登録証 in its holder's hands."""
    issued = senior_issued(registrant, schema, **application)
    with as_tenant(schema):
        return hand_over_card(actor=OFFICER, card=issued.pk, document=IdentityDocument.DRIVING_LICENCE)


def group_issued(registrant: Registrant | None = None, schema: str = CHUO) -> Card:
    """A 利用者カード that lies in the office."""
    listed(schema)
    registrant = registrant or factories.group(schema)
    with as_tenant(schema):
        return issue_group_card(actor=OFFICER, registrant=registrant.pk)


def listed(schema: str = CHUO) -> None:
    """The tenant has at least one facility in the city's catalogue, which tells the city."""
    with as_tenant(schema):
        known = bool(facilities_of_tenant())
    if not known:
        factories.facility(schema)


def fresh(card: Card, schema: str = CHUO) -> Card:
    """The card as it stands now."""
    with as_tenant(schema):
        return Card.objects.get(pk=card.pk)


def prints_of(card: Card, schema: str = CHUO) -> list[CardIssue]:
    """Its lines in the register of issues, by branch."""
    with as_tenant(schema):
        return list(CardIssue.objects.filter(card=card).order_by("branch"))


def deeds_of(card: Card, schema: str = CHUO) -> list[str]:
    """What was done with it, in order."""
    with as_tenant(schema):
        return list(CardAct.objects.filter(card=card).values_list("act", flat=True))
