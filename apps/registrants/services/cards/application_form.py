"""Printing 様式第５号: for a pen, or filled from the registration and its card; audited, contacts included."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import override

from apps.registrants.card_errors import WrongHolderError
from apps.registrants.documents.senior_form import Applicant, Contact, SeniorForm, senior_form_pdf
from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import (
    Card,
    CardKind,
    EmergencyContact,
    IdentityDocument,
    Qualification,
    Registrant,
    RegistrantKind,
)
from apps.registrants.queries.cards import issuer_on
from apps.registrants.rules.card_issuer import CardIssuer
from kernel import clock
from kernel.birthdays import age_on
from kernel.postal import format_postal
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record

ACTS: Final = ("new", "change", "lost", "damaged")
"""区分 of the form."""


def print_blank_senior_form() -> bytes:
    """The form for a pen. ``UnknownIssuerError``."""
    return senior_form_pdf(_form("", None))


def print_senior_form(*, actor: Actor, registrant: UUID, act: str) -> bytes:
    """The form filled for an individual; their emergency contacts stand on it, so the audit says so.

    ``UnknownRegistrantError``, ``WrongHolderError``, ``UnknownIssuerError``.
    """
    if act not in ACTS:
        raise ValueError("the form is for a new card, a change, or a print that was lost or damaged")
    holder = Registrant.objects.filter(pk=registrant).first()
    if holder is None:
        raise UnknownRegistrantError
    if holder.kind != RegistrantKind.INDIVIDUAL:
        raise WrongHolderError
    made = senior_form_pdf(_form(act, _applicant(holder)))
    record(
        actor,
        Action.PRINT,
        object_type="senior_form",
        object_id=registrant,
        persons=[registrant],
        act=act,
        contacts=True,
    )
    return made


def addressee(issuer: CardIssuer) -> tuple[str, ...]:
    """To whom the form goes: the mayor, or the designated manager with 様."""
    *above, last = issuer.signature
    return (*above, f"{last}　様") if above else (last,)


def _form(act: str, applicant: Applicant | None) -> SeniorForm:
    today = clock.today()
    with override("ja"):
        return SeniorForm(
            addressee=addressee(issuer_on(today)),
            qualifications=[(one.value, str(one.label)) for one in Qualification],
            documents=[str(one.label) for one in IdentityDocument],
            printed_on=today,
            act=act,
            applicant=applicant,
        )


def _applicant(holder: Registrant) -> Applicant:
    card = Card.objects.filter(registrant=holder, kind=CardKind.SENIOR).exclude(state="lapsed").first()
    contacts = EmergencyContact.objects.filter(registrant=holder).order_by("position")
    birth = holder.birth_date
    return Applicant(
        name=holder.display_name,
        kana=f"{holder.family_kana}　{holder.given_kana}",
        birth=birth,
        age=age_on(clock.today(), birth) if birth else None,
        postal_code=format_postal(holder.postal_code),
        address=holder.address,
        phone=holder.phone,
        contacts=[Contact(one.name, one.relation, one.phone) for one in contacts],
        card_number=(card.number or "") if card else "",
        qualification=card.qualification if card else "",
        special_reason=card.special_reason if card else "",
        former_name=card.former_name if card else "",
        has_consented=card is not None and card.consented_on is not None,
    )
