"""Cards of the demonstration: some groups' 利用者カード, and 登録証 where the desk has a 登録証担当.

Made by the product's services, at the tenant's desk. Who has a card already, or is refused one, is passed over.
"""

from __future__ import annotations

from typing import Final

from apps.registrants.models import (
    Card,
    CardKind,
    CardState,
    IdentityDocument,
    Registrant,
    RegistrantKind,
    RegistrantState,
)
from apps.registrants.queries.cards import facilities_of_tenant
from apps.registrants.rules.card_code import code_of
from apps.registrants.services.cards.apply import SeniorApplication, apply_for_senior_card
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.services.cards.issue import issue_group_card, issue_senior_card
from apps.registrants.services.cards.visits import visit_by_scan
from apps.registrants.services.checking import answer_of, ask_index
from kernel.errors import DomainError
from shared.actor import Actor
from shared.staff.models import Role, StaffAccount

GROUPS: Final = 6
SENIORS: Final = 8
WAITING: Final = 2
"""So many of each still lie in the office, to be printed."""
VISITORS: Final = 4


def make_cards() -> None:
    """Cards for the first groups and, at a desk with a 登録証担当, for the first who are old enough."""
    for registrant in _without_card(RegistrantKind.GROUP, GROUPS):
        _try_group(registrant)
    officer = StaffAccount.objects.filter(roles__contains=[Role.CARD_OFFICER]).first()
    if officer is None:
        return
    actor = Actor(kind="staff", id=officer.pk)
    for registrant in _without_card(RegistrantKind.INDIVIDUAL, SENIORS):
        _try_senior(actor, registrant)
    _visit(actor)


def _without_card(kind: str, most: int) -> list[Registrant]:
    """The first ``most`` of a kind in the order of their numbers, without those who have a card."""
    first = Registrant.objects.filter(kind=kind, state=RegistrantState.ACTIVE).order_by("number")[:most]
    held = set(Card.objects.values_list("registrant", flat=True))
    return [one for one in first if one.pk not in held]


def _try_group(registrant: Registrant) -> None:
    actor = Actor(kind="staff", id=StaffAccount.objects.values_list("pk", flat=True).first())
    try:
        card = issue_group_card(actor=actor, registrant=registrant.pk)
        if _is_handed_over(CardKind.GROUP):
            hand_over_card(actor=actor, card=card.pk, document=None)
    except DomainError:
        return


def _try_senior(actor: Actor, registrant: Registrant) -> None:
    try:
        card = apply_for_senior_card(
            actor=actor, registrant=registrant.pk, application=SeniorApplication(has_consented=True)
        )
        ticket = ask_index(actor=actor, card=card.pk, purpose="new", identity_checked=True)
        answer_of(card=card.pk, ticket=ticket)
        issue_senior_card(actor=actor, card=card.pk)
        if _is_handed_over(CardKind.SENIOR):
            hand_over_card(actor=actor, card=card.pk, document=IdentityDocument.MY_NUMBER_CARD)
    except DomainError:
        return


def _is_handed_over(kind: CardKind) -> bool:
    return Card.objects.filter(kind=kind, number__isnull=False).count() > WAITING


def _visit(actor: Actor) -> None:
    """Some of the holders come today."""
    held = Card.objects.filter(kind=CardKind.SENIOR, state=CardState.ACTIVE, issues__handed_over_on__isnull=False)
    for place in facilities_of_tenant()[:1]:
        for card in held.order_by("number")[:VISITORS]:
            visit_by_scan(actor=actor, text=code_of(str(card.number), card.branch), facility=place.pk)
