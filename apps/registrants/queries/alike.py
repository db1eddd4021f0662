"""Finding groups that may be one with another (類似団体), among any number of groups by indexes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from apps.registrants.models import (
    GroupMember,
    ProposalState,
    Registrant,
    RegistrantKind,
    RegistrantState,
)
from apps.registrants.queries.proposals import proposals_about
from apps.registrants.queries.roster import member_of, registered_names, representative_of
from apps.registrants.rules.group_names import keys_of
from apps.registrants.rules.roster import Member, everybody, is_surely_one
from apps.registrants.rules.similarity import (
    ADDRESS,
    GROUP_NAME,
    PHONE,
    Portrait,
    Sought,
    address_key,
    grounds_of,
    shared_members,
)

MOST: Final = 200
"""So many groups at most are looked at closely on each ground: an address of half the city's groups is nobody's sign,
and hides no group that has the same members."""
GONE: Final = (RegistrantState.CLOSED, RegistrantState.REFUSED)
CANDIDATES: Final = """
WITH named AS MATERIALIZED (SELECT group_id FROM registrants_groupkeys WHERE names && %(names)s::varchar[])
(SELECT group_id FROM named LIMIT %(most)s)
UNION
(SELECT group_id FROM registrants_groupkeys WHERE address = %(address)s AND address <> '' LIMIT %(most)s)
UNION
(SELECT id FROM registrants_registrant WHERE phone_key = ANY(%(phones)s) AND kind = 'group' LIMIT %(most)s)
UNION
(SELECT group_id FROM registrants_groupmember WHERE phone_key = ANY(%(phones)s) AND phone_key <> '' LIMIT %(most)s)
UNION
(SELECT group_id FROM (
    SELECT group_id FROM registrants_groupmember WHERE name_key = ANY(%(people)s)
    UNION ALL
    SELECT group_id FROM registrants_groupkeys WHERE representative = ANY(%(people)s)
 ) shared GROUP BY group_id HAVING count(*) >= greatest(%(shared)s, 1) AND %(shared)s > 0 LIMIT %(most)s)
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A group that may be the one in question, and on what grounds (codes of ``rules.similarity.GROUNDS``)."""

    group: Registrant
    grounds: tuple[str, ...]
    is_known: bool = False
    """Whether the pair is a proposal already, so that nobody need be asked again."""
    shared: int = 0
    """How many people may be in both."""
    is_parted: bool = False
    """Whether a clerk has found that it is another group."""


def alike_to(portrait: Portrait, sought: Sought, *, but: UUID | None = None) -> list[Alike]:
    """The groups in force that may be one with ``portrait``, those with the most grounds first; four statements.

    ``but`` is the group itself, if it is registered; then those that a clerk has found to be another stay away.
    """
    return [one for one in neighbours(portrait, sought, but=but) if one.grounds and not one.is_parted]


def neighbours(portrait: Portrait, sought: Sought, *, sharing: int = 0, but: UUID | None = None) -> list[Alike]:
    """The same, and those that share ``sharing`` people or more (0: none), parted ones too; four statements."""
    said = proposals_about(but) if but else {}
    values = candidate_values(portrait, sought, sharing)
    groups = {group.pk: group for group in _in_force(set(_candidates(values)) - {but})}
    rosters = _rosters(groups)
    found = []
    for group in groups.values():
        theirs = portrait_of(group, rosters[group.pk])
        shared = shared_members(portrait.people, theirs.people)
        parted = said.get(group.pk) == ProposalState.DISMISSED
        found.append(Alike(group, grounds_of(portrait, theirs, sought), group.pk in said, shared, parted))
    return sorted(found, key=lambda alike: (-len(alike.grounds), alike.group.number))


def portrait_of(group: Registrant, roster: Sequence[GroupMember]) -> Portrait:
    """A registered group by all that is compared."""
    return Portrait(
        names=registered_names(group),
        people=everybody(representative_of(group), tuple(map(member_of, roster))),
        phones=frozenset({group.phone_key, *(row.phone_key for row in roster)} - {""}),
        address=address_key(group.address),
    )


def groups_elsewhere(people: Sequence[Member], *, but: UUID | None = None) -> tuple[int, ...]:
    """To how many groups in force each of ``people`` surely belongs, beside ``but``; three statements.

    A namesake whose birth is not known is not taken for the same person: it would refuse somebody for a name.
    """
    keys = [one.key for one in people]
    met: dict[str, list[tuple[UUID, Member]]] = defaultdict(list)
    rows = GroupMember.objects.filter(name_key__in=keys).exclude(group=but).exclude(group__state__in=GONE)
    for row in rows:
        met[row.name_key].append((row.group_id, member_of(row)))
    others = _in_force_of(keys)
    for group in others.exclude(pk=but) if but else others:
        met[representative_of(group).key].append((group.pk, representative_of(group)))
    return tuple(len({group for group, member in met[one.key] if is_surely_one(one, member)}) for one in people)


def candidate_values(portrait: Portrait, sought: Sought, sharing: int = 0) -> dict[str, str | int | list[str]]:
    """The values of ``CANDIDATES``; what is not sought is asked for by nothing."""
    shared = min((number for number in (sought.members, sharing) if number > 0), default=0)
    names = {key for forms in portrait.names for key in keys_of(forms)}
    return {
        "names": list(names) if GROUP_NAME in sought.grounds else [],
        "address": portrait.address if ADDRESS in sought.grounds else "",
        "phones": list(portrait.phones) if PHONE in sought.grounds else [],
        "people": list({one.key for one in portrait.people}),
        "shared": shared,
        "most": MOST,
    }


def _candidates(values: Mapping[str, str | int | list[str]]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, values)
        return [row[0] for row in cursor.fetchall()]


def _in_force_of(representatives: Collection[str]) -> QuerySet[Registrant]:
    groups = Registrant.objects.filter(group_keys__representative__in=representatives, kind=RegistrantKind.GROUP)
    return groups.exclude(state__in=GONE)


def _in_force(candidates: Collection[UUID]) -> Iterable[Registrant]:
    return Registrant.objects.filter(pk__in=candidates, kind=RegistrantKind.GROUP).exclude(state__in=GONE)


def _rosters(groups: Collection[UUID]) -> dict[UUID, list[GroupMember]]:
    rosters: dict[UUID, list[GroupMember]] = defaultdict(list)
    for row in GroupMember.objects.filter(group__in=list(groups)):
        rosters[row.group_id].append(row)
    return rosters
