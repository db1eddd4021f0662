"""Reading a group's people."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from apps.registrants.models import GroupMember, Registrant, RosterSummary
from apps.registrants.rules.group_entry import REPRESENTATIVE_BIRTH_DATE, SHORT_NAME
from apps.registrants.rules.group_names import NameForms, names_of
from apps.registrants.rules.roster import Member, person_key


def roster_of(group: UUID) -> list[GroupMember]:
    """The roster (構成員名簿) in its order; one statement."""
    return list(GroupMember.objects.filter(group=group))


def discarded_roster_of(group: UUID) -> RosterSummary | None:
    """The figures of the roster that was discarded last, if one was; one statement."""
    return RosterSummary.objects.filter(group=group).first()


def member_of(row: GroupMember) -> Member:
    """A row as the rules see it."""
    return Member(row.name_key, row.residence, row.birth_date, row.age, row.told_on)


def representative_of(group: Registrant) -> Member:
    """The representative as the rules see them, without what only the roster knows."""
    name, kana = group.family_name + group.given_name, group.family_kana + group.given_kana
    born = group.extras.get(REPRESENTATIVE_BIRTH_DATE)
    return Member(person_key(name, kana), "", birth_date=dt.date.fromisoformat(born) if born else None)


def registered_names(group: Registrant) -> tuple[NameForms, ...]:
    """The forms of the group's name and 略称 in which they are compared."""
    return names_of(group.group_name, group.group_kana, str(group.extras.get(SHORT_NAME, "")))
