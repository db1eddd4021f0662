"""Reading a group's people."""

from __future__ import annotations

from uuid import UUID

from apps.registrants.models import GroupMember, Registrant, RosterSummary
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
    return Member(person_key(name, kana), "")
