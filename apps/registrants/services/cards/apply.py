"""Applying for a card (交付申請)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.registrants.card_errors import ConsentMissingError, HolderHasCardError, WrongHolderError
from apps.registrants.models import Card, CardDeed, CardKind, CardState, Registrant, RegistrantKind
from apps.registrants.queries.cards import city_of_tenant
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.eligibility import (
    AGE,
    Person,
    check_residence,
    check_special_reason,
    valid_from,
)
from apps.registrants.services.cards.acting import check_in_force, holder_under_lock, leave_trace
from kernel import clock
from shared.actor import Actor


@dataclass(frozen=True, slots=True)
class SeniorApplication:
    """What an application for a 登録証 says beyond the registration: by what right, and a former name if wanted.

    ``has_consented``: to the look-up among the cards of the city's facilities (様式第５号), without which none is made.
    """

    qualification: str = AGE
    special_reason: str = ""
    former_name: str = ""
    former_kana: str = ""
    has_consented: bool = False


def apply_for_senior_card(*, actor: Actor, registrant: UUID, application: SeniorApplication) -> Card:
    """An application for a 登録証, kept as 申請中 until the duplicate check clears it and it is issued.

    ``ConsentMissingError``, ``WrongHolderError``, ``HolderNotInForceError``, the errors of ``rules.eligibility``, and
    ``HolderHasCardError``.
    """
    if not application.has_consented:
        raise ConsentMissingError(field="has_consented")
    reason = check_special_reason(application.qualification, application.special_reason)
    today = clock.today()
    with _one_card(), transaction.atomic():
        holder = holder_under_lock(registrant)
        if holder.kind != RegistrantKind.INDIVIDUAL:
            raise WrongHolderError
        check_in_force(holder)
        person = person_of(holder)
        check_residence(person, application.qualification, city_of_tenant())
        first = valid_from(person, application.qualification, on=today, policy=policy_on(today))
        made = Card.objects.create(
            kind=CardKind.SENIOR,
            registrant=holder,
            qualification=application.qualification,
            special_reason=reason,
            former_name=application.former_name,
            former_kana=application.former_kana,
            applied_on=today,
            consented_on=today,
            valid_from=first,
        )
        leave_trace(actor, made, CardDeed.APPLY, reason=reason)
    return made


def group_card_applied_for(actor: Actor, holder: Registrant) -> Card:
    """The 利用者カード of a group as 申請中; inside the transaction of its issue, the group under lock.

    Its number is the group's registration number, so a card that lapsed before goes on, with the next branch.
    """
    if holder.kind != RegistrantKind.GROUP:
        raise WrongHolderError
    lapsed = Card.objects.select_for_update().filter(registrant=holder, kind=CardKind.GROUP).first()
    if lapsed is None:
        card = Card.objects.create(kind=CardKind.GROUP, registrant=holder, applied_on=clock.today())
    else:
        card = _taken_up_again(lapsed)
    leave_trace(actor, card, CardDeed.APPLY)
    return card


def person_of(holder: Registrant) -> Person:
    """What the rules of eligibility look at."""
    return Person(holder.birth_date, holder.address, str(holder.extras.get("residence", "")))


def _taken_up_again(card: Card) -> Card:
    if card.state != CardState.LAPSED:
        raise HolderHasCardError
    values = {"state": CardState.APPLIED, "lapse_cause": "", "lapsed_on": None, "applied_on": clock.today()}
    Card.objects.filter(pk=card.pk).update(**values)
    card.refresh_from_db()
    return card


@contextmanager
def _one_card() -> Iterator[None]:
    """``HolderHasCardError`` where the database finds a second card of the kind."""
    try:
        yield
    except IntegrityError as error:
        if "one_card_a_registrant_and_kind" in str(error):
            raise HolderHasCardError from None
        raise
