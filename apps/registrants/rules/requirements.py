"""What a tenant's ordinance asks of a group (団体要件). Each rule that is not met is a finding with its figures.

Source: domain handbook 2.2; the numbers are the tenant's own (``rules.policy``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from apps.registrants.rules.policy import Policy
from apps.registrants.rules.roster import Member, everybody, is_of_the_city
from kernel.birthdays import END_OF_SCHOOLING, last_day_of_middle_school

TOO_FEW_MEMBERS: Final = "too_few_members"
TOO_FEW_OF_THE_CITY: Final = "too_few_of_the_city"
SHARE_NOT_EXCEEDED: Final = "share_not_exceeded"
MEMBERS_TOO_YOUNG: Final = "members_too_young"
MEMBER_AGES_UNKNOWN: Final = "member_ages_unknown"
PUPILS: Final = "pupils"
PUPILS_UNKNOWN: Final = "pupils_unknown"
REPRESENTATIVE_TOO_YOUNG: Final = "representative_too_young"
REPRESENTATIVE_AGE_UNKNOWN: Final = "representative_age_unknown"
GUARDIAN_CONSENT_MISSING: Final = "guardian_consent_missing"
MEMBERS_CONSENT_MISSING: Final = "members_consent_missing"
LECTURER_REPRESENTS: Final = "lecturer_represents"
TOO_MANY_GROUPS: Final = "too_many_groups"
TOO_MANY_SHARED: Final = "too_many_shared"
CODES: Final = (
    TOO_FEW_MEMBERS,
    TOO_FEW_OF_THE_CITY,
    SHARE_NOT_EXCEEDED,
    MEMBERS_TOO_YOUNG,
    MEMBER_AGES_UNKNOWN,
    PUPILS,
    PUPILS_UNKNOWN,
    REPRESENTATIVE_TOO_YOUNG,
    REPRESENTATIVE_AGE_UNKNOWN,
    GUARDIAN_CONSENT_MISSING,
    MEMBERS_CONSENT_MISSING,
    LECTURER_REPRESENTS,
    TOO_MANY_GROUPS,
    TOO_MANY_SHARED,
)
"""All that can be found, in the order in which it is told."""
OF_AGE: Final = 18
"""成年 (民法4条)."""
ASKED_WITHOUT_ROSTER: Final = frozenset({REPRESENTATIVE_TOO_YOUNG, GUARDIAN_CONSENT_MISSING, LECTURER_REPRESENTS})
"""What is still asked of a group whose roster was discarded: its people were judged before."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not met: its stable code, and figures of rule and group for the sentence; never a name."""

    code: str
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as its requirements see it. ``members`` is the roster, with or without the representative."""

    representative: Member
    members: tuple[Member, ...]
    lecturer_key: str = ""
    """Key of the lecturer (講師), where the tenant asks for one."""
    has_consent: bool = True
    """Whether the guardians agree (保護者の同意); where the tenant does not ask, so do they."""
    groups_elsewhere: tuple[int, ...] = ()
    """To how many other groups each of ``people`` surely belongs."""
    shared_with_one: int = 0
    """How many of ``people`` are at most among those of one other group."""

    @property
    def people(self) -> tuple[Member, ...]:
        """Everybody once, the representative first."""
        return everybody(self.representative, self.members)


def unmet(group: Group, policy: Policy, day: dt.date) -> list[Finding]:
    """The rules of ``policy`` that ``group`` does not meet on ``day``, each once, in the order of ``CODES``."""
    people = group.people
    findings = [
        *_members(len(people), policy),
        *_of_the_city(people, policy),
        *_ages(people, policy, day),
        *(_pupils(people, day) if policy.excludes_pupils else ()),
        *_representative(people[0], policy, day),
        *(() if group.has_consent else _consent(people, policy, day)),
    ]
    if group.lecturer_key and group.lecturer_key == group.representative.key:
        findings.append(Finding(LECTURER_REPRESENTS))
    return [*findings, *_groups(group.groups_elsewhere, policy), *_shared(group.shared_with_one, len(people), policy)]


def _members(count: int, policy: Policy) -> list[Finding]:
    if count >= policy.least_members:
        return []
    return [Finding(TOO_FEW_MEMBERS, {"count": count, "least": policy.least_members})]


def _of_the_city(people: Sequence[Member], policy: Policy) -> list[Finding]:
    count, of, least = len([one for one in people if is_of_the_city(one)]), len(people), policy.least_city_percent
    if policy.exceeds_city_percent:
        needed = least * of // 100 + 1
        figures = {"count": count, "of": of, "least": least, "needed": needed}
        return [Finding(SHARE_NOT_EXCEEDED, figures)] if count < needed else []
    is_enough = count * 100 >= least * of
    return [] if is_enough else [Finding(TOO_FEW_OF_THE_CITY, {"count": count, "of": of, "least": least})]


def _ages(people: Sequence[Member], policy: Policy, day: dt.date) -> list[Finding]:
    least = policy.least_member_age
    ages = [one.age_by(day) for one in people] if least else []
    young = len([age for age in ages if age is not None and age < least])
    findings = [Finding(MEMBERS_TOO_YOUNG, {"count": young, "least": least})] if young else []
    unknown = ages.count(None)
    return [*findings, Finding(MEMBER_AGES_UNKNOWN, {"count": unknown, "least": least})] if unknown else findings


def _pupils(people: Sequence[Member], day: dt.date) -> list[Finding]:
    are = [_is_pupil(one, day) for one in people]
    findings = [Finding(PUPILS, {"count": are.count(True)})] if True in are else []
    unknown = are.count(None)
    return [*findings, Finding(PUPILS_UNKNOWN, {"count": unknown})] if unknown else findings


def _is_pupil(person: Member, day: dt.date) -> bool | None:
    """Whether somebody goes to a middle school or is younger; None where the age alone, or nothing, is known."""
    if person.birth_date is not None:
        return day <= last_day_of_middle_school(person.birth_date)
    age = person.age_by(day)
    return None if age is None or age == END_OF_SCHOOLING else age < END_OF_SCHOOLING


def _representative(person: Member, policy: Policy, day: dt.date) -> list[Finding]:
    least, age = policy.least_representative_age, person.age_by(day)
    if age is None:
        return [Finding(REPRESENTATIVE_AGE_UNKNOWN, {"least": least})] if least else []
    return [Finding(REPRESENTATIVE_TOO_YOUNG, {"age": age, "least": least})] if age < least else []


def _consent(people: Sequence[Member], policy: Policy, day: dt.date) -> list[Finding]:
    """For whom a guardian must agree and has not: the representative, and where it is asked the others."""
    minors = [age is not None and age < OF_AGE for age in (one.age_by(day) for one in people)]
    findings = [Finding(GUARDIAN_CONSENT_MISSING, {"of_age": OF_AGE})] if minors[0] else []
    others = sum(minors[1:]) if policy.consent_of_members else 0
    return [*findings, Finding(MEMBERS_CONSENT_MISSING, {"count": others, "of_age": OF_AGE})] if others else findings


def _groups(elsewhere: Collection[int], policy: Policy) -> list[Finding]:
    most = policy.most_groups_a_person
    count = len([groups for groups in elsewhere if groups + 1 > most])
    return [Finding(TOO_MANY_GROUPS, {"count": count, "most": most})] if most and count else []


def _shared(count: int, of: int, policy: Policy) -> list[Finding]:
    least = policy.barring_shared_members
    return [Finding(TOO_MANY_SHARED, {"count": count, "of": of, "least": least})] if 0 < least <= count else []
