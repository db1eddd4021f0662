"""From a postal code to an address, without a network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.postal.lookup import PostalAddress, address_of, is_assigned, places_of


def test_a_town_has_a_code() -> None:
    assert address_of("2701327") == PostalAddress("千葉県", "印西市", "大森")


def test_an_office_with_a_code_of_its_own_tells_where_it_is() -> None:
    assert str(address_of("2701396")) == "千葉県印西市大森2364-2"


def test_a_code_of_a_whole_municipality_has_no_town() -> None:
    assert address_of("2701300") == PostalAddress("千葉県", "印西市", "")


def test_of_a_code_that_towns_share_only_the_common_part_is_told() -> None:
    assert address_of("0680546") == PostalAddress("北海道", "夕張市", "南部")


def test_of_a_code_that_municipalities_share_no_municipality_is_told() -> None:
    assert address_of("9850000") == PostalAddress("宮城県", "", "")


def test_the_places_that_share_a_code_are_told_each() -> None:
    assert [str(one) for one in places_of("4980000")] == ["愛知県弥富市", "三重県桑名郡木曽岬町"]
    assert [str(one) for one in places_of("2701327")] == ["千葉県印西市大森"]
    assert places_of("0000000") == []


@pytest.mark.parametrize("code", ["0000000", "9999999", "2701399", "", "' OR 1=1", "大森"])
def test_an_unassigned_code_has_no_address(code: str) -> None:
    assert address_of(code) is None
    assert not is_assigned(code)


def test_it_may_be_asked_from_many_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(is_assigned, ["2701327"] * 64)) == {True}
