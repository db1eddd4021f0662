"""Who issues a facility's documents on a day (許可権者), and under which numbers and provisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from apps.bookings.rules.authority import Authority, CityAuthority, FeeRegime, ManagerAuthority
from apps.bookings.rules.wording import with_city

MAYOR: Final = "市長"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The operator in charge of the facility, as its assignment has it.

    ``city`` is the municipality (印西市), ``facility`` the facility's name, ``ordinance`` its 設置及び管理に関する条例;
    ``title`` and ``holder`` are the operator's representative.
    """

    city: str
    facility: str
    ordinance: str
    symbol: str
    is_manager: bool
    operator: str
    title: str
    holder: str
    regime: FeeRegime
    tenant: int = 0
    """The tenant's number, which the code on a document names."""

    @property
    def full_facility(self) -> str:
        """The facility's name with the city's."""
        return with_city(self.city, self.facility)

    @property
    def authority(self) -> Authority:
        """A designated manager decides in its own name; else the mayor, or the city's organ of that title."""
        if self.is_manager:
            return ManagerAuthority(self.city, self.full_facility, self.operator, self.title, self.holder)
        organ = "" if self.title in {MAYOR, f"{self.city}長"} else with_city(self.city, self.title)
        return CityAuthority(self.city, organ, self.holder)

    @property
    def fee_name(self) -> str:
        """使用料 is the city's, 利用料金 the manager's income."""
        return "利用料金" if self.regime is FeeRegime.MANAGER_INCOME else "使用料"

    @property
    def fee_rule(self) -> str:
        """Who sets the fee, where no amount is computed (地方自治法第225条・第228条, 第244条の2第9項)."""
        manager = "により指定管理者が定める額" if self.regime is FeeRegime.MANAGER_INCOME else "による額"
        return f"条例の定めるところ{manager}"
