"""A change of operator from plan to confirmation, over midnight, while bookings go on."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from pypdf import PdfReader

from apps.bookings.models import Booking, BookingState
from apps.compliance.models.handover import HandoverAct, HandoverCase
from apps.compliance.queries.handover import cases
from apps.compliance.rules.handover import Step
from apps.compliance.tasks import close_handovers
from kernel import clock
from shared.audit.models import Action, AuditEntry
from shared.staff.models import Role
from tenants.models import Operator, OperatorAssignment, OperatorKind
from tests import factories
from tests.support.clients import client_at, signed_in
from tests.support.fixtures import Freeze
from tests.support.raw import raw
from tests.support.scopes import as_city, as_owner, as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import BUNKA, CHUO

LAST = dt.date(2027, 3, 31)
LINES = {
    "lines-TOTAL_FORMS": "2",
    "lines-INITIAL_FORMS": "0",
    "lines-0-item": "利用者登録申請書",
    "lines-0-medium": "紙",
    "lines-0-quantity": "3冊",
    "lines-0-method": "返還",
    "lines-0-day": "2027-04-02",
    "lines-0-witness": "所管課",
}


@pytest.fixture
def term(database: None) -> Iterator[OperatorAssignment]:
    """The manager's term ends on the last day, and the city's own department follows on the next."""
    with as_owner():
        term = OperatorAssignment.objects.using("owner").get(tenant__schema_name=CHUO)
        before = term.during
        term.during = DateRange(before.lower, LAST + dt.timedelta(days=1))
        term.save(using="owner")
        follower = Operator.objects.using("owner").get(name="架空市文化課")
        following = OperatorAssignment.objects.using("owner").create(
            tenant_id=term.tenant_id, operator=follower, during=DateRange(LAST + dt.timedelta(days=1), None)
        )
    yield term
    with as_owner():
        HandoverAct.objects.using("owner").all().delete()
        HandoverCase.objects.using("owner").all().delete()
        following.delete(using="owner")
        term.during = before
        term.save(using="owner")


CHANGES: tuple[LiteralString, ...] = (
    "UPDATE shared.compliance_handoveract SET note = 'x'",
    "DELETE FROM shared.compliance_handovercase",
)


def city(*roles: Role) -> Client:
    officer = factories.city_officer(roles=list(roles or (Role.GENERAL,)))
    return signed_in(client_at(settings.CITY_HOST), officer)


def desk(schema: str = CHUO, *roles: Role) -> Client:
    clerk = factories.clerk(schema, roles=list(roles or (Role.FACILITY_MANAGER,)))
    return signed_in(client_at(f"{schema}.localhost"), clerk)


def begun(term: OperatorAssignment) -> UUID:
    answer = city().post("/handovers/", {"term": str(term.pk)})
    assert answer.status_code == 302
    with as_city():
        return HandoverCase.objects.get().pk


def taken(client: Client, case: UUID, step: Step, **values: str) -> int:
    place = "/handovers/" if client.defaults["HTTP_HOST"] == settings.CITY_HOST else "/office/handover/"
    return client.post(f"{place}{case}/{step}/", values).status_code


def steps_done() -> list[tuple[str, str]]:
    with as_city():
        return list(HandoverAct.objects.order_by("id").values_list("step", "side"))


def test_the_whole_way_over_midnight_while_bookings_go_on(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    case = begun(term)
    assert taken(desk(), case, Step.PLAN, note="予約台帳と鍵を3月31日に引き継ぐ") == 302
    assert taken(city(), case, Step.PLAN_ACCEPTED) == 302
    freeze("2027-03-20 10:00")
    citizen = factories.citizen_with_registration()
    room = factories.meeting_room()
    permitted = factories.permitted_booking(citizen, room, day=dt.date(2027, 4, 10))
    assert taken(desk(), case, Step.LISTS, note="鍵3本、備品台帳のとおり") == 302
    freeze("2027-03-31 23:59")
    close_handovers(CHUO)
    assert ("final", "system") not in steps_done()
    assert taken(desk(), case, Step.RECEIVED) == 409
    waiting = factories.booking_awaiting_permit(citizen, room, day=dt.date(2027, 4, 11))
    freeze("2027-04-01 00:00")
    for _ in range(2):
        close_handovers(CHUO)
    after = factories.booking_awaiting_permit(citizen, room, day=dt.date(2027, 4, 12))
    assert taken(desk(), case, Step.RECEIVED, note="すべて受け取った") == 302
    assert taken(city(), case, Step.CONFIRMED) == 409
    freeze("2027-04-03 09:00")
    assert taken(city(), case, Step.RETURNED, note="", **LINES) == 302
    assert taken(city(), case, Step.PACKAGE, note="読み戻して確かめた") == 302
    assert taken(city(), case, Step.CONFIRMED) == 302
    assert [step for step, _side in steps_done()] == [
        *("plan", "plan_accepted", "lists", "final", "received", "returned", "package", "confirmed")
    ]
    with as_city():
        final = HandoverAct.objects.get(step="final")
    counts = {one["code"]: one["count"] for one in final.lists}
    assert (final.side, counts["future_permits"], counts["waiting_applications"]) == ("system", 1, 1)
    with as_tenant(CHUO):
        states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {
        permitted.pk: BookingState.PERMITTED,
        waiting.pk: BookingState.UNDER_REVIEW,
        after.pk: BookingState.UNDER_REVIEW,
    }


def test_a_confirmed_case_takes_no_further_step(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2027-04-05 10:00")
    case = begun(term)
    close_handovers(CHUO)
    assert taken(desk(), case, Step.RECEIVED) == 302
    assert taken(city(), case, Step.RETURNED, note="", **LINES) == 302
    assert taken(city(), case, Step.PACKAGE) == 302
    assert taken(city(), case, Step.CONFIRMED) == 302
    assert taken(city(), case, Step.CONFIRMED) == 409
    assert taken(desk(), case, Step.PLAN, note="遅れた計画") == 409


def test_a_line_with_a_hole_comes_back_filled_and_writes_nothing(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2027-04-05 10:00")
    case = begun(term)
    answer = city().post(
        f"/handovers/{case}/returned/", {"note": "", **LINES, "lines-0-witness": "", "lines-1-item": "鍵"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="利用者登録申請書"' in page
    assert "足りない欄" in page
    assert steps_done() == []


def test_more_rows_keep_what_was_typed(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2027-04-05 10:00")
    case = begun(term)
    answer = city().post(f"/handovers/{case}/returned/", {"note": "立会いは午後", **LINES, "more": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(
        text in page
        for text in ('value="利用者登録申請書"', 'value="2027-04-02"', "立会いは午後", 'id="id_lines-4-item"')
    )
    assert steps_done() == []


def test_every_step_is_audited_on_its_own_side(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    case = begun(term)
    taken(desk(), case, Step.PLAN, note="計画")
    with as_city():
        assert AuditEntry.objects.filter(object_type="handover", action=Action.CREATE).count() == 1
    with as_tenant(CHUO):
        [entry] = AuditEntry.objects.filter(object_type="handover", action=Action.CHANGE)
    assert (entry.object_id, entry.detail["step"]) == (str(case), "plan")


def test_a_term_without_end_or_with_a_case_is_not_begun_again(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    begun(term)
    with as_city():
        open_end = OperatorAssignment.objects.get(tenant__schema_name=BUNKA)
    for pk in (term.pk, open_end.pk, 0):
        assert city().post("/handovers/", {"term": str(pk)}).status_code == 422


def test_another_facility_sees_nothing_of_it(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    case = begun(term)
    stranger = desk(BUNKA)
    assert stranger.get(f"/office/handover/{case}/").status_code == 404
    assert stranger.get(f"/office/handover/{case}/paper/").status_code == 404
    assert taken(stranger, case, Step.PLAN, note="よその計画") == 404
    assert case.hex not in stranger.get("/office/handover/").content.decode()


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.ACCOUNTING, Role.CARD_OFFICER])
def test_who_has_no_part_in_it_is_refused(term: OperatorAssignment, freeze: Freeze, role: Role) -> None:
    freeze("2026-12-15 10:00")
    case = begun(term)
    assert desk(CHUO, role).get(f"/office/handover/{case}/").status_code == 403
    assert city(Role.AUDITOR).get(f"/handovers/{case}/").status_code == 403


def test_the_paper_names_what_is_open_and_nobody(term: OperatorAssignment, freeze: Freeze) -> None:

    freeze("2027-03-20 10:00")
    case = begun(term)
    booking = factories.permitted_booking(day=dt.date(2027, 4, 10))
    answer = desk().get(f"/office/handover/{case}/paper/")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Cache-Control"] == "no-store"
    assert str(booking.number) in text
    assert "令和9年3月31日" in text
    assert "架空太郎" not in text.replace("　", "")


def test_a_tenant_takes_no_step_of_the_city_and_none_of_another_tenants_case(
    term: OperatorAssignment, freeze: Freeze
) -> None:
    freeze("2027-04-05 10:00")
    case = begun(term)
    insert = (
        "INSERT INTO shared.compliance_handoveract (case_id, step, side, at, name, note, lists, lines)"
        " VALUES (%s, %s, %s, now(), '', '', '[]', '[]')"
    )
    tried = [
        ("tenant_chuo", "confirmed", "city"),
        ("tenant_chuo", "confirmed", "facility"),
        ("tenant_bunka", "plan", "facility"),
        ("kashikan_city", "plan", "facility"),
        ("kashikan_city", "received", "city"),
        ("kashikan_portal", "plan", "facility"),
    ]
    for role, step, side in tried:
        with raw(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(insert, [case, step, side])
    for role in ("tenant_chuo", "kashikan_city"):
        for statement in (
            "UPDATE shared.compliance_handoveract SET note = 'x'",
            "DELETE FROM shared.compliance_handovercase",
        ):
            with raw(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_the_pages_take_as_many_statements_for_any_number_of_steps(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    case = begun(term)
    taken(desk(), case, Step.PLAN, note="計画")
    taken(city(), case, Step.PLAN_ACCEPTED)
    counts = []
    for _ in range(2):
        taken(desk(), case, Step.LISTS, note="一覧")
        client, officer = desk(), city()
        with count_statements() as here:
            client.get(f"/office/handover/{case}/")
        with count_statements() as there:
            officer.get("/handovers/")
        counts.append((here.count, there.count))
    assert counts[0] == counts[1]
    assert max(counts[0]) < 10


def test_a_case_knows_who_follows(term: OperatorAssignment, freeze: Freeze) -> None:
    freeze("2026-12-15 10:00")
    begun(term)
    with as_city():
        [view] = cases(clock.today())
    assert view.follower is not None
    assert view.follower.operator.kind == OperatorKind.CITY
