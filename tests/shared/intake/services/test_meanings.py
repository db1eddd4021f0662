"""What the file's texts mean: seen by the clerk, chosen by the clerk, and fixed values for what is empty."""

from __future__ import annotations

import pytest

from apps.registrants.models import Registrant
from shared.intake.models import Job
from tests.shared.intake.files import CLUB, TARO, checked, csv_of, taken_in
from tests.support.scopes import as_tenant
from tests.support.tenants import CHUO

pytestmark = pytest.mark.usefixtures("database")


def only() -> Registrant:
    with as_tenant(CHUO):
        return Registrant.objects.get()


def test_a_check_tells_every_text_that_stands_for_a_choice_and_a_run_keeps_none() -> None:
    data = csv_of(TARO.replace("個人", "1"), CLUB.replace("団体,", "２,"), CLUB.replace("2001,団体", "2002,X"))
    assert checked(data).texts == {"kind": {"1": 1, "2": 1, "X": 1}, "state": {"有効": 3}}
    assert taken_in(data).texts == {}


def test_what_a_text_usually_means_is_overruled_by_the_clerk() -> None:
    line = CLUB.replace("団体,", "1,")
    assert checked(csv_of(line)).counts["refused"] == 1
    job = taken_in(csv_of(line), values={"kind": {"1": "group"}})
    assert (job.counts["new"], only().kind) == (1, "group")


def test_a_text_may_be_said_to_mean_nothing() -> None:
    assert checked(csv_of(TARO), values={"state": {"有効": ""}}).counts["refused"] == 1


def test_a_fixed_value_fills_what_is_empty_and_nothing_else() -> None:
    lines = csv_of(TARO.replace("有効", " "), TARO.replace("1001", "1002"))
    taken_in(lines, constants={"state": "suspended"})
    with as_tenant(CHUO):
        assert list(Registrant.objects.order_by("source_key").values_list("state", flat=True)) == [
            "suspended",
            "active",
        ]


def test_two_keys_that_differ_only_behind_the_longest_that_is_kept_are_two() -> None:
    source, key = "元" * 40, "9" * 79
    job: Job = taken_in(csv_of(*(TARO.replace("1001", f"{key}{end}") for end in "12")), source=source)
    assert (job.state, job.counts["new"]) == ("done", 2)


def test_a_key_is_the_same_in_every_width() -> None:
    taken_in(csv_of(TARO))
    job = taken_in(csv_of(TARO.replace("1001", " １００１ ")))
    assert (job.counts["new"], job.counts["unchanged"]) == (0, 1)
