"""Recounts open, are answered and end by themselves; whoever was not confirmed is suspended, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import psycopg
import pytest

from apps.compliance.models.recount import Recount, RecountAnswer, RecountEntry
from apps.compliance.queries.recounts import own_recount
from apps.compliance.roster_errors import RosterStateError
from apps.compliance.roster_tasks import keep_accounts
from apps.compliance.services.recounts import answer, close_recounts, open_recounts, suspend_unused
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.audit.record import record
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.apps.compliance.rostering import account_of
from tests.support.raw import raw
from tests.support.scopes import as_city, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")
Freeze = Callable[[str], object]


@pytest.fixture
def manager(database: None) -> StaffAccount:
    return factories.clerk(roles=[Role.FACILITY_MANAGER])


def opened() -> None:
    with as_city():
        open_recounts()


def answered(manager: StaffAccount, **answers: RecountAnswer) -> None:
    with as_tenant(CHUO):
        counted = own_recount()
        assert counted is not None
        ids = {one.login_id: one.account for one in counted.entries}
        said = {ids[login]: one for login, one in answers.items()}
        answer(actor=Actor("staff", manager.pk), recount=counted.recount.pk, answers=said)


def after_the_end(freeze: Freeze) -> None:
    later = clock.today() + dt.timedelta(days=31)
    freeze(f"{later} 09:00")


def test_it_opens_once_a_quarter_for_every_facility_with_ids(manager: StaffAccount) -> None:
    factories.clerk(SPORTS)
    for _ in range(2):
        opened()
    with as_city():
        assert sorted(Recount.objects.values_list("tenant", flat=True)) == [CHUO, SPORTS]
        assert RecountEntry.objects.count() == 2


def test_who_is_not_confirmed_is_suspended_at_the_end(manager: StaffAccount, freeze: Freeze) -> None:
    kept, stopped, silent = (factories.clerk(login_id=name) for name in ("kept", "stopped", "silent"))
    opened()
    answered(
        manager,
        **{manager.login_id: RecountAnswer.KEEP, "kept": RecountAnswer.KEEP, "stopped": RecountAnswer.STOP},
    )
    with as_city():
        assert close_recounts() == 0
    after_the_end(freeze)
    with as_city():
        assert [close_recounts(), close_recounts()] == [2, 0]
    states = [account_of(one.login_id).suspended_why for one in (kept, stopped, silent, manager)]
    assert states == ["", "recount", "recount", ""]
    assert account_of("kept").confirmed_at is not None
    with as_city():
        assert Recount.objects.get().closed_at is not None


def test_an_end_that_was_interrupted_goes_on(manager: StaffAccount, freeze: Freeze) -> None:
    for name in ("one", "two"):
        factories.clerk(login_id=name)
    opened()
    after_the_end(freeze)
    with as_city():
        first = RecountEntry.objects.get(login_id="one")
        RecountEntry.objects.filter(pk=first.pk).update(suspended_at=clock.now())
        assert close_recounts() == 2
    assert not account_of("two").is_active
    with as_city():
        acts = AuditEntry.objects.filter(detail__why="recount").values_list("actor_kind", flat=True)
        assert set(acts) == {"system"}


def test_an_answer_after_the_end_is_refused(manager: StaffAccount, freeze: Freeze) -> None:
    opened()
    after_the_end(freeze)
    with pytest.raises(RosterStateError):
        answered(manager, **{manager.login_id: RecountAnswer.KEEP})


def test_a_facility_opens_shortens_and_ends_no_recount(manager: StaffAccount) -> None:
    opened()
    statements = (
        "UPDATE compliance_recount SET closed_at = now()",
        "UPDATE compliance_recount SET closes_on = '2999-01-01'",
        "DELETE FROM compliance_recount",
        "INSERT INTO compliance_recount SELECT * FROM compliance_recount",
        "UPDATE compliance_recountentry SET suspended_at = now()",
        "DELETE FROM compliance_recountentry",
    )
    for statement in statements:
        with raw("tenant_chuo", schema="shared") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_a_facility_answers_for_no_other(manager: StaffAccount) -> None:
    opened()
    with raw("tenant_sports", schema="shared") as connection:
        assert connection.execute("UPDATE compliance_recountentry SET answer = 'keep'").rowcount == 0
        assert connection.execute("SELECT count(*) FROM compliance_recount").fetchone() == (0,)


def given_before(days: int, login: str, used: int | None = None) -> StaffAccount:
    then = clock.now() - dt.timedelta(days=days)
    made = factories.clerk(login_id=login, created_at=then)
    if used is not None:
        with as_tenant(CHUO):
            record(Actor("staff", made.pk), Action.LOGIN, object_type="account", object_id=made.pk)
    return made


def test_unused_ids_are_suspended_once(freeze: Freeze) -> None:
    given_before(91, "forgotten")
    given_before(400, "used", used=0)
    given_before(10, "young")
    with as_city():
        assert [suspend_unused(), suspend_unused()] == [1, 0]
    assert account_of("forgotten").suspended_why == "unused"
    assert account_of("used").is_active
    assert account_of("young").is_active


def test_the_task_does_all_three_and_may_run_twice(manager: StaffAccount) -> None:
    given_before(91, "forgotten")
    for _ in range(2):
        keep_accounts()
    assert not account_of("forgotten").is_active
    with as_city():
        assert Recount.objects.count() == 1
