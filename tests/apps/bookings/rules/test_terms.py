"""The terms of a facility: kept and read again as they were."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from apps.bookings.life_errors import TermsValueError
from apps.bookings.rules.deadlines import Cause, Deadline, RefundStep
from apps.bookings.rules.limits import Ceilings, Limit
from apps.bookings.rules.penalties import Exempt, PointRule, Threshold
from apps.bookings.rules.terms import DEFAULT, Terms, Waiting, as_json, check_terms, differences, from_json

FULL = Terms(
    limits=(Limit("rooms", "month", 4, rooms=(UUID(int=1),)),),
    cancel_portal=Deadline("months", months=2, day=20, at=dt.time(17, 30)),
    refunds=(RefundStep(30, 90),),
    points=(PointRule("no_show", Decimal("0.5")),),
    thresholds=(Threshold(Decimal(2), 12, "suspend", 30),),
    exempt=(Exempt(dt.date(2026, 1, 1), dt.date(2026, 1, 31), "感染症"),),
    waiting=Waiting(hours=12),
)


@pytest.mark.parametrize("terms", [DEFAULT, FULL])
def test_terms_come_back_from_the_database_as_they_were(terms: Terms) -> None:
    assert from_json(json.loads(json.dumps(as_json(terms)))) == terms


def test_what_a_row_lacks_is_as_the_default_and_what_it_knows_beyond_is_left_out() -> None:
    assert from_json({"waiting": {"hours": 3, "old": 1}, "gone": []}) == Terms(waiting=Waiting(hours=3))
    assert from_json(None) == DEFAULT
    check_terms(DEFAULT)
    check_terms(FULL)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(DEFAULT, ceilings=Ceilings(holds=101)), "ceilings__holds"),
        (replace(DEFAULT, limits=(Limit("room", "day", 0),)), "limits"),
        (replace(DEFAULT, refunds=(RefundStep(3, 101),)), "causes"),
        (replace(DEFAULT, exempt=(Exempt(dt.date(2026, 2, 1), dt.date(2026, 1, 1)),)), "exempt"),
        (replace(DEFAULT, causes=(Cause("own", "都合"),)), "causes"),
    ],
)
def test_a_number_that_cannot_be_is_told_by_its_field(terms: Terms, field: str) -> None:
    with pytest.raises(TermsValueError) as caught:
        check_terms(terms)
    assert caught.value.field == field


def test_differences_name_what_changes() -> None:
    changed = replace(DEFAULT, waiting=Waiting(hours=3), limits=FULL.limits)
    assert list(differences(DEFAULT, changed)) == [("limits", (), FULL.limits), ("waiting.hours", 24, 3)]
