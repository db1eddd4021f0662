"""What a group's page tells of its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import GroupMember, Registrant, RegistrantKind, RosterSummary
from apps.registrants.queries.roster import discarded_roster_of, member_of, representative_of, roster_of
from apps.registrants.queries.standing import Standing
from apps.registrants.rules.roster import Summary, everybody, summary_of


@dataclass(frozen=True, slots=True)
class Person:
    """A member with the age on the day of the page; ``told`` where it is the age as it was told."""

    row: GroupMember
    age: int | None
    told: bool


@dataclass(frozen=True, slots=True)
class People:
    """A group's roster with its figures, or the figures of the one that was discarded."""

    persons: Sequence[Person]
    summary: Summary
    discarded: RosterSummary | None
    may_change: bool
    may_complete: bool


def people_of(group: Registrant, standing: Standing, today: dt.date, *, works: bool) -> People | None:
    """The people of a group, shown to a clerk who ``works`` on registrations; None of an individual. Two statements."""
    if group.kind != RegistrantKind.GROUP:
        return None
    rows = roster_of(group.pk)
    members = tuple(map(member_of, rows))
    ages = [member.age_by(today) for member in members]
    return People(
        persons=[Person(row, age, row.birth_date is None) for row, age in zip(rows, ages, strict=True)],
        summary=summary_of(everybody(representative_of(group), members), today),
        discarded=None if rows else discarded_roster_of(group.pk),
        may_change=works and "change" in standing.acts and "complete" not in standing.acts,
        may_complete=works and "complete" in standing.acts,
    )


def member_phone(group: UUID, position: int) -> str:
    """The telephone of the member at ``position``; ``UnknownRegistrantError`` if there is none."""
    found = GroupMember.objects.filter(group=group, position=position).exclude(phone="")
    phone = found.values_list("phone", flat=True).first()
    if phone is None:
        raise UnknownRegistrantError
    return phone
