"""Cards on many sheets as one file (カードの一括印刷): ordered at the desk, made by a worker, fetched once.

Nothing is issued here: the prints stand in the register already. A worker finds how each card is set, a sheet at a
time, then lays those that still wait for their holders, and counts them when the file is there: one that is killed
leaves nothing counted, and the next goes on at the sheet it was at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.registrants.card_errors import NothingToPrintError
from apps.registrants.documents.data import CardFace
from apps.registrants.documents.render import CARDS_A_SHEET, fits_of, sheet_pdf
from apps.registrants.models import Card, CardIssue, CardPrintItem, CardPrintJob
from apps.registrants.queries.cards import issuers_on, waiting_prints
from apps.registrants.rules.cards import kept_out_of_print
from apps.registrants.services.cards.faces import face_of
from apps.registrants.services.cards.printing import count_prints
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.vault.printing import jobs
from shared.vault.printing.jobs import ChangedError, Laid, PrintKind

MOST_CARDS: Final = 200
"""Cards in one file: twenty sheets and their backs."""


def order_sheets(*, actor: Actor, cards: Sequence[UUID], start: int) -> CardPrintJob:
    """Order the prints of ``cards`` that still wait for their holders, from the place ``start`` of the first sheet on.

    ``NothingToPrintError`` if none is left, or too many were chosen.
    """
    wanted = list(dict.fromkeys(cards))
    with transaction.atomic():
        found = list(waiting_prints().filter(card__in=wanted[: MOST_CARDS + 1]).values_list("pk", flat=True))
        if not 1 <= len(found) <= MOST_CARDS or actor.id is None:
            raise NothingToPrintError(field="cards", most=MOST_CARDS)
        job = CardPrintJob(ordered_at=clock.now(), ordered_by=actor.id, start=start)
        items = [CardPrintItem(job=job, position=number, issue_id=made) for number, made in enumerate(found, 1)]
        told = entry(actor, Action.CREATE, object_type="card_print_job", object_id=job.pk, count=len(items))
        insert_together(job, *items, told)
    return job


def make_waiting_sheets() -> int:
    """Make every file of cards that waits in this tenant; how many."""
    return jobs.make_waiting(CARD_SHEETS)


def _set(job: CardPrintJob) -> bool:
    """Find how each card is set, each sheet in a transaction of its own; whether the job is still wanted."""
    while sheet := list(_items(job).filter(fit=None)[:CARDS_A_SHEET]):
        if not jobs.is_wanted(job):
            return False
        standing = _standing(sheet)
        for item, fit in zip(standing, fits_of(_faces(standing)), strict=True):
            item.fit = fit
        CardPrintItem.objects.bulk_update(standing, ["fit"])
    return True


def _lay(job: CardPrintJob) -> Laid | None:
    standing = _standing(list(_items(job)))
    if not standing:
        return None
    fits = [item.fit for item in standing]
    pdf = sheet_pdf(_faces(standing), start=job.start, printed_on=clock.today(), fits=fits)
    return Laid(pdf, partial(_count, job, [item.issue for item in standing]))


def _items(job: CardPrintJob) -> QuerySet[CardPrintItem]:
    return CardPrintItem.objects.filter(job=job, left_out="").select_related("issue__card__registrant")


def _faces(items: Sequence[CardPrintItem]) -> list[CardFace]:
    issuers = issuers_on({item.issue.made_on for item in items})
    return [face_of(item.issue.card, item.issue, issuers[item.issue.made_on]) for item in items]


def _standing(items: Sequence[CardPrintItem]) -> list[CardPrintItem]:
    """What of ``items`` still waits for its holder, in order; what does not is left out, with the reason."""
    out: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if why := _why_not(item.issue, item.issue.card.state):
            out[why].append(item.pk)
    for why, gone in out.items():
        CardPrintItem.objects.filter(pk__in=gone).update(left_out=why)
    left = {pk for gone in out.values() for pk in gone}
    return [item for item in items if item.pk not in left]


def _all_wait(job: CardPrintJob) -> bool:
    """Whether every card of the file still waits for its holder: no copy of one that was handed over is given out."""
    return not any(_why_not(item.issue, item.issue.card.state) for item in _items(job))


def _count(job: CardPrintJob, prints: Sequence[CardIssue]) -> list[AuditEntry]:
    """Count one print of each under lock, the cards first; ``ChangedError`` where one is not as the file has it."""
    cards = Card.objects.filter(pk__in=[made.card_id for made in prints]).order_by("pk")
    states = dict(cards.select_for_update(no_key=True).values_list("pk", "state"))
    wanted = CardIssue.objects.filter(pk__in=[made.pk for made in prints]).order_by("pk")
    for now in wanted.select_for_update():
        if _why_not(now, states[now.card_id]):
            raise ChangedError
    actor = Actor(kind="staff", id=job.ordered_by)
    return count_prints(actor, prints, form="sheet", job=str(job.pk))


def _why_not(made: CardIssue, state: str) -> str:
    return kept_out_of_print(state, is_void=made.voided_on is not None, is_handed_over=made.handed_over_on is not None)


CARD_SHEETS: Final = PrintKind(
    jobs=CardPrintJob, object_type="card_print_job", file="cards", lay=_lay, prepare=_set, may_leave=_all_wait
)
