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

TOO_FEW_MEMBERS: Final = "too_few_members"
TOO_FEW_OF_THE_CITY: Final = "too_few_of_the_city"
MEMBERS_TOO_YOUNG: Final = "members_too_young"
MEMBER_AGES_UNKNOWN: Final = "member_ages_unknown"
REPRESENTATIVE_TOO_YOUNG: Final = "representative_too_young"
REPRESENTATIVE_AGE_UNKNOWN: Final = "representative_age_unknown"
GUARDIAN_CONSENT_MISSING: Final = "guardian_consent_missing"
LECTURER_REPRESENTS: Final = "lecturer_represents"
TOO_MANY_GROUPS: Final = "too_many_groups"
CODES: Final = (
    TOO_FEW_MEMBERS,
    TOO_FEW_OF_THE_CITY,
    MEMBERS_TOO_YOUNG,
    MEMBER_AGES_UNKNOWN,
    REPRESENTATIVE_TOO_YOUNG,
    REPRESENTATIVE_AGE_UNKNOWN,
    GUARDIAN_CONSENT_MISSING,
    LECTURER_REPRESENTS,
    TOO_MANY_GROUPS,
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
        *_representative(people[0], policy, day),
        *_consent(people[0], group.has_consent, day),
    ]
    if group.lecturer_key and group.lecturer_key == group.representative.key:
        findings.append(Finding(LECTURER_REPRESENTS))
    return [*findings, *_groups(group.groups_elsewhere, policy)]


def _members(count: int, policy: Policy) -> list[Finding]:
    if count >= policy.least_members:
        return []
    return [Finding(TOO_FEW_MEMBERS, {"count": count, "least": policy.least_members})]


def _of_the_city(people: Sequence[Member], policy: Policy) -> list[Finding]:
    count, of = len([one for one in people if is_of_the_city(one)]), len(people)
    if count * 100 >= policy.least_city_percent * of:
        return []
    return [Finding(TOO_FEW_OF_THE_CITY, {"count": count, "of": of, "least": policy.least_city_percent})]


def _ages(people: Sequence[Member], policy: Policy, day: dt.date) -> list[Finding]:
    least = policy.least_member_age
    ages = [one.age_by(day) for one in people] if least else []
    young = len([age for age in ages if age is not None and age < least])
    findings = [Finding(MEMBERS_TOO_YOUNG, {"count": young, "least": least})] if young else []
    unknown = ages.count(None)
    return [*findings, Finding(MEMBER_AGES_UNKNOWN, {"count": unknown, "least": least})] if unknown else findings


def _representative(person: Member, policy: Policy, day: dt.date) -> list[Finding]:
    least, age = policy.least_representative_age, person.age_by(day)
    if age is None:
        return [Finding(REPRESENTATIVE_AGE_UNKNOWN, {"least": least})] if least else []
    return [Finding(REPRESENTATIVE_TOO_YOUNG, {"age": age, "least": least})] if age < least else []


def _consent(person: Member, has_consent: bool, day: dt.date) -> list[Finding]:
    age = person.age_by(day)
    is_minor = age is not None and age < OF_AGE
    return [Finding(GUARDIAN_CONSENT_MISSING, {"of_age": OF_AGE})] if is_minor and not has_consent else []


def _groups(elsewhere: Collection[int], policy: Policy) -> list[Finding]:
    most = policy.most_groups_a_person
    count = len([groups for groups in elsewhere if groups + 1 > most])
    return [Finding(TOO_MANY_GROUPS, {"count": count, "most": most})] if most and count else []
