"""Many permits as one file: each issued once whatever happens to the worker, counted and audited when it is there."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import subprocess
import sys
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pypdf import PdfReader

from apps.bookings.models import Booking, BookingAct, Document, DocumentKind, PrintJob, PrintJobItem
from apps.bookings.paper_errors import NothingToPrintError, TooManyToPrintError
from apps.bookings.queries.papers import Options
from apps.bookings.queries.prints import unprinted, waiting_schemas
from apps.bookings.services import print_jobs
from apps.bookings.services.cancel import cancel_by_staff
from apps.bookings.services.print_jobs import call_off_prints, fetch_prints, make_waiting, order_prints
from apps.bookings.services.printing import print_document
from apps.bookings.services.wordings import set_options
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action, AuditEntry
from shared.vault.errors import PrintJobOverError, PrintJobStaleError, UnknownPrintJobError
from shared.vault.models import VaultFile
from shared.vault.printing.jobs import MOST_TRIES
from shared.vault.printing.model import PrintState
from tenants.scope import NOBODY, unit_of_work
from tests import factories
from tests.apps.bookings.services.test_races import together
from tests.support.databases import ROOT
from tests.support.outbox import until
from tests.support.scopes import as_tenant
from tests.support.statements import count_statements
from tests.support.tenants import CHUO
from tests.support.waiting import ended

pytestmark = pytest.mark.usefixtures("database")
WORKER = """
import django
django.setup()
from apps.bookings.services.print_jobs import make_waiting
from tests.support.scopes import as_tenant
with as_tenant("chuo"):
    make_waiting()
"""


def permitted(count: int) -> list[Booking]:
    """So many permitted at once, nobody having printed any."""
    room = factories.meeting_room(reception="immediate")
    who = factories.citizen_with_registration()
    days = [clock.today() + dt.timedelta(days=10 + number) for number in range(count)]
    return [factories.booking_awaiting_permit(who, room, day=day) for day in days]


def staff() -> Actor:
    return Actor(kind="staff", id=factories.clerk(CHUO).pk)


def ordered(actor: Actor, bookings: list[Booking]) -> PrintJob:
    return order_prints(actor=actor, bookings=[one.pk for one in bookings])


def pages(actor: Actor, job: PrintJob) -> list[str]:
    file = fetch_prints(actor=actor, job=job.pk, terminal=None)
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file.content)).pages]


def test_the_permits_come_as_one_file_in_the_order_chosen() -> None:
    bookings, actor = permitted(3), staff()
    with as_tenant(CHUO):
        job = ordered(actor, bookings[::-1])
        assert make_waiting() == 1
        found = pages(actor, job)
    assert len(found) == 3
    for number, text in enumerate(found, 1):
        assert f"架総福セ指令第{number}号" in text
        assert "再交付" not in text
    assert len(set(found)) == 3


def test_the_file_is_tagged_and_meant_for_keeping() -> None:
    actor = staff()
    bookings = permitted(2)
    with as_tenant(CHUO):
        job = ordered(actor, bookings)
        make_waiting()
        reader = PdfReader(io.BytesIO(fetch_prints(actor=actor, job=job.pk, terminal=None).content))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "使用許可書（2件）"


def test_each_is_counted_and_audited_once_by_whoever_ordered_it() -> None:
    actor = staff()
    bookings = permitted(2)
    with as_tenant(CHUO):
        ordered(actor, bookings)
        make_waiting()
        make_waiting()
        assert list(Document.objects.values_list("serial", "printed")) == [(1, 1), (2, 1)]
        entries = AuditEntry.objects.filter(action=Action.PRINT, object_type="booking")
        assert {(one.actor_id, one.detail["form"], one.detail["reprint"]) for one in entries} == {
            (actor.id, "permit", 0)
        }
        assert sorted(one.object_id for one in entries) == sorted(str(one.pk) for one in bookings)
        assert not unprinted().exists()


def test_what_was_printed_before_says_so_in_the_file() -> None:
    actor = staff()
    [first, second] = permitted(2)
    with as_tenant(CHUO):
        print_document(actor=actor, booking=first.pk, kind=DocumentKind.PERMIT)
        job = ordered(actor, [first, second])
        make_waiting()
        found = pages(actor, job)
    assert ["再交付（第1回）" in text for text in found] == [True, False]


def test_what_was_given_up_meanwhile_is_left_out_and_said() -> None:
    actor = staff()
    [first, second] = permitted(2)
    with as_tenant(CHUO):
        job = ordered(actor, [first, second])
        cancel_by_staff(actor=actor, booking=first.pk, reason="申出による")
        make_waiting()
        assert len(pages(actor, job)) == 1
        left = PrintJobItem.objects.exclude(left_out="")
        assert [(one.booking_id, one.left_out) for one in left] == [(first.pk, "unknown_document")]


def test_a_permit_of_a_use_that_was_given_up_since_is_not_given_out() -> None:
    actor = staff()
    first, second = permitted(2)
    with as_tenant(CHUO):
        job = ordered(actor, [first, second])
        make_waiting()
        cancel_by_staff(actor=actor, booking=first.pk, reason="申出による")
        with pytest.raises(PrintJobStaleError):
            pages(actor, job)
        call_off_prints(actor=actor, job=job.pk)
        again = ordered(actor, [second])
        make_waiting()
        assert len(pages(actor, again)) == 1


def test_it_is_fetched_once_by_one_account_and_not_after_it_was_called_off() -> None:
    actor, other = staff(), staff()
    bookings = permitted(2)
    with as_tenant(CHUO):
        job = ordered(actor, bookings)
        make_waiting()
        with pytest.raises(UnknownPrintJobError):
            fetch_prints(actor=other, job=job.pk, terminal=None)
        pages(actor, job)
        with pytest.raises(PrintJobOverError):
            fetch_prints(actor=actor, job=job.pk, terminal=None)
        second = ordered(actor, bookings)
        make_waiting()
        call_off_prints(actor=actor, job=second.pk)
        with pytest.raises(PrintJobOverError):
            fetch_prints(actor=actor, job=second.pk, terminal=None)
        assert [file.content for file in VaultFile.objects.all()] == [None, None]


def test_a_job_called_off_before_it_was_begun_issues_nothing() -> None:
    actor = staff()
    bookings = permitted(2)
    with as_tenant(CHUO):
        job = ordered(actor, bookings)
        call_off_prints(actor=actor, job=job.pk)
        assert make_waiting() == 0
        assert not Document.objects.exists()
        with pytest.raises(PrintJobOverError):
            call_off_prints(actor=actor, job=job.pk)


def test_nothing_and_too_much_are_refused() -> None:
    actor = staff()
    awaiting = factories.booking_awaiting_permit()
    with as_tenant(CHUO):
        for wanted in ([], [uuid4()], [awaiting.pk]):
            with pytest.raises(NothingToPrintError):
                order_prints(actor=actor, bookings=wanted)
        with pytest.raises(TooManyToPrintError):
            order_prints(actor=actor, bookings=[uuid4() for _ in range(print_jobs.MOST + 1)])
        assert not PrintJob.objects.exists()


def test_a_job_that_kills_every_worker_is_left_to_a_person() -> None:
    actor = staff()
    bookings = permitted(1)
    with as_tenant(CHUO):
        job = ordered(actor, bookings)
        PrintJob.objects.filter(pk=job.pk).update(tries=MOST_TRIES)
        assert make_waiting() == 0
        job.refresh_from_db()
        assert job.state == PrintState.FAILED


def test_one_sheet_for_both_is_one_sheet_in_the_file_too() -> None:
    actor = staff()
    bookings = permitted(2)
    with as_tenant(CHUO):
        options = Options(one_sheet=True)
        place = bookings[0].room.facility_id
        set_options(actor=actor, facility=place, valid_from=clock.today(), options=options)
        job = ordered(actor, bookings)
        make_waiting()
        found = pages(actor, job)
    assert [("申請します。" in text, "許可します。" in text) for text in found] == [(True, False), (False, True)] * 2
    assert "2／2頁" in found[3]


def test_the_sweep_learns_who_waits_before_it_is_anybody() -> None:
    actor = staff()
    bookings = permitted(1)
    with as_tenant(CHUO):
        ordered(actor, bookings)
    with unit_of_work(NOBODY):
        assert waiting_schemas() == [CHUO]


def test_one_more_permit_costs_what_its_issuing_costs_and_no_more() -> None:
    actor = staff()
    counts = []
    for number in (1, 2, 3):
        bookings = permitted(number)
        with as_tenant(CHUO):
            ordered(actor, bookings)
            with count_statements() as made:
                make_waiting()
        counts.append(made.count)
    assert counts[2] - counts[1] == counts[1] - counts[0]
    assert counts[1] - counts[0] <= 14


@pytest.mark.race
def test_two_workers_at_once_make_one_file_and_issue_each_once() -> None:
    actor = staff()
    bookings = permitted(4)
    with as_tenant(CHUO):
        ordered(actor, bookings)

    def work(_number: int) -> int:
        with as_tenant(CHUO):
            return make_waiting()

    assert sum(together(2, work)) == 1
    with as_tenant(CHUO):
        assert list(Document.objects.values_list("serial", "printed")) == [(number, 1) for number in range(1, 5)]
        assert VaultFile.objects.count() == 1


@pytest.mark.slow
@pytest.mark.race
def test_a_worker_that_is_killed_amid_them_issues_each_once_without_a_gap(superuser: psycopg.Connection) -> None:
    actor, count = staff(), 24
    bookings = permitted(count)
    with as_tenant(CHUO):
        job = ordered(actor, bookings)
    for least in (2, 9):
        _killed_after(superuser, least)
    with as_tenant(CHUO):
        until(lambda: make_waiting() == 1)  # the server may still be ending what the dead had begun
        assert list(Document.objects.values_list("serial", "printed")) == [(one, 1) for one in range(1, count + 1)]
        assert BookingAct.objects.filter(act="issue").count() == count
        assert len(pages(actor, job)) == count


def _killed_after(superuser: psycopg.Connection, least: int) -> None:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environ)
    until(lambda: _issued(superuser) >= least or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    assert ended(process) == -signal.SIGKILL


def _issued(superuser: psycopg.Connection) -> int:
    row = superuser.execute("SELECT count(*) FROM chuo.bookings_document").fetchone()
    assert row is not None
    return int(row[0])
