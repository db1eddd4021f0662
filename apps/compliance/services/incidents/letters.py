"""Letters to the persons (本人通知): printed at the facility's desk from its own register, never kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.compliance.documents.incidents import Letter, LetterSheet, letters_pdf
from apps.compliance.incident_errors import AfterNowError, NobodyAffectedError, NoticedBeforeError
from apps.compliance.incident_texts import Sending
from apps.compliance.models.incidents import Incident, IncidentLetter
from apps.compliance.queries.incident_letters import Addressee, addressees
from apps.compliance.queries.incidents import Seen, seen_of
from apps.compliance.rules.incident_items import Item
from apps.compliance.services.incidents.parts import Signer, signed, taken
from kernel import clock
from shared.audit.models import Action
from shared.audit.record import entry
from shared.catalogue.models import CatalogueFacility
from shared.inserts import insert_together
from tenants.models import Tenant

AT_ONCE: Final = 100
"""Letters in one file, so that a printing ends within seconds."""
TOLD: Final = (Item.OVERVIEW, Item.DATA, Item.CAUSE, Item.SECONDARY, Item.TO_PERSONS, Item.PREVENTION)


def print_letters(*, signer: Signer, incident: UUID, registrants: Collection[UUID] = ()) -> bytes:
    """The letters of ``registrants``, or of the next ``AT_ONCE`` for whom none was printed yet, as one PDF.

    Raises ``UnknownIncidentError``, ``NobodyAffectedError``.
    """
    with transaction.atomic():
        found = taken(incident)
        wanted = [one for one in addressees(found) if _is_wanted(one, registrants)][:AT_ONCE]
        if not wanted:
            raise NobodyAffectedError
        people = [one.registrant.pk for one in wanted]
        insert_together(
            *(IncidentLetter(**signed(signer, found), registrant=pk, act="printed", on=clock.today()) for pk in people),
            entry(signer.actor, Action.PRINT, object_type="incident_letters", object_id=found.pk, persons=people),
        )
        return letters_pdf(_sheet(found, seen_of(found), wanted))


def mark_letters(*, signer: Signer, incident: UUID, registrants: Collection[UUID], how: Sending, on: dt.date) -> int:
    """Record how and when ``registrants`` were told, or that their letters came back: of how many.

    Raises ``UnknownIncidentError``, ``NobodyAffectedError``, ``AfterNowError``, ``NoticedBeforeError``.
    """
    with transaction.atomic():
        found = taken(incident)
        if on > clock.today():
            raise AfterNowError(field="on")
        if on < seen_of(found).known:
            raise NoticedBeforeError(field="on")
        people = [one.registrant.pk for one in addressees(found) if one.registrant.pk in registrants]
        if not people:
            raise NobodyAffectedError
        insert_together(
            *(IncidentLetter(**signed(signer, found), registrant=pk, act=how, on=on) for pk in people),
            entry(
                signer.actor,
                Action.CHANGE,
                object_type="incident_letters",
                object_id=found.pk,
                persons=people,
                how=how,
                told=len(people),
            ),
        )
    return len(people)


def _is_wanted(one: Addressee, registrants: Collection[UUID]) -> bool:
    return one.registrant.pk in registrants if registrants else one.printed is None


def _sheet(found: Incident, seen: Seen, wanted: Sequence[Addressee]) -> LetterSheet:
    tenant = Tenant.objects.get(schema_name=found.tenant)
    place = CatalogueFacility.objects.filter(tenant=tenant).order_by("number").first()
    return LetterSheet(
        facility=tenant.name,
        address=place.address if place else "",
        phone=place.phone if place else "",
        printed_on=clock.today(),
        noticed_on=seen.known,
        items=tuple((item.value, text) for item in TOLD if (text := seen.version.items.get(item, ""))),
        letters=tuple(_letter(one) for one in wanted),
    )


def _letter(one: Addressee) -> Letter:
    person = one.registrant
    return Letter(
        postal_code=f"{person.postal_code[:3]}-{person.postal_code[3:]}",
        address=person.address,
        group=person.group_name,
        name=person.person_name,
    )
