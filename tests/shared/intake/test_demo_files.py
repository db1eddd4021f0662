"""The demonstration's files of before: what is good in them is taken in, what is not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.intake.models import Job
from tests import factories
from tests.shared.intake.files import rejected, taken_in

pytestmark = pytest.mark.usefixtures("database")
FOLDER = Path(__file__).parents[3] / "deploy" / "demo"


def taken(kind: str) -> Job:
    return taken_in((FOLDER / f"before_{kind}.csv").read_bytes(), kind=kind)


def codes(job: Job) -> list[tuple[int, str]]:
    return [(row.line, row.problems[0]["code"]) for row in rejected(job)]


def test_they_are_taken_in_one_after_the_other() -> None:
    at = factories.facility()
    for name in ("大広間", "和室1"):
        factories.meeting_room(at=at, name=name)
    people, members, cards, uses = (taken(kind) for kind in ("people", "members", "cards", "uses"))
    assert [job.counts["new"] for job in (people, members, cards, uses)] == [5, 2, 3, 3]
    assert codes(people) == [(6, "row_date_outside_era"), (7, "row_kana"), (9, "row_columns")]
    assert codes(uses) == [(5, "row_choice")]
