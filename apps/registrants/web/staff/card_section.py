"""The cards of a registrant, as the registrant's page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from apps.registrants.models import Card, CardKind, CardState, Registrant, RegistrantKind
from apps.registrants.queries.cards import cards_of
from apps.registrants.rules.standing import CLOSED, REFUSED
from apps.registrants.web.staff.card_forms import PaperForm
from apps.registrants.web.staff.card_roles import may_handle
from shared.documents.renderer import unprintable
from shared.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class CardSection:
    """The cards, the newest first, and which one may be made now: a senior's is applied for, a group's is issued."""

    cards: list[Card]
    may_apply: bool
    may_issue: bool
    paper: PaperForm | None
    """What the application form (様式第５号) is filled in for; for whoever may hold a 登録証."""
    missing: str
    """Characters of a group's name that no font has, where a card may be made of it."""


def card_section(account: StaffAccount | None, registrant: Registrant, state: str) -> CardSection:
    """The section for a registrant who is in ``state`` today; one statement."""
    cards = cards_of(registrant.pk)
    is_group = registrant.kind == RegistrantKind.GROUP
    kind = CardKind.GROUP if is_group else CardKind.SENIOR
    has_one = any(one.state != CardState.LAPSED for one in cards)
    may_make = state == "active" and not has_one and may_handle(account, kind)
    may_issue = may_make and is_group
    missing = unprintable(registrant.display_name) if may_issue else ""
    has_paper = not is_group and state not in (CLOSED, REFUSED) and may_handle(account, kind)
    paper = PaperForm(initial={"act": "change" if has_one else "new"}) if has_paper else None
    return CardSection(cards, may_apply=may_make and not is_group, may_issue=may_issue, paper=paper, missing=missing)
