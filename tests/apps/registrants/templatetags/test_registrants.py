"""What a list keeps to itself."""

from __future__ import annotations

import pytest

from apps.registrants.models import RegistrantState
from apps.registrants.templatetags.registrants import TONES, masked_address


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("千葉県架空市架空台一丁目２番地３", "千葉県架空市架空台•••"),
        ("架空市架空町12番地", "架空市架空町•••"),
        ("三重県四日市市見本町５", "三重県四日市市見本町•••"),
        ("千葉県架空市大字見本", "千葉県架空市•••"),
        ("１２番地", "•••"),
        ("", "•••"),
    ],
)
def test_an_address_is_shown_up_to_its_numbers(address: str, masked: str) -> None:
    assert masked_address(address) == masked


def test_every_state_has_its_colour() -> None:
    assert set(TONES) == set(RegistrantState)
