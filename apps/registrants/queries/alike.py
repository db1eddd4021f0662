"""Finding groups that may be one with another (類似団体), among any number of groups by indexes alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from apps.registrants.models import (
    GroupMember,
    ProposalState,
    Registrant,
    RegistrantKind,
    RegistrantState,
)
from apps.registrants.queries.proposals import proposals_about
from apps.registrants.queries.roster import member_of, representative_of
from apps.registrants.rules.group_names import forms_of, keys_of
from apps.registrants.rules.roster import Member, everybody, is_surely_one
from apps.registrants.rules.similarity import Portrait, address_key, grounds_of

MOST: Final = 200
"""So many groups at most are looked at closely: a telephone of half the city's groups is nobody's sign."""
GONE: Final = (RegistrantState.CLOSED, RegistrantState.REFUSED)
CANDIDATES: Final = """
SELECT group_id FROM registrants_groupkeys WHERE names && %(names)s::varchar[]
UNION
SELECT group_id FROM registrants_groupkeys WHERE address = %(address)s AND address <> ''
UNION
SELECT id FROM registrants_registrant WHERE phone_key = ANY(%(phones)s) AND kind = 'group'
UNION
SELECT group_id FROM registrants_groupmember WHERE phone_key = ANY(%(phones)s) AND phone_key <> ''
UNION
(SELECT group_id FROM (
    SELECT group_id FROM registrants_groupmember WHERE name_key = ANY(%(people)s)
    UNION ALL
    SELECT group_id FROM registrants_groupkeys WHERE representative = ANY(%(people)s)
 ) shared GROUP BY group_id HAVING count(*) >= greatest(%(shared)s, 1) AND %(shared)s > 0)
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A group that may be the one in question, and on what grounds (codes of ``rules.similarity.GROUNDS``)."""

    group: Registrant
    grounds: tuple[str, ...]
    is_known: bool = False
    """Whether the pair is a proposal already, so that nobody need be asked again."""


def alike_to(portrait: Portrait, *, most_shared: int, but: UUID | None = None) -> list[Alike]:
    """The groups in force that may be one with ``portrait``, those with the most grounds first; four statements.

    ``but`` is the group itself, if it is registered; then those that a clerk has found to be another stay away.
    """
    said = proposals_about(but) if but else {}
    parted = {other for other, state in said.items() if state == ProposalState.DISMISSED} | {but}
    groups = {group.pk: group for group in _in_force(set(_candidates(portrait, most_shared)) - parted)}
    rosters = _rosters(groups)
    found = [
        Alike(group, grounds, group.pk in said)
        for group in groups.values()
        if (grounds := grounds_of(portrait, portrait_of(group, rosters[group.pk]), most_shared=most_shared))
    ]
    return sorted(found, key=lambda alike: (-len(alike.grounds), alike.group.number))


def portrait_of(group: Registrant, roster: Sequence[GroupMember]) -> Portrait:
    """A registered group by all that is compared."""
    return Portrait(
        name=forms_of(group.group_name, group.group_kana),
        people=everybody(representative_of(group), tuple(map(member_of, roster))),
        phones=frozenset({group.phone_key, *(row.phone_key for row in roster)} - {""}),
        address=address_key(group.address),
    )


def groups_elsewhere(people: Sequence[Member], *, but: UUID | None = None) -> tuple[int, ...]:
    """To how many groups in force each of ``people`` surely belongs, beside ``but``; two statements.

    A namesake whose birth is not known is not taken for the same person: it would refuse somebody for a name.
    """
    met: dict[str, list[GroupMember]] = defaultdict(list)
    rows = GroupMember.objects.filter(name_key__in=[one.key for one in people]).exclude(group=but)
    for row in rows.exclude(group__state__in=GONE):
        met[row.name_key].append(row)
    return tuple(len({row.group_id for row in met[one.key] if is_surely_one(one, member_of(row))}) for one in people)


def candidate_values(portrait: Portrait, most_shared: int) -> dict[str, str | int | list[str]]:
    """The values of ``CANDIDATES``."""
    return {
        "names": list(keys_of(portrait.name)),
        "address": portrait.address,
        "phones": list(portrait.phones),
        "people": list({one.key for one in portrait.people}),
        "shared": most_shared,
        "most": MOST,
    }


def _candidates(portrait: Portrait, most_shared: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, candidate_values(portrait, most_shared))
        return [row[0] for row in cursor.fetchall()]


def _in_force(candidates: Collection[UUID]) -> Iterable[Registrant]:
    return Registrant.objects.filter(pk__in=candidates, kind=RegistrantKind.GROUP).exclude(state__in=GONE)


def _rosters(groups: Collection[UUID]) -> dict[UUID, list[GroupMember]]:
    rosters: dict[UUID, list[GroupMember]] = defaultdict(list)
    for row in GroupMember.objects.filter(group__in=list(groups)):
        rosters[row.group_id].append(row)
    return rosters
