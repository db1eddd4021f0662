"""A group's 仮登録 is completed at the counter."""

from __future__ import annotations

from typing import Any

import pytest

from apps.registrants.errors import UnknownRegistrantError, WrongStateError
from apps.registrants.group_errors import RequirementsUnmetError
from apps.registrants.models import GroupMember, IdentityCheck, Registrant, RegistrantState, RegistrationAct, StateSpan
from apps.registrants.services.complete_group import complete_group
from kernel import clock
from tests import factories
from tests.apps.registrants.services.grouping import LICENCE, clerk, entry, policy, roster
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def provisional(database: None) -> Registrant:
    return factories.group(state=RegistrantState.PROVISIONAL, registered_on=clock.today())


def complete(group: Registrant, **values: Any) -> Registrant:
    told: dict[str, Any] = {
        "actor": clerk(),
        "registrant": group.pk,
        "seen_version": 1,
        "entry": entry(),
        "document": LICENCE,
    } | values
    with as_tenant(CHUO):
        return complete_group(**told)


def test_it_is_active_with_its_roster_and_what_was_shown(provisional: Registrant) -> None:
    complete(provisional)
    with as_tenant(CHUO):
        provisional.refresh_from_db()
        [span] = StateSpan.objects.filter(registrant=provisional)
        act = RegistrationAct.objects.get(registrant=provisional)
        counted = (GroupMember.objects.count(), IdentityCheck.objects.filter(registrant=provisional).count())
    assert (provisional.state, span.state, provisional.group_name) == ("active", "active", "見本体操クラブ")
    assert (act.act, act.changes["members"]) == ("complete", [0, 5])
    assert counted == (5, 1)


def test_where_the_policy_wants_a_review_it_waits_for_one(provisional: Registrant) -> None:
    policy(needs_review=True, reminder_days=[])
    complete(provisional)
    with as_tenant(CHUO):
        provisional.refresh_from_db()
    assert provisional.state == "under_review"


def test_requirements_are_judged(provisional: Registrant) -> None:
    policy(least_members=5, reminder_days=[])
    with pytest.raises(RequirementsUnmetError):
        complete(provisional, entry=entry(members=roster(2)))


def test_what_is_complete_is_not_completed_again(provisional: Registrant) -> None:
    complete(provisional)
    with pytest.raises(WrongStateError):
        complete(provisional, seen_version=2)


def test_an_individual_is_no_group() -> None:
    with pytest.raises(UnknownRegistrantError):
        complete(factories.individual(state=RegistrantState.PROVISIONAL))
