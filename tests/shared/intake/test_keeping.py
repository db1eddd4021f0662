"""How long files and rows are kept, and what a change of operator is told of them."""

from __future__ import annotations

import pytest

from shared.handover import kinds
from shared.intake.models import Chunk, Job, RejectedRow
from shared.intake.queries import open_rows
from shared.intake.services.work_off import dismiss_all
from tests.apps.compliance import disposing
from tests.shared.intake.files import CLERK, HANAKO, TARO, checked, csv_of, rejected, taken_in
from tests.support.fixtures import Freeze
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")
BAD = TARO.replace("S23.4.1", "S65.4.1")


def test_a_file_that_nobody_took_in_goes_with_what_its_check_found(freeze: Freeze) -> None:
    freeze(disposing.THEN)
    job = checked(csv_of(BAD, HANAKO))
    freeze(disposing.NOW)
    assert disposing.disposed("intake_files").done == 1
    with as_tenant(CHUO):
        left = Job.objects.get(pk=job.pk)
        assert (left.state, left.header, left.texts, left.filename) == ("discarded", [], {}, job.filename)
        assert not Chunk.objects.exists()
        assert not RejectedRow.objects.exists()


def test_a_row_that_was_worked_off_goes_and_one_that_is_open_stays(freeze: Freeze) -> None:
    freeze(disposing.THEN)
    job = taken_in(csv_of(BAD, HANAKO.replace("昭和25年5月3日", "昨日")))
    with as_tenant(CHUO):
        first = rejected(job)[0].pk
        dismiss_all(actor=CLERK, rows=open_rows().filter(pk=first), reason="古い記録")
    freeze(disposing.NOW)
    assert disposing.disposed("intake_rows").done == 1
    assert [row.state for row in rejected(job)] == ["open"]


def test_a_change_of_operator_is_told_of_the_rows_that_are_open() -> None:
    job = taken_in(csv_of(HANAKO, BAD))
    with as_tenant(CHUO):
        found = kinds()["intake_rows"].read()
    assert (found.count, [(row.number, row.word) for row in found.rows]) == (1, [("3", job.filename)])
