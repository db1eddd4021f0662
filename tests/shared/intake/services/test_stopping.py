"""A check or a run that somebody stops, one that fails in passing, and one that was never checked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connections

from apps.registrants.models import Registrant
from apps.registrants.services.intake.people import People
from shared.intake import side
from shared.intake.errors import JobStateError, NotCheckedError
from shared.intake.models import Chunk, Job, JobState, RejectedRow
from shared.intake.rules.mapping import from_json
from shared.intake.services import passage
from shared.intake.services.choose_columns import choose_columns, load_columns
from shared.intake.services.start import start, stop
from shared.intake.services.work import work
from tests.shared.intake.files import CLERK, CLUB, HANAKO, TARO, checked, csv_of, handed_over, undone
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO
from tests.support.waiting import Gate, joined

pytestmark = pytest.mark.usefixtures("database")
BAD = TARO.replace("S23.4.1", "S65.4.1").replace("1001", "1009")


def again(job: Job) -> Job:
    with as_tenant(CHUO):
        return Job.objects.get(pk=job.pk)


def asked(job: Job) -> None:
    with as_tenant(CHUO):
        start(actor=CLERK, job=job.pk)


def worked() -> int:
    with as_tenant(CHUO):
        return work()


def people() -> int:
    with as_tenant(CHUO):
        return Registrant.objects.count()


def elsewhere(act: Callable[[], object]) -> None:
    """Done by somebody else at this very moment, on a connection of their own."""

    def run() -> None:
        with as_tenant(CHUO):
            act()
        connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    joined(thread)


def amid_its_rows(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have ``act`` done once, when the first batch has been written."""
    write, calls = People.write, []
    monkeypatch.setattr(passage, "BATCH", 1)
    monkeypatch.setattr(side, "EVERY", 0)

    def written(writer: People, found: Any) -> Any:
        calls.append(found)
        result = write(writer, found)
        if len(calls) == 1:
            elsewhere(act)
        return result

    monkeypatch.setattr(People, "write", written)


def test_a_run_that_waits_is_stopped_and_its_check_still_holds() -> None:
    job = checked(csv_of(TARO, BAD))
    asked(job)
    with as_tenant(CHUO):
        stop(actor=CLERK, job=job.pk)
    assert (worked(), people(), again(job).state, again(job).counts) == (0, 0, JobState.CHECKED, job.counts)


def test_a_run_that_is_stopped_amid_its_rows_leaves_nothing_and_can_be_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = checked(csv_of(TARO, HANAKO, CLUB, BAD))
    asked(job)
    with monkeypatch.context() as patched:
        amid_its_rows(patched, lambda: stop(actor=CLERK, job=job.pk))
        assert (worked(), people()) == (0, 0)
    with as_tenant(CHUO):
        assert [row.state for row in RejectedRow.objects.all()] == ["found"]
        assert Chunk.objects.filter(job=job).exists()
    assert again(job).state == JobState.CHECKED
    asked(job)
    assert (worked(), people(), again(job).state) == (1, 3, JobState.DONE)


def test_a_run_that_is_stopped_at_its_very_end_is_stopped_or_done_and_never_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = checked(csv_of(TARO))
    asked(job)
    with monkeypatch.context() as patched:
        patched.setattr(passage.Passage, "_tell", lambda *_, **__: None)
        patched.setattr(People, "end", lambda _writer: elsewhere(lambda: stop(actor=CLERK, job=job.pk)))
        worked()
    assert (people(), again(job).state) == (0, JobState.CHECKED)


def test_a_check_that_is_stopped_waits_for_the_columns() -> None:
    job = handed_over(csv_of(TARO))
    with as_tenant(CHUO):
        choose_columns(actor=CLERK, job=job.pk, mapping=from_json(job.mapping))
        stop(actor=CLERK, job=job.pk)
        assert work() == 0
    assert again(job).state == JobState.RECEIVED


def test_what_is_done_is_not_stopped() -> None:
    job = checked(csv_of(TARO))
    with as_tenant(CHUO), pytest.raises(JobStateError):
        stop(actor=CLERK, job=job.pk)


def test_a_file_whose_check_failed_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(People, "read", lambda *_: 1 / 0)
        job = checked(csv_of(TARO))
    assert job.state == JobState.FAILED
    with as_tenant(CHUO), pytest.raises(NotCheckedError):
        start(actor=CLERK, job=job.pk)


def test_a_check_of_other_columns_does_not_count_for_a_run() -> None:
    job = checked(csv_of(TARO))
    with as_tenant(CHUO):
        load_columns(actor=CLERK, job=job.pk, mapping=from_json(job.mapping))
        assert Job.objects.get(pk=job.pk).state == JobState.RECEIVED
        with pytest.raises(JobStateError):
            start(actor=CLERK, job=job.pk)


def test_what_fails_in_passing_is_tried_again_and_done(monkeypatch: pytest.MonkeyPatch) -> None:
    job = checked(csv_of(TARO))
    asked(job)
    tries: list[int] = []

    def deadlock(_writer: People) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("deadlock detected")

    monkeypatch.setattr(People, "end", deadlock)
    worked()
    assert (again(job).state, again(job).attempts, people()) == (JobState.DONE, 2, 1)
    assert undone(job) == [("rolled_back", "OperationalError", 1)]


def test_what_always_fails_so_is_left_to_a_person_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    job = checked(csv_of(TARO))
    asked(job)

    def deadlock(_writer: People) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(People, "end", deadlock)
    worked()
    assert (again(job).state, again(job).attempts, people()) == (JobState.FAILED, 3, 0)
    assert undone(job) == [(act, "OperationalError", 1 + at) for at, act in enumerate(["rolled_back"] * 2 + ["failed"])]


@pytest.mark.race
def test_one_file_that_was_handed_over_twice_and_two_workers_at_once_end_with_every_person_once() -> None:
    first, second = (checked(csv_of(TARO, HANAKO, CLUB)) for _ in range(2))
    asked(first)
    asked(second)
    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(_worked_apart()), daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    joined(*threads)
    worked()
    assert people() == 3
    assert sorted(again(job).counts["new"] for job in (first, second)) == [0, 3]


@pytest.mark.race
def test_one_file_that_four_clerks_hand_over_at_the_same_moment_brings_every_person_once() -> None:
    together = Gate(4)

    def hand_over(_number: int) -> Job:
        try:
            together.wait()
            job = handed_over(csv_of(TARO, HANAKO, CLUB))
            together.wait()
            with as_tenant(CHUO):
                choose_columns(actor=CLERK, job=job.pk, mapping=from_json(job.mapping))
            return job
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(hand_over, range(4)))
    worked()
    for job in jobs:
        asked(job)
    worked()
    assert people() == 3
    assert sorted(again(job).counts["unchanged"] for job in jobs) == [0, 3, 3, 3]


def _worked_apart() -> int:
    try:
        return worked()
    finally:
        connections.close_all()
