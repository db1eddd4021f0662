"""From the roster to the ID: only the city gives one, only on an approved row, and each password is printed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from apps.compliance.models.roster import RosterChange
from apps.compliance.roster_errors import (
    GrantedAlreadyError,
    NotApprovedError,
    OfficerNeededError,
    OwnAccountError,
    ReasonNeededError,
    ReceivedAlreadyError,
    RosterStateError,
    UnknownAccountError,
    UnknownRosterError,
)
from apps.compliance.rules.roster import Kind
from apps.compliance.services.roster.grant import carry_out, print_slips, suspend
from apps.compliance.services.roster.keep import save
from apps.compliance.services.roster.notices import Wanted, notify
from apps.compliance.services.roster.receive import receive
from apps.compliance.services.roster.review import approve, send_back
from kernel import clock
from shared.actor import Actor
from shared.audit.models import AuditEntry
from shared.staff.models import Role, StaffAccount
from tests import factories
from tests.apps.compliance.rostering import (
    People,
    account_of,
    approved,
    entry,
    granted,
    people,
    rows_of,
    state_of,
    submitted,
)
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.tenants import CHUO, SPORTS

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def who(database: None) -> People:
    return people()


def test_an_approved_row_becomes_an_account_with_the_facilitys_prefix(who: People) -> None:
    made, slips = granted(who, entry(), entry("見本　次郎"))
    assert [slip.login_id for slip in slips] == ["a0001", "a0002"]
    account = account_of("a0001")
    assert (account.name, account.roles, account.title) == ("架空　新人", ["reception"], "事務員")
    assert account.check_password(slips[0].password)
    assert account.one_time_until is not None
    assert account.one_time_until - clock.now() > dt.timedelta(days=13)
    assert [row.prints for row in rows_of(made)] == [1, 1]


def test_both_sides_have_it_in_their_audit(who: People) -> None:
    granted(who)
    wanted = ("permission", "account", str(account_of("a0001").pk), "grant")
    with as_tenant(CHUO):
        here = {(one.action, one.object_type, one.object_id, one.detail.get("act")) for one in AuditEntry.objects.all()}
    with as_city():
        city = {(one.action, one.object_type, one.object_id, one.detail.get("act")) for one in AuditEntry.objects.all()}
    assert wanted in here
    assert wanted in city


def test_the_plain_password_stands_nowhere(who: People, superuser: object) -> None:
    _, [slip] = granted(who)
    with as_city():
        assert slip.password not in str(list(AuditEntry.objects.values_list("detail", "purpose")))
    assert slip.password not in repr(slip)


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.GENERAL, Role.AUDITOR])
def test_no_other_role_of_the_city_gives_an_id(who: People, role: Role) -> None:
    made, other = approved(who), Actor("city", factories.city_officer(roles=[role]).pk)
    with as_city(), pytest.raises(OfficerNeededError):
        print_slips(actor=other, submission=made)
    assert [row.account for row in rows_of(made)] == [None]


def test_what_was_not_approved_gives_no_id(who: People) -> None:
    made = submitted(who)
    with as_city(), pytest.raises(NotApprovedError):
        print_slips(actor=who.officer, submission=made)


def test_an_id_is_given_once(who: People) -> None:
    made, _ = granted(who)
    with as_city(), pytest.raises(UnknownRosterError):
        print_slips(actor=who.officer, submission=made)


def test_a_second_print_voids_the_first(who: People) -> None:
    made, [first] = granted(who)
    [row] = rows_of(made)
    with as_city():
        [second] = print_slips(actor=who.officer, submission=made, rows=[row.pk])
    account = account_of(first.login_id)
    assert second.login_id == first.login_id
    assert not account.check_password(first.password)
    assert account.check_password(second.password)
    assert rows_of(made)[0].prints == 2


def test_what_was_received_is_not_printed_again(who: People) -> None:
    made, [slip] = granted(who)
    account = account_of(slip.login_id)
    with as_tenant(CHUO):
        receive(account=account.pk)
    [row] = rows_of(made)
    with as_city(), pytest.raises(ReceivedAlreadyError):
        print_slips(actor=who.officer, submission=made, rows=[row.pk])


def test_a_number_is_never_given_again(who: People) -> None:
    granted(who)
    with as_owner(CHUO):
        StaffAccount.objects.using("owner").filter(login_id="a0001").delete()
    _, [slip] = granted(who, entry("見本　次郎"))
    assert slip.login_id == "a0002"


def test_the_one_time_password_lapses_unused(who: People, freeze: Callable[[str], object]) -> None:
    _, [slip] = granted(who)
    account = account_of(slip.login_id)
    assert account.may_sign_in
    later = clock.now().astimezone(clock.TOKYO) + dt.timedelta(days=14, minutes=1)
    freeze(f"{later:%Y-%m-%d %H:%M}")
    assert not account.may_sign_in


def test_a_returned_roster_tells_its_rows_and_can_be_corrected(who: People) -> None:
    made = submitted(who)
    [row] = rows_of(made)
    with as_city():
        send_back(actor=who.reviewer, submission=made, note="", faults={row.pk: "職名が違います"})
    assert (state_of(made), rows_of(made)[0].fault) == ("returned", "職名が違います")
    with as_tenant(CHUO):
        save(actor=who.manager, submission=made, entries=[entry(title="主事")])
    assert rows_of(made)[0].title == "主事"


def test_a_roster_is_not_sent_back_without_a_reason(who: People) -> None:
    made = submitted(who)
    with as_city(), pytest.raises(ReasonNeededError):
        send_back(actor=who.reviewer, submission=made, note=" ", faults={})


def test_what_was_submitted_is_not_changed(who: People) -> None:
    made = submitted(who)
    with as_tenant(CHUO), pytest.raises(RosterStateError):
        save(actor=who.manager, submission=made, entries=[entry("別　人")])


def notified(who: People, kind: Kind, account: UUID | None, wanted: Wanted | None = None) -> UUID:
    assert account
    with as_tenant(CHUO):
        return notify(actor=who.manager, tenant=CHUO, account=account, kind=kind, reason="届出のため", wanted=wanted)


@pytest.mark.parametrize("kind", [Kind.LEAVING, Kind.EMERGENCY])
def test_leaving_and_emergency_stop_at_once_in_open_sessions(
    who: People, kind: Kind, desk: Client, clerk: StaffAccount
) -> None:
    assert desk.get("/inbox/").status_code == 200
    notified(who, kind, clerk.pk)
    assert desk.get("/inbox/").status_code == 302
    account = account_of(clerk.login_id)
    assert (account.is_active, account.suspended_why) == (False, kind.value)


def test_nobody_stops_the_own_id(who: People) -> None:
    with pytest.raises(OwnAccountError):
        notified(who, Kind.LEAVING, who.manager.id)


def test_a_clerk_stops_nobody(who: People) -> None:
    clerk, other = factories.clerk(), factories.clerk()
    with as_tenant(CHUO), pytest.raises(OfficerNeededError):
        notify(actor=Actor("staff", clerk.pk), tenant=CHUO, account=other.pk, kind=Kind.EMERGENCY, reason="試し")
    assert account_of(other.login_id).is_active


def test_another_facilitys_id_is_unknown_here(who: People) -> None:
    other = factories.clerk(SPORTS)
    with pytest.raises(UnknownAccountError):
        notified(who, Kind.EMERGENCY, other.pk)
    assert account_of(other.login_id, SPORTS).is_active


def test_a_change_holds_when_the_city_has_approved_and_carried_it_out(who: People) -> None:
    clerk = factories.clerk()
    wanted = Wanted(RosterChange.ROLE, roles=("reception", "accounting"))
    made = notified(who, Kind.CHANGE, clerk.pk, wanted=wanted)
    [row] = rows_of(made)
    with as_city():
        with pytest.raises(NotApprovedError):
            carry_out(actor=who.officer, row=row.pk)
        approve(actor=who.reviewer, submission=made)
        assert account_of(clerk.login_id).roles == ["reception"]
    with as_city():
        carry_out(actor=who.officer, row=row.pk)
        with pytest.raises(GrantedAlreadyError):
            carry_out(actor=who.officer, row=row.pk)
    assert account_of(clerk.login_id).roles == ["reception", "accounting"]


def test_a_stopped_id_works_again_by_a_change_notice(who: People) -> None:
    clerk = factories.clerk()
    notified(who, Kind.EMERGENCY, clerk.pk)
    made = notified(who, Kind.CHANGE, clerk.pk, wanted=Wanted(RosterChange.RETURN))
    [row] = rows_of(made)
    with as_city():
        approve(actor=who.reviewer, submission=made)
        carry_out(actor=who.officer, row=row.pk)
    account = account_of(clerk.login_id)
    assert (account.is_active, account.suspended_why, account.suspended_at) == (True, "", None)


def test_a_forgotten_password_is_given_on_a_slip(who: People) -> None:
    clerk = factories.clerk()
    made = notified(who, Kind.PASSWORD, clerk.pk)
    with as_city():
        [slip] = print_slips(actor=who.officer, submission=made)
    account = account_of(clerk.login_id)
    assert slip.login_id == clerk.login_id
    assert account.check_password(slip.password)
    assert not account.check_password(factories.PASSWORD)
    assert account.one_time_until is not None


def test_the_city_suspends_at_once(who: People) -> None:
    clerk = factories.clerk()
    with as_city():
        suspend(actor=who.officer, tenant=CHUO, account=clerk.pk, note="調査のため")
    assert account_of(clerk.login_id).suspended_why == "city"
