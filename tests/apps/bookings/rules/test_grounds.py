"""Grounds of a refusal."""

from __future__ import annotations

import pytest

from apps.bookings.errors import UnknownGroundError
from apps.bookings.rules.grounds import GROUNDS, ground_of, provision


def test_each_ground_is_found_by_its_code() -> None:
    assert [ground_of(ground.code) for ground in GROUNDS] == list(GROUNDS)


def test_an_unknown_ground_is_refused() -> None:
    with pytest.raises(UnknownGroundError):
        ground_of("whim")


def test_the_provision_names_ordinance_clause_and_text() -> None:
    told = provision("架空市集会所条例", ground_of("management"))
    assert told == "架空市集会所条例第６条第４号（その他施設の管理上支障があると認められるとき。）"
