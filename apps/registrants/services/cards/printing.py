"""Printing cards, alone or ten on a sheet, and the register of issues (交付台帳); audited, and cards counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.registrants.documents.data import RegisterLine, RegisterSheet
from apps.registrants.documents.render import card_pdf, register_pdf, sheet_pdf
from apps.registrants.errors import NothingToPrintError, PrintHandedOverError, UnknownCardError
from apps.registrants.models import Card, CardIssue
from apps.registrants.queries.cards import issuer_on, register_of, waiting_prints
from apps.registrants.rules.cards import check_act
from apps.registrants.services.cards.faces import TITLES, face_of
from kernel import clock
from kernel.wareki import format_fiscal_year
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together

MOST_CARDS: Final = 100
"""Cards in one file."""


def print_card(*, actor: Actor, card: UUID) -> bytes:
    """The valid print of a card as PDF, as long as it lies in the office: what was handed over is replaced, not copied.

    ``UnknownCardError``, ``CardInWrongStateError``, ``PrintHandedOverError``, ``UnknownIssuerError``.
    """
    with transaction.atomic():
        made = _valid_print(card)
        pdf = card_pdf(face_of(made.card, made, issuer_on(made.made_on)))
        _count(actor, [made], form="card")
    return pdf


def print_sheet(*, actor: Actor, cards: Sequence[UUID], start: int) -> bytes:
    """The prints of ``cards`` that still wait for their holders, on A4 sheets of ten, from the place ``start`` on.

    One that was handed over meanwhile is left out. ``NothingToPrintError`` if none is left, or too many were chosen.
    """
    with transaction.atomic():
        waiting = waiting_prints().select_for_update(of=("self",)).filter(card__in=list(cards)[: MOST_CARDS + 1])
        found = list(waiting)
        if not 1 <= len(found) <= MOST_CARDS:
            raise NothingToPrintError(field="cards", most=MOST_CARDS)
        issuers = {day: issuer_on(day) for day in {one.made_on for one in found}}
        faces = [face_of(one.card, one, issuers[one.made_on]) for one in found]
        pdf = sheet_pdf(faces, start=start, printed_on=clock.today())
        _count(actor, found, form="sheet")
    return pdf


def print_register(*, actor: Actor, kind: str, year: int) -> bytes:
    """交付台帳 of one kind of card and fiscal year as PDF. ``UnknownIssuerError``."""
    today = clock.today()
    register = list(register_of(kind, year))
    sheet = RegisterSheet(
        title=f"{TITLES[kind]}交付台帳",
        fiscal_year=format_fiscal_year(year),
        facility=issuer_on(today).facility,
        printed_on=today,
        lines=[register_line(made) for made in register],
    )
    shown = [made.card.registrant_id for made in register]
    record(
        actor, Action.PRINT, object_type="card_register", object_id=kind, persons=shown, year=year, lines=len(register)
    )
    return register_pdf(sheet)


def register_line(made: CardIssue) -> RegisterLine:
    """A line of the register from a print with its card and holder."""
    return RegisterLine(
        number=made.card.number or "",
        branch=made.branch,
        holder=made.card.registrant.display_name,
        cause=str(made.get_cause_display()),
        made_on=made.made_on,
        handed_over_on=made.handed_over_on,
        returned_on=made.returned_on,
        voided_on=made.voided_on,
    )


def _valid_print(card: UUID) -> CardIssue:
    found = Card.objects.filter(pk=card).first()
    if found is None:
        raise UnknownCardError
    check_act("print", found.state)
    made = (
        CardIssue.objects.select_for_update(of=("self",))
        .select_related("card__registrant")
        .get(card=card, voided_on=None)
    )
    if made.handed_over_on is not None:
        raise PrintHandedOverError
    return made


def _count(actor: Actor, prints: Sequence[CardIssue], *, form: str) -> None:
    CardIssue.objects.filter(pk__in=[made.pk for made in prints]).update(printed=F("printed") + 1)
    insert_together(
        *(
            entry(
                actor,
                Action.PRINT,
                object_type="card",
                object_id=made.card_id,
                persons=[made.card.registrant_id],
                form=form,
                branch=made.branch,
                before=made.printed,
            )
            for made in prints
        )
    )
