"""Registrants of the tenant who may be the same person as one who is being registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.registrants.models import Registrant, RegistrantKind, RegistrantState
from apps.registrants.rules.duplicates import Likeness, grounds, likeness
from apps.registrants.rules.entry import Person, kana_key, phone_key

MOST: Final = 10
"""So many are shown; a telephone that more people share tells nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registrant who may be the same person, and why."""

    registrant: Registrant
    grounds: tuple[str, ...]


def possible_duplicates(person: Person, *, but: UUID | None = None) -> list[Candidate]:
    """Individuals who may be ``person``, those with the most grounds first; one statement by three indexes.

    Closed registrations are among them (who comes back is reopened); refused and merged ones, and ``but``, are not.
    """
    mine = likeness_of(person)
    near = Q(birth_date=person.birth_date) | Q(phone_key=mine.phone_key)
    near |= Q(kana_key=kana_key(person.family_kana, person.given_kana))
    rows = Registrant.objects.filter(near, kind=RegistrantKind.INDIVIDUAL, merged_into=None)
    rows = rows.exclude(Q(state=RegistrantState.REFUSED) | Q(pk__in=[but] if but else []))
    found = [Candidate(row, grounds(mine, _likeness_of_row(row))) for row in rows]
    return sorted((one for one in found if one.grounds), key=_order)[:MOST]


def likeness_of(person: Person) -> Likeness:
    """What is compared of ``person``."""
    kana = person.family_kana + person.given_kana
    return likeness(kana, person.birth_date, phone_key(person.phone), person.address)


def _likeness_of_row(row: Registrant) -> Likeness:
    return likeness(row.family_kana + row.given_kana, row.birth_date, row.phone_key, row.address)


def _order(one: Candidate) -> tuple[int, str]:
    return -len(one.grounds), one.registrant.number
