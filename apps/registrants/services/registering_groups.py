"""What registering, completing and changing a group have in common: the judgement, the roster, the proposals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.registrants.group_errors import SimilarGroupsError
from apps.registrants.models import DuplicateProposal, GroupMember, Registrant
from apps.registrants.queries.alike import Alike
from apps.registrants.queries.judgement import Judgement, judgement_of
from apps.registrants.rules.entry import phone_key
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.roster_entry import MemberEntry
from apps.registrants.rules.waiver import Waiver, check_requirements
from apps.registrants.services.group_keys import file_groups
from kernel import clock
from tenants.scope import scoped_connection

WAIVED: Final = "waived"
ROSTER_FIELDS: Final = ("name", "kana", "birth_date", "age", "residence", "phone")


def judged(
    entry: GroupEntry,
    *,
    seen: Collection[UUID],
    waiver: Waiver | None,
    but: UUID | None = None,
    has_roster: bool = True,
) -> tuple[Judgement, str]:
    """The judgement of ``entry``, and the reason of the ``waiver`` where it was needed.

    One registration at a time from here to the end of the transaction, so that two clerks cannot miss each other's.
    The errors of ``check_requirements``; ``SimilarGroupsError`` for a similar group that was neither ``seen`` nor
    proposed before.
    """
    with connection.cursor() as cursor:
        key = f"{scoped_connection().scope.schema}/registering"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    judgement = judgement_of(entry, clock.today(), but=but, has_roster=has_roster)
    reason = check_requirements(judgement.unmet, waiver)
    if {alike.group.pk for alike in judgement.alike if not alike.is_known} - set(seen):
        raise SimilarGroupsError
    return judgement, reason


def waived(judgement: Judgement) -> dict[str, Any]:
    """What the act keeps of requirements that were not met: their codes, and that they were waived."""
    return {"requirements": [[one.code for one in judgement.unmet], WAIVED]} if judgement.unmet else {}


def roster_rows(group: UUID, entry: GroupEntry, before: Iterable[GroupMember] = ()) -> list[GroupMember]:
    """The unsaved roster. An age that was on the roster ``before`` keeps the day on which it was told."""
    told = {(row.name_key, row.age): row.told_on for row in before}
    return [_row(group, place, member, told) for place, member in enumerate(entry.members, 1)]


def write_roster(rows: Sequence[GroupMember], before: Sequence[GroupMember], group: UUID) -> dict[str, Any]:
    """Write the roster where it differs from the one ``before``; how many they were and are, never who."""
    if _facts(rows) == _facts(before):
        return {}
    GroupMember.objects.filter(group=group).delete()
    GroupMember.objects.bulk_create(rows)
    return {"members": [len(before), len(rows)]}


def file_group(group: Registrant, alike: Iterable[Alike]) -> None:
    """File the group under its keys, and propose each similar group (重複の候補) that was not proposed before."""
    file_groups([group])
    DuplicateProposal.objects.bulk_create(
        [
            DuplicateProposal(
                one_id=min(group.pk, other.group.pk),
                other_id=max(group.pk, other.group.pk),
                grounds=list(other.grounds),
                found_at=clock.now(),
            )
            for other in alike
        ],
        ignore_conflicts=True,
    )


def _row(group: UUID, place: int, entry: MemberEntry, told: dict[tuple[str, int | None], Any]) -> GroupMember:
    today = clock.today()
    member = entry.member(today)
    return GroupMember(
        group_id=group,
        position=place,
        name=entry.name,
        kana=entry.kana,
        name_key=member.key,
        birth_date=member.birth_date,
        age=member.age,
        told_on=None if member.age is None else told.get((member.key, member.age)) or today,
        residence=entry.residence,
        is_contact=entry.phone != "",
        phone=entry.phone,
        phone_key=phone_key(entry.phone) if entry.phone else "",
    )


def _facts(rows: Iterable[GroupMember]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in ROSTER_FIELDS) for row in rows]
