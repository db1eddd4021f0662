"""The persons of an incident at their own facility's desk, with their names and what became of their letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from apps.compliance.models.incidents import AffectedPerson, Incident, IncidentLetter
from apps.registrants.models import Registrant


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person concerned, as the tenant knows them now."""

    registrant: Registrant
    printed: dt.date | None
    sent: dt.date | None
    how: str
    """The newest of ``Sending``, or ""."""

    @property
    def is_returned(self) -> bool:
        """Whether the letter came back, and nothing was sent since."""
        return self.how == "returned"


def addressees(incident: Incident) -> list[Addressee]:
    """In the order of their kana; three statements."""
    persons = AffectedPerson.objects.filter(incident=incident, is_excluded=False).values_list("registrant", flat=True)
    letters: dict[UUID, list[IncidentLetter]] = {}
    for letter in IncidentLetter.objects.filter(incident=incident).order_by("id"):
        letters.setdefault(letter.registrant, []).append(letter)
    rows = Registrant.objects.filter(pk__in=list(persons)).order_by("kana_key", "number")
    return [_addressee(row, letters.get(row.pk, [])) for row in rows]


def _addressee(registrant: Registrant, letters: list[IncidentLetter]) -> Addressee:
    printed = [letter.on for letter in letters if letter.act == "printed"]
    told = [letter for letter in letters if letter.act != "printed"]
    return Addressee(
        registrant=registrant,
        printed=printed[-1] if printed else None,
        sent=told[-1].on if told else None,
        how=told[-1].act if told else "",
    )
