"""What a table may not be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from apps.bookings.errors import BadTableError
from apps.bookings.rules.fees import checks
from apps.bookings.rules.fees.codec import decode, from_content, tables_of
from apps.bookings.rules.fees.tables import (
    Climate,
    Equipment,
    EquipmentPrice,
    Price,
    Season,
    TableKind,
    Tariff,
    TariffMode,
    When,
)
from tests.apps.bookings.rules.fees.tables import DAY, HALF, OUTSIDE, PRICES, TARIFF

WINTER = Season("12-01", "12-31")


def test_a_tariff_with_a_price_for_every_slot_is_good() -> None:
    checks.check_tariff(TARIFF, DAY)
    checks.check_tariff(Tariff(TariffMode.SLOTS, (*PRICES, Price(4000, (1, 2, 3)))), DAY)


@pytest.mark.parametrize(
    ("tariff", "reason"),
    [
        (Tariff(TariffMode.SLOTS, PRICES[:2]), "no_price_for"),
        (Tariff(TariffMode.FLAT, PRICES), "no_price_at_all"),
        (Tariff(TariffMode.SLOTS, (*PRICES, Price(1400, (1, 2)))), "cheaper_than_a_part"),
        (Tariff(TariffMode.UNITS, (Price(100),), slots_per_unit=0), "no_unit"),
        (Tariff(TariffMode.FLAT, (Price(-1),)), "bad_amount"),
        (Tariff(TariffMode.SLOTS, (*PRICES, Price(900, (1, 2), season=WINTER))), "cheaper_than_a_part"),
    ],
)  # fmt: skip
def test_a_tariff_that_cannot_be_is_refused_with_its_reason(tariff: Tariff, reason: str) -> None:
    with pytest.raises(BadTableError) as raised:
        checks.check_tariff(tariff, DAY)
    assert raised.value.params["reason"] == reason


@pytest.mark.parametrize(
    ("check", "rows", "reason"),
    [
        (checks.check_surcharges, (OUTSIDE, OUTSIDE), "code_twice"),
        (checks.check_surcharges, (replace(OUTSIDE, when=When()),), "always_due"),
        (checks.check_surcharges, (replace(OUTSIDE, ratio=Fraction(0)),), "bad_ratio"),
        (checks.check_climate, (Climate("c", "暖房", ""),), "ratio_or_hour"),
        (checks.check_climate, (Climate("c", "暖房", "", ratio=Fraction(1), hourly=1),), "ratio_or_hour"),
        (checks.check_equipment, Equipment((EquipmentPrice("e", "マイク", "", -1),)), "bad_amount"),
        (checks.check_reductions, (replace(HALF, ratio=Fraction(3, 2)),), "bad_ratio"),
        (checks.check_reductions, (replace(HALF, article=" "),), "no_article"),
        (checks.check_reductions, (replace(HALF, room=False),), "no_scope"),
        (checks.check_days, Season("02-30", "03-01"), "bad_season"),
    ],
)
def test_another_table_that_cannot_be_is_refused_with_its_reason(check: Any, rows: Any, reason: str) -> None:
    with pytest.raises(BadTableError) as raised:
        check(rows)
    assert raised.value.params["reason"] == reason


@pytest.mark.parametrize(
    "content",
    [{}, {"amount": "1"}, {"amount": 1.5}, {"amount": True}, {"amount": 1, "days": "never"}, {"amount": 1, "x": 1}, 3],
)
def test_what_is_stored_wrongly_is_not_read(content: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(Price, content)


def test_a_list_is_no_text() -> None:
    with pytest.raises(ValueError, match="list"):
        from_content(TableKind.TARIFF, {"mode": "flat", "prices": "none"})


def test_without_a_tariff_there_are_no_tables() -> None:
    assert tables_of({TableKind.REDUCTIONS: ()}) is None
