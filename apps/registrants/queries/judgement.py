"""What is to be told of a group before it is registered: its figures, rules not met, groups that it may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from apps.registrants.models import RegistrantKind
from apps.registrants.queries.alike import Alike, alike_to, groups_elsewhere
from apps.registrants.queries.items import collected_for
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.requirements import ASKED_WITHOUT_ROSTER, Finding, unmet
from apps.registrants.rules.roster import Summary, summary_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """Figures of all people, the requirements (団体要件) that are not met, and similar groups (類似団体)."""

    summary: Summary
    unmet: list[Finding]
    alike: list[Alike]


def judgement_of(entry: GroupEntry, today: dt.date, *, but: UUID | None = None, has_roster: bool = True) -> Judgement:
    """How ``entry`` stands on ``today`` by the policy of that day; seven statements at most.

    ``but`` is the group itself where it is registered already. Without ``has_roster`` the people were judged before
    and their names discarded (名簿の廃棄); nothing is asked of them again.
    """
    policy = policy_on(today)
    people = entry.people(today)
    elsewhere = groups_elsewhere(people, but=but) if policy.most_groups_a_person else ()
    asked = {one.item.code for one in collected_for(RegistrantKind.GROUP)}
    findings = unmet(entry.judged(today, elsewhere, asked=asked), policy, today)
    return Judgement(
        summary=summary_of(people, today),
        unmet=[one for one in findings if has_roster or one.code in ASKED_WITHOUT_ROSTER],
        alike=alike_to(entry.portrait(today), most_shared=policy.most_shared_members, but=but),
    )
