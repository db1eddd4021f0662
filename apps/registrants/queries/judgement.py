"""What is to be told of a group before it is registered: its figures, rules not met, groups that it may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from apps.registrants.models import RegistrantKind
from apps.registrants.queries.alike import Alike, groups_elsewhere, neighbours
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.policy import Policy
from apps.registrants.rules.requirements import ASKED_WITHOUT_ROSTER, Finding, unmet
from apps.registrants.rules.roster import Summary, summary_of
from apps.registrants.rules.similarity import Sought


@dataclass(frozen=True, slots=True)
class Judgement:
    """Figures of all people, the requirements (団体要件) that are not met, and similar groups (類似団体)."""

    summary: Summary
    unmet: list[Finding]
    alike: list[Alike]


def judgement_of(entry: GroupEntry, today: dt.date, *, but: UUID | None = None, has_roster: bool = True) -> Judgement:
    """How ``entry`` stands on ``today`` by the policy of that day; eight statements at most.

    ``but`` is the group itself where it is registered already. Without ``has_roster`` the people were judged before
    and their names discarded (名簿の廃棄); nothing is asked of them again.
    """
    policy = policy_on(today)
    people = entry.people(today)
    elsewhere = groups_elsewhere(people, but=but) if policy.most_groups_a_person else ()
    asked = {one.item.code for one in collected_for(RegistrantKind.GROUP)}
    near = neighbours(entry.portrait(today), sought_by(policy), sharing=policy.barring_shared_members, but=but)
    shared = max((one.shared for one in near), default=0)
    findings = unmet(entry.judged(today, elsewhere, shared, asked=asked), policy, today)
    return Judgement(
        summary=summary_of(people, today),
        unmet=[one for one in findings if has_roster or one.code in ASKED_WITHOUT_ROSTER],
        alike=[one for one in near if one.grounds and not one.is_parted],
    )


def sought_by(policy: Policy) -> Sought:
    """What makes two groups alike by ``policy``."""
    return Sought(policy.most_shared_members, policy.similar_by)
