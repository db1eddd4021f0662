"""Reading how far the print jobs of cards are, and who has some waiting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.registrants.models import Card, CardIssue, CardPrintItem, CardPrintJob
from apps.registrants.queries.cards import waiting_prints
from shared.staff.models import StaffAccount
from shared.vault.printing.model import PrintState
from shared.vault.printing.progress import Progress, file_of, newest_jobs

DONE: Final = Q(items__fit__isnull=False) | ~Q(items__left_out="")


def waiting_schemas() -> list[str]:
    """The tenants that have cards to lay on sheets; one statement, before any role is chosen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.card_print_backlog()")
        return [row[0] for row in cursor.fetchall()]


def kinds_among(cards: Sequence[UUID]) -> list[str]:
    """The kinds that there are among ``cards``; one statement."""
    return sorted(Card.objects.filter(pk__in=cards).values_list("kind", flat=True).distinct())


def kinds_in(job: UUID, account: StaffAccount | None) -> list[str]:
    """The kinds of card in a print job that ``account`` ordered; one statement."""
    if account is None:
        return []
    mine = CardPrintJob.objects.filter(pk=job, ordered_by=account.pk)
    return sorted(mine.values_list("items__issue__card__kind", flat=True).distinct())


def prints_to_choose(kinds: Sequence[str]) -> QuerySet[CardIssue]:
    """``waiting_prints`` of ``kinds``, each with ``is_ordered``: whether it is in a file being made or lying ready."""
    ordered = CardPrintItem.objects.filter(
        issue=OuterRef("pk"), left_out="", job__state__in=[PrintState.WAITING, PrintState.READY]
    )
    return waiting_prints().filter(card__kind__in=kinds).annotate(is_ordered=Exists(ordered))


def card_jobs_of(account: UUID) -> list[Progress]:
    """The newest print jobs of a member of staff; two statements."""
    return newest_jobs(CardPrintJob, account, done=DONE)


def card_progress_of(job: UUID, account: UUID) -> Progress | None:
    """One print job of that member of staff; at most three statements."""
    found = CardPrintJob.objects.filter(pk=job, ordered_by=account).first()
    if found is None:
        return None
    items = list(found.items.select_related("issue__card").order_by("position"))
    return Progress(
        job=found,
        total=len(items),
        done=sum(item.fit is not None or item.left_out != "" for item in items),
        left_out=[(item.issue.card.number or "", item.left_out) for item in items if item.left_out],
        file=file_of(found),
    )
