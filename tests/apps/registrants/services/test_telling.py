"""Who is told by mail what was decided, and where the mail goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from apps.registrants.models import CloseCause, Registrant
from apps.registrants.queries.addressees import recipients
from apps.registrants.rules.reminding import Step
from apps.registrants.services.close import close, reopen
from apps.registrants.services.item_policy import set_item
from apps.registrants.services.remind import remind
from apps.registrants.services.review import approve, refuse
from apps.registrants.services.suspend import lift, suspend
from kernel import clock
from shared.actor import Actor
from shared.outbox.models import Message
from tenants.scope import city_scope, unit_of_work
from tests import factories
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

CLERK = Actor(kind="staff")
ADDRESS = "hanako@kaku.example"


@pytest.fixture(autouse=True)
def collected(database: None) -> None:
    with as_tenant(CHUO):
        for item in ("email", "mail_wish"):
            set_item(actor=CLERK, item=item, is_collected=True, is_required=False, purpose="お知らせを送るため")


def suspending(one: Registrant) -> None:
    suspend(actor=CLERK, registrant=one.pk, first=clock.today(), last=None, reason="無断不使用")


def lifting(one: Registrant) -> None:
    suspending(one)
    lift(actor=CLERK, registrant=one.pk, effective_on=clock.today(), reason="誤り")


def striking(one: Registrant) -> None:
    closing(one, CloseCause.EX_OFFICIO)


def closing(one: Registrant, cause: CloseCause) -> None:
    close(actor=CLERK, registrant=one.pk, cause=cause, reason="規則による", effective_on=clock.today())


def reopening(one: Registrant) -> None:
    closing(one, CloseCause.WITHDRAWN)
    reopen(actor=CLERK, registrant=one.pk, reason="誤り")


def approving(one: Registrant) -> None:
    approve(actor=CLERK, registrant=one.pk, seen_version=1)


def refusing(one: Registrant) -> None:
    refuse(actor=CLERK, registrant=one.pk, seen_version=1, reason="市外のため")


@pytest.mark.parametrize(
    ("act", "state", "told"),
    [
        (suspending, "active", ["suspend"]),
        (lifting, "active", ["suspend", "lift"]),
        (striking, "active", ["close"]),
        (reopening, "active", ["reopen"]),
        (approving, "under_review", ["approve"]),
        (refusing, "under_review", ["refuse"]),
    ],
)
def test_whoever_has_an_account_is_told(act: Callable[[Registrant], Any], state: str, told: list[str]) -> None:
    citizen = factories.citizen_with_registration(state=state)
    with as_tenant(CHUO):
        act(citizen.registrant)
        mails = list(Message.objects.order_by("created_at"))
    assert [(one.recipient, one.context["act"]) for one in mails] == [(citizen.account.pk, one) for one in told]
    for private in (citizen.registrant.person_name, citizen.registrant.given_name, citizen.registrant.phone):
        assert all(private not in str(one.context) for one in mails)


def test_a_death_and_a_withdrawal_are_told_to_nobody() -> None:
    for cause in (CloseCause.DIED, CloseCause.MOVED, CloseCause.WITHDRAWN):
        citizen = factories.citizen_with_registration()
        with as_tenant(CHUO):
            closing(citizen.registrant, cause)
            assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("extras", "decided", "reminded"),
    [
        ({}, 0, 0),
        ({"email": ADDRESS}, 1, 1),
        ({"email": ADDRESS, "mail_wish": "all"}, 1, 1),
        ({"email": ADDRESS, "mail_wish": "draw"}, 1, 0),
        ({"email": ADDRESS, "mail_wish": "none"}, 0, 0),
    ],
)
def test_without_an_account_the_address_of_the_registration_is_written_to_as_wished(
    extras: dict[str, str], decided: int, reminded: int
) -> None:
    ends = clock.today() + dt.timedelta(30)
    person = factories.individual(extras=extras, valid_until=ends)
    with as_tenant(CHUO):
        remind(Step(30, ends, ends))
        assert Message.objects.filter(template="registrants/mail/ending", recipient=person.pk).count() == reminded
        suspending(person)
        assert Message.objects.filter(template="registrants/mail/decided", recipient=person.pk).count() == decided


def test_an_account_that_wishes_no_reminder_gets_none() -> None:
    ends = clock.today() + dt.timedelta(30)
    factories.citizen_with_registration(extras={"mail_wish": "none"}, valid_until=ends)
    with as_tenant(CHUO):
        assert remind(Step(30, ends, ends)) == 0
        assert Message.objects.count() == 0


def test_the_address_is_looked_up_by_the_facilitys_own_role_and_by_no_other() -> None:
    person, other = factories.individual(extras={"email": ADDRESS}), factories.individual()
    with as_tenant(CHUO):
        assert {pk: one.address for pk, one in recipients({person.pk, other.pk}).items()} == {person.pk: ADDRESS}
    with unit_of_work(city_scope()):
        assert recipients({person.pk}) == {}
