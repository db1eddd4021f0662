"""A request of a person is received at the desk or the city, and each further step is recorded once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from apps.compliance.models.person_requests import PersonRequest, PersonRequestAct
from apps.compliance.person_request_errors import NoteNamesSomebodyError, RequestDayError
from apps.compliance.queries.person_requests import Asked, asked, disclosable, period_on
from apps.compliance.rules.person_requests import (
    Decision,
    Kind,
    Step,
    check_decision,
    check_range,
    check_received,
    check_step,
)
from apps.compliance.services.incidents.parts import Signer, lock
from kernel import clock
from kernel.wareki import fiscal_year
from kernel.width import bare
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together

TELLTALE: Final = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked for, by whom, and what was shown of identity."""

    kind: str
    claimant: str
    document: str
    received_on: dt.date
    note: str


def receive(*, signer: Signer, tenant: str, registrant: UUID, claim: Claim) -> PersonRequest:
    """Receive a request. Raises ``RequestDayError``, ``NoteNamesSomebodyError``."""
    check_received(claim.received_on, clock.today())
    note = _note(claim.note)
    with transaction.atomic():
        lock(f"person requests of {tenant}")
        year = fiscal_year(claim.received_on)
        last = PersonRequest.objects.filter(tenant=tenant, fiscal_year=year).aggregate(last=Max("serial"))["last"]
        made = PersonRequest(
            pk=uuid4(),
            tenant=tenant,
            fiscal_year=year,
            serial=(last or 0) + 1,
            kind=claim.kind,
            registrant=registrant,
            claimant=claim.claimant,
            document=claim.document,
            received_on=claim.received_on,
            days=period_on(claim.received_on),
            note=note,
        )
        insert_together(
            made,
            _act(signer, made, Step.RECEIVED, claim.received_on),
            entry(
                signer.actor,
                Action.CREATE,
                object_type="person_request",
                object_id=made.pk,
                persons=[registrant],
                kind=claim.kind,
            ),
        )
    return made


@dataclass(frozen=True, slots=True)
class Part:
    """The sections of a disclosure that are granted, and the ground for refusing the others (法78条1項)."""

    granted: tuple[str, ...] = ()
    ground: str = ""


def take_request_step(
    *,
    signer: Signer,
    request: UUID,
    step: Step,
    note: str = "",
    decision: Decision | None = None,
    part: Part | None = None,
    on: dt.date,
) -> Asked:
    """Extend, decide, carry out or withdraw. Raises ``UnknownRequestError``, ``RequestStepError``,
    ``DecisionReasonError``, ``DisclosureRangeError``, ``RequestDayError``, ``NoteNamesSomebodyError``.
    """
    said = _note(note)
    with transaction.atomic():
        lock(f"person request {request}")
        seen = asked(request)
        check_step(step, seen.done, seen.decision)
        if step is Step.DECIDED or decision is not None:
            check_decision(Kind(seen.request.kind), decision or Decision.REFUSED, said)
            part = _part(seen, decision, part or Part())
        elif step is Step.EXTENDED:
            check_decision(Kind.DISCLOSURE, Decision.REFUSED, said)
        if not seen.request.received_on <= on <= clock.today():
            raise RequestDayError(field="on")
        act = _act(signer, seen.request, step, on, note=said, decision=decision.value if decision else "", part=part)
        insert_together(
            act,
            entry(
                signer.actor,
                Action.CHANGE,
                object_type="person_request",
                object_id=request,
                persons=[seen.request.registrant],
                act=step.value,
            ),
        )
        return asked(request)


def _part(seen: Asked, decision: Decision | None, part: Part) -> Part | None:
    """What is kept of ``part``: something only where a disclosure is granted in part."""
    if seen.request.kind != Kind.DISCLOSURE or decision is not Decision.PARTLY:
        return None
    known = disclosable()
    check_range(Kind.DISCLOSURE, decision, part.granted, part.ground, known)
    return part


def _note(text: str) -> str:
    tidy = text.strip()
    if TELLTALE.search(bare(tidy)):
        raise NoteNamesSomebodyError(field="note")
    return tidy


def _act(
    signer: Signer,
    request: PersonRequest,
    step: Step,
    on: dt.date,
    *,
    note: str = "",
    decision: str = "",
    part: Part | None = None,
) -> PersonRequestAct:
    return PersonRequestAct(
        request=request,
        tenant=request.tenant,
        step=step,
        on=on,
        at=clock.now(),
        by_kind=signer.actor.kind,
        by=signer.actor.id,
        by_name=signer.name,
        decision=decision,
        note=note,
        granted=list(part.granted) if part else [],
        ground=part.ground if part else "",
    )
