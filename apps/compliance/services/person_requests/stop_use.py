"""利用停止の実施: the mark on the registrant, with the act that says so; and its lifting, with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.person_request_errors import RequestStepError
from apps.compliance.queries.person_requests import asked
from apps.compliance.rules.person_requests import Kind, Step
from apps.compliance.services.incidents.parts import Signer
from apps.compliance.services.person_requests.steps import take_request_step
from apps.registrants.models import UseStop
from apps.registrants.queries.merging import with_those_kept
from apps.registrants.rules.standing import check_reason
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def stop_use(*, signer: Signer, request: UUID) -> None:
    """Mark the registrant of a granted request, and record it as carried out. ``RequestStepError`` before that.

    A record that was merged meanwhile is marked with the one that was kept, so that parting them loses no mark.
    """
    with transaction.atomic():
        seen = asked(request)
        if seen.request.kind != Kind.SUSPENSION:
            raise RequestStepError
        take_request_step(signer=signer, request=request, step=Step.CARRIED_OUT, on=clock.today())
        for registrant in with_those_kept(seen.request.registrant):
            UseStop.objects.get_or_create(
                registrant_id=registrant,
                lifted_at=None,
                defaults={"request": request, "since": clock.now(), "by": signer.actor.id},
            )


def live_stop(request: UUID) -> UseStop | None:
    """A mark that a request has put on somebody here and that still holds; one statement."""
    return UseStop.objects.filter(request=request, lifted_at=None).first()


def lifted_stop(request: UUID) -> UseStop | None:
    """The mark that a request had put on somebody here and that was lifted; one statement."""
    return UseStop.objects.filter(request=request, lifted_at__isnull=False).first()


def lift_stop(*, signer: Signer, request: UUID, reason: str) -> None:
    """Lift what a request has stopped: the person is found and exported again. The marks stay, with the reason.

    A record that was merged is lifted with the one that was kept. ``ReasonMissingError``, ``ReasonTooLongError``;
    ``RequestStepError`` where nothing is stopped (any more).
    """
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = list(UseStop.objects.select_for_update().filter(request=request, lifted_at=None).order_by("pk"))
        if not found:
            raise RequestStepError
        values = {"lifted_at": clock.now(), "lifted_by": signer.actor.id, "lift_reason": cleaned}
        UseStop.objects.filter(pk__in=[one.pk for one in found]).update(**values)
        insert_together(
            entry(
                signer.actor,
                Action.CHANGE,
                object_type="person_request",
                object_id=request,
                persons=[one.registrant_id for one in found],
                act="lift_stop",
            )
        )
