"""Printing cards, alone or ten on a sheet, and the register of issues (交付台帳); audited, and cards counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.registrants.card_errors import NothingToPrintError, PrintHandedOverError, UnknownCardError
from apps.registrants.documents.data import RegisterLine, RegisterSheet
from apps.registrants.documents.render import CARDS_A_SHEET, card_pdf, register_pdf, sheet_pdf
from apps.registrants.models import Card, CardAct, CardDeed, CardIssue
from apps.registrants.queries.cards import acts_of_print, issuer_on, issuers_on, register_of, waiting_prints
from apps.registrants.rules.cards import check_act
from apps.registrants.services.cards.faces import TITLES, face_of, printed_face
from kernel import clock
from kernel.wareki import format_date, format_fiscal_year
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry, record
from shared.inserts import insert_together

MOST_AT_ONCE: Final = CARDS_A_SHEET
"""Cards that are printed while somebody waits; more are a print job (``print_jobs``)."""


def print_card(*, actor: Actor, card: UUID) -> bytes:
    """The valid print of a card as PDF, as long as it lies in the office: what was handed over is replaced, not copied.

    ``UnknownCardError``, ``CardInWrongStateError``, ``PrintHandedOverError``, ``UnknownIssuerError``.
    """
    with transaction.atomic():
        made = _valid_print(card)
        pdf = card_pdf(face_of(made.card, made, issuer_on(made.made_on)))
        insert_together(*count_prints(actor, [made], form="card"))
    return pdf


def print_sheet(*, actor: Actor, cards: Sequence[UUID], start: int) -> bytes:
    """The prints of up to ten ``cards`` that still wait for their holders, on A4, from the place ``start`` on.

    One that was handed over meanwhile is left out. ``NothingToPrintError`` if none is left, or too many were chosen.
    """
    with transaction.atomic():
        waiting = waiting_prints().select_for_update(of=("self",)).filter(card__in=list(cards)[: MOST_AT_ONCE + 1])
        found = list(waiting)
        if not 1 <= len(found) <= MOST_AT_ONCE:
            raise NothingToPrintError(field="cards", most=MOST_AT_ONCE)
        issuers = issuers_on({one.made_on for one in found})
        faces = [face_of(one.card, one, issuers[one.made_on]) for one in found]
        pdf = sheet_pdf(faces, start=start, printed_on=clock.today())
        insert_together(*count_prints(actor, found, form="sheet"))
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
        holder=register_name(made),
        cause=str(made.get_cause_display()),
        made_on=made.made_on,
        handed_over_on=made.handed_over_on,
        returned_on=made.returned_on,
        voided_on=made.voided_on,
        acts=[_told(act) for act in acts_beside(made)],
    )


def acts_beside(made: CardIssue) -> list[CardAct]:
    """経過 of a line: the acts on the print, but for the handing over, which has a column."""
    return [act for act in acts_of_print(made) if act.act != CardDeed.HAND_OVER]


def register_name(made: CardIssue) -> str:
    """The name that stood on the card when it was issued, whatever the holder is called today."""
    face = printed_face(made)
    return f"{face.name}（券面は代替文字）" if face.is_substitute else face.name


def _told(act: CardAct) -> str:
    reason = f"（{act.reason}）" if act.reason else ""
    return f"{format_date(act.effective_on)}　{act.get_act_display()}{reason}"


def _valid_print(card: UUID) -> CardIssue:
    found = Card.objects.select_for_update(no_key=True).filter(pk=card).first()  # first: so no print takes its place
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


def count_prints(actor: Actor, prints: Sequence[CardIssue], *, form: str, **detail: str) -> list[AuditEntry]:
    """Count one more print of each, in one statement; the unsaved audit entries of it."""
    CardIssue.objects.filter(pk__in=[made.pk for made in prints]).update(printed=F("printed") + 1)
    return [
        entry(
            actor,
            Action.PRINT,
            object_type="card",
            object_id=made.card_id,
            persons=[made.card.registrant_id],
            form=form,
            branch=made.branch,
            before=made.printed,
            **detail,
        )
        for made in prints
    ]
