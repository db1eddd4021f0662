"""A facility reports an incident (一次報告): the city sees it with the same commit."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from apps.compliance.models.incidents import Incident, IncidentAct, IncidentDraft, IncidentVersion
from apps.compliance.rules.incident_first import FirstReport, check_moments
from apps.compliance.rules.incident_items import Item
from apps.compliance.rules.incidents import Step
from apps.compliance.services.incidents.parts import Signer, lock, signed
from kernel import clock
from kernel.wareki import fiscal_year
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together


def report(*, signer: Signer, tenant: str, draft: UUID, said: FirstReport) -> Incident:
    """Report what ``draft`` became; the same draft twice is one incident. Raises the errors of ``check_moments``."""
    check_moments(said, clock.now())
    with transaction.atomic():
        lock(f"incidents of {tenant}")
        known = Incident.objects.filter(pk=_id(tenant, draft)).first()
        if known is not None:
            return known
        made = _incident(tenant, draft, said)
        insert_together(made)
        insert_together(
            *_acts(signer, made),
            _first_version(signer, made),
            entry(signer.actor, Action.CREATE, object_type="incident", object_id=made.pk),
        )
        IncidentDraft.objects.filter(key=draft).delete()
    return made


def _id(tenant: str, draft: UUID) -> UUID:
    """The same draft always becomes the same incident, and never another facility's."""
    return uuid5(draft, tenant)


def _incident(tenant: str, draft: UUID, said: FirstReport) -> Incident:
    year = fiscal_year(_day(said.noticed))
    last = Incident.objects.filter(tenant=tenant, fiscal_year=year).aggregate(last=Max("serial"))["last"]
    return Incident(
        pk=_id(tenant, draft),
        tenant=tenant,
        fiscal_year=year,
        serial=(last or 0) + 1,
        kind=said.kind,
        occurred_at=said.occurred,
        noticed_at=said.noticed,
        phoned_at=said.phoned,
        reported_at=clock.now(),
        what=said.what,
        persons_about=said.persons,
        medium=said.medium,
        encrypted=said.encrypted,
        recovered=said.recovered,
    )


def _acts(signer: Signer, made: Incident) -> list[IncidentAct]:
    days = ((Step.NOTICED, _day(made.noticed_at)), (Step.REPORTED, clock.today()))
    return [IncidentAct(**signed(signer, made), step=step, on=day) for step, day in days]


def _first_version(signer: Signer, made: Incident) -> IncidentVersion:
    persons = "" if made.persons_about is None else f"約{made.persons_about:,}人（一次報告の時点）"
    items = {Item.OVERVIEW.value: made.what, Item.PERSONS.value: persons}
    return IncidentVersion(**signed(signer, made), number=1, items=items, persons=made.persons_about)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.TOKYO).date()
