"""Cards on many sheets as one file: made once whatever happens to the worker, counted and audited when it is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Sequence

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from apps.registrants.card_errors import NothingToPrintError
from apps.registrants.documents.data import CardFace
from apps.registrants.documents.render import fits_of
from apps.registrants.models import Card, CardIssue, CardKind, CardPrintItem, CardPrintJob, IssueCause
from apps.registrants.queries.card_prints import card_jobs_of, card_progress_of, prints_to_choose, waiting_schemas
from apps.registrants.services.cards.hand_over import hand_over_card
from apps.registrants.services.cards.issue import reissue_card
from apps.registrants.services.cards.print_jobs import CARD_SHEETS, MOST_CARDS, make_waiting_sheets, order_sheets
from apps.registrants.services.cards.printing import MOST_AT_ONCE, print_sheet
from apps.registrants.services.cards.standing import suspend_card
from shared.audit.models import Action, AuditEntry
from shared.vault.errors import PrintJobOverError, PrintJobStaleError, UnknownPrintJobError
from shared.vault.models import VaultFile
from shared.vault.printing import jobs
from shared.vault.printing.jobs import MOST_TRIES, ChangedError
from shared.vault.printing.model import PrintState
from tenants.scope import NOBODY, unit_of_work
from tests.apps.bookings.services.test_races import together
from tests.apps.registrants.services.cards.making import OFFICER, group_issued, prints_of
from tests.shared.documents.pdf import reader, words
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
from apps.registrants.services.cards.print_jobs import make_waiting_sheets
from tests.support.scopes import as_tenant
with as_tenant("chuo"):
    make_waiting_sheets()
"""
TWICE = (
    "INSERT INTO registrants_cardprintitem (job_id, position, issue_id, left_out)"
    " SELECT job_id, 2, issue_id, '' FROM registrants_cardprintitem"
)
PLACE_11 = (
    "INSERT INTO registrants_cardprintjob (id, state, ordered_at, ordered_by, tries, start)"
    " VALUES (gen_random_uuid(), 'waiting', now(), gen_random_uuid(), 0, 11)"
)


def waiting(count: int) -> list[Card]:
    return [group_issued() for _ in range(count)]


def ordered(cards: list[Card], start: int = 1) -> CardPrintJob:
    return order_sheets(actor=OFFICER, cards=[card.pk for card in cards], start=start)


def fetched(job: CardPrintJob) -> bytes:
    return jobs.fetch(CARD_SHEETS, actor=OFFICER, job=job.pk, terminal=None).content


def counted() -> list[int]:
    return list(CardIssue.objects.order_by("pk").values_list("printed", flat=True))


def test_the_cards_come_as_one_file_that_begins_at_its_place() -> None:
    cards = waiting(3)
    with as_tenant(CHUO):
        job = ordered(cards, start=9)
        assert make_waiting_sheets() == 1
        pdf = fetched(job)
    assert len(reader(pdf).pages) == 4
    assert all(str(card.number) in words(pdf) for card in cards)


def test_each_is_counted_and_audited_once_by_whoever_ordered_it() -> None:
    cards = waiting(2)
    with as_tenant(CHUO):
        job = ordered(cards)
        assert counted() == [0, 0]
        make_waiting_sheets()
        make_waiting_sheets()
        assert counted() == [1, 1]
        entries = AuditEntry.objects.filter(action=Action.PRINT, object_type="card")
        assert {one.object_id: (one.actor_id, one.detail) for one in entries} == {
            str(card.pk): (OFFICER.id, {"form": "sheet", "branch": 1, "before": 0, "job": str(job.pk)})
            for card in cards
        }
        assert entries.count() == 2


def test_what_waits_no_more_is_left_out_and_said() -> None:
    held, stopped, replaced, good = waiting(4)
    with as_tenant(CHUO):
        job = ordered([held, stopped, replaced, good])
        hand_over_card(actor=OFFICER, card=held.pk, document=None)
        suspend_card(actor=OFFICER, card=stopped.pk, reason="照会中")
        reissue_card(actor=OFFICER, card=replaced.pk, cause=IssueCause.DAMAGED, reason="破損", is_returned=True)
        make_waiting_sheets()
        told = card_progress_of(job.pk, job.ordered_by)
        assert told is not None
        assert dict(told.left_out) == {
            held.number: "card_print_handed_over",
            stopped.number: "card_in_wrong_state",
            replaced.number: "stale_card",
        }
        assert str(good.number) in words(fetched(job))
    assert [prints_of(card)[0].printed for card in (held, stopped, replaced, good)] == [0, 0, 0, 1]


def test_one_that_is_handed_over_while_it_is_laid_is_not_printed() -> None:
    first, second = waiting(2)
    with as_tenant(CHUO):
        job = ordered([first, second])
        laid = CARD_SHEETS.lay(job)
        assert laid is not None
        hand_over_card(actor=OFFICER, card=first.pk, document=None)
        with pytest.raises(ChangedError), transaction.atomic():
            laid.count()
        assert counted() == [0, 0]
        make_waiting_sheets()
        assert str(first.number) not in words(fetched(job))
    assert [prints_of(card)[0].printed for card in (first, second)] == [0, 1]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda card: hand_over_card(actor=OFFICER, card=card, document=None),
        lambda card: suspend_card(actor=OFFICER, card=card, reason="照会中"),
        lambda card: reissue_card(actor=OFFICER, card=card, cause=IssueCause.DAMAGED, reason="破損", is_returned=True),
    ],
)
def test_a_file_that_lay_ready_while_one_of_its_cards_changed_is_not_given_out(
    meanwhile: Callable[[uuid.UUID], Card],
) -> None:
    first, second = waiting(2)
    with as_tenant(CHUO):
        job = ordered([first, second])
        make_waiting_sheets()
        meanwhile(second.pk)
        with pytest.raises(PrintJobStaleError):
            fetched(job)
        jobs.call_off(CARD_SHEETS, actor=OFFICER, job=job.pk)
        again = ordered([first])
        make_waiting_sheets()
        assert str(first.number) in words(fetched(again))


def test_a_job_of_which_nothing_is_left_fails() -> None:
    [card] = waiting(1)
    with as_tenant(CHUO):
        job = ordered([card])
        hand_over_card(actor=OFFICER, card=card.pk, document=None)
        assert make_waiting_sheets() == 0
        job.refresh_from_db()
        assert job.state == PrintState.FAILED


def test_it_is_fetched_once_by_one_account_and_not_after_it_was_called_off() -> None:
    cards = waiting(1)
    other = type(OFFICER)(kind="staff", id=uuid.UUID(int=8))
    with as_tenant(CHUO):
        job = ordered(cards)
        make_waiting_sheets()
        with pytest.raises(UnknownPrintJobError):
            jobs.fetch(CARD_SHEETS, actor=other, job=job.pk, terminal=None)
        fetched(job)
        with pytest.raises(PrintJobOverError):
            fetched(job)
        second = ordered(cards)
        jobs.call_off(CARD_SHEETS, actor=OFFICER, job=second.pk)
        assert make_waiting_sheets() == 0
        assert counted() == [1]
        assert [file.content for file in VaultFile.objects.all()] == [None]


def test_what_is_being_printed_is_told_where_cards_are_chosen() -> None:
    first, _second = waiting(2)
    with as_tenant(CHUO):
        job = ordered([first])
        assert [made.is_ordered for made in prints_to_choose(CardKind.values)] == [True, False]  # type: ignore[attr-defined]
        jobs.call_off(CARD_SHEETS, actor=OFFICER, job=job.pk)
        assert [made.is_ordered for made in prints_to_choose(CardKind.values)] == [False, False]  # type: ignore[attr-defined]


def test_nothing_and_too_much_are_refused() -> None:
    [held] = waiting(1)
    with as_tenant(CHUO):
        hand_over_card(actor=OFFICER, card=held.pk, document=None)
        for wanted in ([], [uuid.uuid4()], [held.pk]):
            with pytest.raises(NothingToPrintError):
                order_sheets(actor=OFFICER, cards=wanted, start=1)
        assert not CardPrintJob.objects.exists()
    assert MOST_CARDS == 200


def test_more_than_a_sheet_is_not_printed_while_somebody_waits() -> None:
    cards = waiting(MOST_AT_ONCE + 1)
    with as_tenant(CHUO):
        with pytest.raises(NothingToPrintError):
            print_sheet(actor=OFFICER, cards=[card.pk for card in cards], start=1)
        assert set(counted()) == {0}


def test_a_job_that_kills_every_worker_is_left_to_a_person() -> None:
    cards = waiting(1)
    with as_tenant(CHUO):
        job = ordered(cards)
        CardPrintJob.objects.filter(pk=job.pk).update(tries=MOST_TRIES)
        assert make_waiting_sheets() == 0
        job.refresh_from_db()
        assert job.state == PrintState.FAILED
        assert counted() == [0]


def test_the_sweep_learns_who_waits_before_it_is_anybody() -> None:
    cards = waiting(1)
    with as_tenant(CHUO):
        ordered(cards)
    with unit_of_work(NOBODY):
        assert waiting_schemas() == [CHUO]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registrants_cardprintjob SET ordered_by = gen_random_uuid()",
        "UPDATE registrants_cardprintjob SET start = 2",
        "UPDATE registrants_cardprintjob SET state = 'ready', finished_at = now()",
        "UPDATE registrants_cardprintjob SET finished_at = now()",
        "DELETE FROM registrants_cardprintjob",
        "UPDATE registrants_cardprintitem SET issue_id = issue_id",
        "UPDATE registrants_cardprintitem SET position = 2",
        "DELETE FROM registrants_cardprintitem",
        TWICE,
        PLACE_11,
    ],
)
def test_no_statement_of_the_tenant_makes_another_job_of_it(statement: str) -> None:
    cards = waiting(1)
    with as_tenant(CHUO):
        job = ordered(cards)
    with pytest.raises(DatabaseError), as_tenant(CHUO), connection.cursor() as cursor:
        cursor.execute(statement)
    with as_tenant(CHUO):
        assert CardPrintJob.objects.get().ordered_by == job.ordered_by
        assert CardPrintItem.objects.count() == 1


def test_ordering_and_laying_take_the_same_statements_for_one_and_for_many() -> None:
    counts = []
    for number in (1, 2, 3):
        cards = waiting(number)
        with as_tenant(CHUO):
            with count_statements() as made:
                ordered(cards)
            with count_statements() as laid:
                make_waiting_sheets()
        counts.append((made.count, laid.count))
    assert counts[0] == counts[1] == counts[2]


def test_it_tells_how_far_it_is_sheet_by_sheet_and_the_next_worker_goes_on_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards = waiting(MOST_AT_ONCE * 2 + 1)
    seen: list[tuple[int, int]] = []

    def watched(faces: Sequence[CardFace]) -> list[int]:
        told = card_progress_of(job.pk, job.ordered_by)
        assert told is not None
        seen.append((len(faces), told.percent))
        if len(seen) == 2:
            raise KeyboardInterrupt
        return fits_of(faces)

    monkeypatch.setattr("apps.registrants.services.cards.print_jobs.fits_of", watched)
    with as_tenant(CHUO):
        job = ordered(cards)
        with pytest.raises(KeyboardInterrupt):
            make_waiting_sheets()
        assert [(one.done, one.total, one.percent) for one in card_jobs_of(job.ordered_by)] == [(10, 21, 47)]
        assert make_waiting_sheets() == 1
    assert seen == [(10, 0), (10, 47), (10, 47), (1, 95)]


def test_a_job_that_is_called_off_is_worked_on_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = waiting(MOST_AT_ONCE + 1)

    def called_off(faces: Sequence[CardFace]) -> list[int]:
        jobs.call_off(CARD_SHEETS, actor=OFFICER, job=job.pk)
        return fits_of(faces)

    monkeypatch.setattr("apps.registrants.services.cards.print_jobs.fits_of", called_off)
    with as_tenant(CHUO):
        job = ordered(cards)
        assert make_waiting_sheets() == 0
        assert CardPrintItem.objects.filter(fit=None).count() == 1


@pytest.mark.race
def test_two_workers_at_once_make_one_file_and_count_each_once() -> None:
    cards = waiting(4)
    with as_tenant(CHUO):
        ordered(cards)

    def work(_number: int) -> int:
        with as_tenant(CHUO):
            return make_waiting_sheets()

    assert sum(together(2, work)) == 1
    with as_tenant(CHUO):
        assert counted() == [1] * 4
        assert VaultFile.objects.count() == 1


@pytest.mark.slow
@pytest.mark.race
def test_a_worker_that_is_killed_amid_them_counts_nothing_and_the_next_goes_on(superuser: psycopg.Connection) -> None:
    cards = waiting(24)
    with as_tenant(CHUO):
        job = ordered(cards)
    for tries in (1, 2, 3):
        _killed_while_laying(superuser, tries)
        with as_tenant(CHUO):
            assert counted() == [0] * 24
            assert not VaultFile.objects.exists()
            assert not AuditEntry.objects.filter(action=Action.PRINT).exists()
    with as_tenant(CHUO):
        until(lambda: make_waiting_sheets() == 1)  # the server may still be ending what the dead had begun
        assert counted() == [1] * 24
        assert len(reader(fetched(job)).pages) == 6


def _killed_while_laying(superuser: psycopg.Connection, tries: int) -> None:
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    process = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environ)
    until(lambda: _taken_up(superuser) >= tries or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    assert ended(process) == -signal.SIGKILL


def _taken_up(superuser: psycopg.Connection) -> int:
    row = superuser.execute("SELECT max(tries) FROM chuo.registrants_cardprintjob").fetchone()
    assert row is not None
    return int(row[0])
