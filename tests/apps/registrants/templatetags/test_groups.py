"""Figures of people in words."""

from __future__ import annotations

from apps.registrants.models import RosterSummary
from apps.registrants.templatetags.groups import by_age_band, by_residence


def test_residences_are_told_in_their_order_and_the_unknown_last() -> None:
    figures = RosterSummary(by_residence={"": 1, "outside": 2, "resident": 3})
    assert by_residence(figures) == [("市内在住", 3), ("市外", 2), ("居住区分不明", 1)]


def test_ages_are_told_in_bands_of_ten_years() -> None:
    figures = RosterSummary(by_age_band={"90": 1, "0": 2, "70": 3})
    assert by_age_band(figures) == [("10歳未満", 2), ("70歳代", 3), ("90歳以上", 1)]
