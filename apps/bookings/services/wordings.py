"""Entering a version of a text (文言の版) and taking it back, and setting how a facility makes its documents."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from apps.bookings.models import PaperOptions, TextVersion
from apps.bookings.paper_errors import UnknownBlockError, WordingHoldsError, WordingInPastError
from apps.bookings.queries.papers import Options
from apps.bookings.rules.wording_blocks import STANDARD, Block, check_wording
from apps.bookings.rules.wording_texts import BLOCKS
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import entry
from shared.inserts import insert_together

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))"


def block_of(key: str) -> Block:
    """The block that ``key`` names; ``UnknownBlockError``."""
    found = BLOCKS.get(key)
    if found is None:
        raise UnknownBlockError
    return found


def check_text(*, key: str, text: str, valid_from: dt.date) -> tuple[str, ...]:
    """The paragraphs that would be entered. Raises the errors of ``check_wording``, and ``WordingInPastError``."""
    found = check_wording(block_of(key), text)
    if valid_from < clock.today():
        raise WordingInPastError(field="valid_from")
    return found


def enter_text(
    *, actor: Actor, key: str, text: str, valid_from: dt.date, facility: UUID | None = None, note: str = ""
) -> TextVersion:
    """Enter a version that holds from ``valid_from`` on, of one facility or of all. Raises as ``check_text`` does."""
    paragraphs = check_text(key=key, text=text, valid_from=valid_from)
    with transaction.atomic():
        row = TextVersion(
            facility_id=facility,
            key=key,
            number=_next_number(key),
            valid_from=valid_from,
            paragraphs=list(paragraphs),
            note=note.strip(),
            entered_at=clock.now(),
            entered_by=actor.id,
        )
        insert_together(row, _entry(actor, Action.CREATE, row))
    return row


def take_back_text(*, actor: Actor, version: UUID) -> None:
    """Delete a version that does not hold yet. ``UnknownBlockError``, ``WordingHoldsError``."""
    try:
        with transaction.atomic():
            found = TextVersion.objects.filter(pk=version).first()
            if found is None:
                raise UnknownBlockError
            if found.valid_from <= clock.today():
                raise WordingHoldsError
            insert_together(_entry(actor, Action.DELETE, found))
            found.delete()
    except IntegrityError as error:
        if "wording in use stays" not in str(error) and "wording_in_use_stays" not in str(error):
            raise
        raise WordingHoldsError from None


def set_options(*, actor: Actor, facility: UUID, valid_from: dt.date, options: Options) -> None:
    """Set how a facility makes its documents from ``valid_from`` on. ``WordingInPastError``."""
    if valid_from < clock.today():
        raise WordingInPastError(field="valid_from")
    with transaction.atomic():
        PaperOptions.objects.update_or_create(
            facility_id=facility,
            valid_from=valid_from,
            defaults={
                "one_sheet": options.one_sheet,
                "with_reduction": options.with_reduction,
                "always_instructs": options.always_instructs,
                "wide_numerals": options.wide_numerals,
                "approvals": list(options.approvals),
                "entered_at": clock.now(),
                "entered_by": actor.id,
            },
        )
        day = valid_from.isoformat()
        insert_together(entry(actor, Action.CHANGE, object_type="paper_options", object_id=facility, valid_from=day))


def _next_number(key: str) -> int:
    """Under a lock of the block, so that two who enter at once count on."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f":text:{key}"])
    last = TextVersion.objects.filter(key=key).aggregate(last=Max("number"))["last"]
    return (last or STANDARD) + 1


def _entry(actor: Actor, action: Action, row: TextVersion) -> AuditEntry:
    return entry(
        actor,
        action,
        object_type="text_version",
        object_id=row.pk,
        key=row.key,
        number=row.number,
        valid_from=row.valid_from.isoformat(),
    )
