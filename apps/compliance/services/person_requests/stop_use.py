"""利用停止の実施: the mark on the registrant, with the act that says so."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.compliance.person_request_errors import RequestStepError
from apps.compliance.queries.person_requests import asked
from apps.compliance.rules.person_requests import Kind, Step
from apps.compliance.services.incidents.parts import Signer
from apps.compliance.services.person_requests.steps import take_request_step
from apps.registrants.models import UseStop
from kernel import clock


def stop_use(*, signer: Signer, request: UUID) -> None:
    """Mark the registrant of a granted request, and record it as carried out. ``RequestStepError`` before that."""
    with transaction.atomic():
        seen = asked(request)
        if seen.request.kind != Kind.SUSPENSION:
            raise RequestStepError
        take_request_step(signer=signer, request=request, step=Step.CARRIED_OUT, on=clock.today())
        UseStop.objects.get_or_create(
            registrant_id=seen.request.registrant,
            lifted_at=None,
            defaults={"request": request, "since": clock.now(), "by": signer.actor.id},
        )
