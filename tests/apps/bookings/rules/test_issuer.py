"""Who issues a document, by what kind of operator runs the facility."""

from __future__ import annotations

from dataclasses import replace

from apps.bookings.rules.authority import CityAuthority, FeeRegime, ManagerAuthority
from apps.bookings.rules.issuer import Issuer

MANAGER = Issuer(
    city="架空市",
    facility="中央老人福祉センター",
    ordinance="架空市中央老人福祉センターの設置及び管理に関する条例",
    symbol="架総福セ",
    is_manager=True,
    operator="社会福祉法人見本会",
    title="理事長",
    holder="見本　花子",
    regime=FeeRegime.MANAGER_INCOME,
)
CITY = replace(MANAGER, is_manager=False, operator="架空市福祉課", title="市長", regime=FeeRegime.PUBLIC_FEE)


def test_a_designated_manager_signs_in_its_own_name() -> None:
    facility = "架空市中央老人福祉センター"
    assert MANAGER.authority == ManagerAuthority("架空市", facility, "社会福祉法人見本会", "理事長", "見本　花子")


def test_a_department_signs_as_the_mayor() -> None:
    assert CITY.authority == CityAuthority("架空市", "", "見本　花子")
    assert replace(CITY, title="架空市長").authority == CITY.authority


def test_a_board_of_the_city_signs_as_itself() -> None:
    board = replace(CITY, title="教育委員会").authority
    assert board == CityAuthority("架空市", "架空市教育委員会", "見本　花子")


def test_the_fee_has_the_name_of_its_regime_and_no_amount() -> None:
    assert (CITY.fee_name, CITY.fee_rule) == ("使用料", "条例の定めるところによる額")
    assert (MANAGER.fee_name, MANAGER.fee_rule) == ("利用料金", "条例の定めるところにより指定管理者が定める額")
