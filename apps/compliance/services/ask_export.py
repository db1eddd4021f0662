"""A facility asks to take persons' data out (持出しの申請), or gives it up again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.errors import ExportStateError, UnknownExportError
from apps.compliance.models.exports import ExportRequest
from apps.compliance.rules.exports import OPEN, Outcome, Wish, check_count, check_fields, check_span, stage_of
from apps.registrants.queries.exporting import fields_to_export, people_in
from apps.registrants.rules.choosing import Chosen
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry, record
from shared.inserts import insert_together
from shared.staff.models import StaffAccount
from shared.vault.keeping import destroy
from shared.vault.models import Destruction


def ask_export(*, actor: Actor, tenant: str, wish: Wish) -> ExportRequest:
    """The request, with the number of people that the system counts. The rules' errors of ``rules.exports``."""
    known = fields_to_export()
    reason = check_fields(wish.fields, known, wish.sensitive_reason)
    check_span(wish.until_from, wish.until_to)
    found = people_in(Chosen(wish.kind, wish.states, wish.until_from, wish.until_to)).count()
    check_count(found)
    clerk = StaffAccount.objects.get(pk=str(actor.id))
    asked = ExportRequest(
        tenant=tenant,
        asked_at=clock.now(),
        asked_by=clerk.pk,
        asked_login=clerk.login_id,
        asked_name=clerk.name,
        purpose=wish.purpose.code,
        note=wish.purpose.note,
        kind=wish.kind,
        states=list(wish.states),
        until_from=wish.until_from,
        until_to=wish.until_to,
        fields=[name for name in known if name in wish.fields],
        sensitive_reason=reason,
        encoding=wish.encoding,
        expected=found,
    )
    trace = entry(
        actor, Action.EXPORT, object_type="export", object_id=asked.pk, purpose=asked.note, act="ask", count=found
    )
    insert_together(asked, trace)
    return asked


def withdraw_export(*, actor: Actor, request: UUID) -> None:
    """Give a request up; a file that was made is destroyed. ``UnknownExportError``, ``ExportStateError``."""
    with transaction.atomic():
        found = ExportRequest.objects.select_for_update().filter(pk=request).first()
        if found is None:
            raise UnknownExportError
        if stage_of(found.decision, found.outcome, fetch_by=found.fetch_by, now=clock.now()) not in OPEN:
            raise ExportStateError
        ExportRequest.objects.filter(pk=request).update(outcome=Outcome.WITHDRAWN)
        if found.file:
            destroy([found.file], Destruction.WITHDRAWN)
        record(actor, Action.EXPORT, object_type="export", object_id=request, act="withdraw")
