"""A facility is told by mail that a 照会票, its answer or the decision about it waits: where, and nothing of whom.

Each facility's own job looks at what it may see and writes to its own outbox, so that neither of two facilities writes
anything at the other. A mail's id is made of the inquiry and what is told of it: told again, it is the same mail.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from apps.registrants.mail import facility_context
from apps.registrants.rules.inquiring import news
from kernel import clock
from shared.actor import SYSTEM
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.outbox.desks import desk_address, desk_of
from shared.outbox.messages import message
from shared.outbox.models import Message
from shared.seniorcards.inquiries import Letter, letters
from tenants.scope import scoped_connection

TEMPLATE: Final = "registrants/mail/inquiry"


def tell_of_inquiries() -> int:
    """Write the mails that are due; how many. Done again, or by two at once, each is written once."""
    now = clock.now()
    due = {
        uuid5(one.inquiry, what): (one, what)
        for one in letters()
        for what in news(
            is_received=one.is_received,
            opened_at=one.opened_at,
            answered_at=one.answered_at,
            decided_at=one.decided_at,
            is_closed=one.closed_at is not None,
            now=now,
        )
    }
    if not due:
        return 0
    try:
        with transaction.atomic():
            told = set(Message.objects.filter(pk__in=due).values_list("pk", flat=True))
            mails = {pk: one for pk, one in due.items() if pk not in told}
            if mails:
                _write(mails)
    except IntegrityError:  # another process tells of the same at this moment
        return 0
    return len(mails)


def _write(mails: dict[UUID, tuple[Letter, str]]) -> None:
    schema = scoped_connection().scope.schema
    facility = facility_context() | {"desk": desk_address(schema)}
    rows, entries = [], []
    for pk, (letter, what) in mails.items():
        way = "received" if letter.is_received else "sent"
        context = facility | {"what": what, "path": f"/inquiries/{way}/{letter.inquiry}/"}
        row = message(template=TEMPLATE, recipient=desk_of(schema), context=context)
        row.pk = pk
        rows.append(row)
        entries.append(
            entry(SYSTEM, Action.CREATE, object_type="mail", object_id=pk, inquiry=str(letter.inquiry), told=what)
        )
    insert_together(*rows, *entries)
