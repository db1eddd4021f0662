"""Every code about groups has its sentence, with the figures that the rule gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from string import Formatter

import pytest

from apps.registrants.group_texts import GROUND_TEXTS, LINE_TEXTS, REQUIREMENT_TEXTS, finding_text
from apps.registrants.rules.policy import Policy
from apps.registrants.rules.requirements import CODES, Finding, Group, unmet
from apps.registrants.rules.roster import Member
from apps.registrants.rules.roster_paste import LineFault
from apps.registrants.rules.similarity import GROUNDS

DAY = dt.date(2026, 4, 1)
STRICT = Policy(
    least_members=5,
    least_city_percent=51,
    least_member_age=16,
    excludes_pupils=True,
    least_representative_age=18,
    consent_of_members=True,
    most_groups_a_person=1,
    barring_shared_members=2,
)


def findings() -> dict[str, Finding]:
    """A finding of every code, as the rules give it."""
    members = (Member("ア", "outside", age=15), Member("イ", "outside"), Member("ウ", "outside", age=12))
    young = Group(
        Member("ア", ""), members, lecturer_key="ア", has_consent=False, groups_elsewhere=(1, 0), shared_with_one=2
    )
    unknown = Group(Member("イ", ""), members)
    found = [unmet(group, STRICT, DAY) for group in (young, unknown)]
    more = unmet(young, replace(STRICT, exceeds_city_percent=True), DAY)
    return {one.code: one for some in (*found, more) for one in some}


def test_every_code_has_a_sentence() -> None:
    assert list(REQUIREMENT_TEXTS) == list(CODES)
    assert list(GROUND_TEXTS) == list(GROUNDS)
    assert list(LINE_TEXTS) == list(LineFault)


@pytest.mark.parametrize("code", CODES)
def test_the_rules_give_every_figure_of_the_sentence(code: str) -> None:
    finding = findings()[code]
    wanted = {name for _, name, _, _ in Formatter().parse(str(REQUIREMENT_TEXTS[code])) if name}
    assert wanted <= finding.figures.keys()
    assert "{" not in finding_text(finding)
