"""Who counts as of the city for windows."""

from __future__ import annotations

import pytest

from apps.bookings.rules.residency import Home, best_of, who_of
from apps.bookings.rules.window import Who


@pytest.mark.parametrize(
    ("residence", "address", "who"),
    [
        ("resident", "", Who.RESIDENT),
        ("worker", "架空県別市1番地", Who.RESIDENT),
        ("student", "架空県別市1番地", Who.RESIDENT),
        ("outside", "印西市架空1番地", Who.OTHER),
        ("", "印西市架空1番地", Who.RESIDENT),
        ("", "千葉県印西市架空1番地", Who.RESIDENT),
        ("", "別市印西町1番地", Who.OTHER),
    ],
)
def test_what_is_collected_decides_before_the_address(residence: str, address: str, who: Who) -> None:
    assert who_of(Home(residence, address), "印西市") is who


def test_one_registration_of_the_city_is_enough_and_nobody_known_sees_what_residents_see() -> None:
    here, there = Home("resident", ""), Home("outside", "")
    assert best_of([there, here], "印西市") is Who.RESIDENT
    assert best_of([there], "印西市") is Who.OTHER
    assert best_of([], "印西市") is Who.RESIDENT
