"""Who permits a use (許可権者), and under which regime it is paid for."""

from dataclasses import dataclass
from enum import StrEnum


class FeeRegime(StrEnum):
    """What the user pays is the city's 使用料 (地方自治法第225条) or the manager's 利用料金 (第244条の2第8項)."""

    PUBLIC_FEE = "public"
    MANAGER_INCOME = "income"


@dataclass(frozen=True, slots=True)
class CityAuthority:
    """A facility that the city runs (直営).

    ``city`` is the municipality (印西市). ``organ`` is who decides when it is not the mayor (印西市教育委員会 for
    a 公民館); ``holder`` is the name of the person in office, printed on what they sign.
    """

    city: str
    organ: str = ""
    holder: str = ""

    @property
    def mayor(self) -> str:
        """印西市長."""
        return f"{self.city}長"

    @property
    def decider(self) -> str:
        """The office that permits and refuses."""
        return self.organ or self.mayor

    @property
    def defendant(self) -> str:
        """被告: the city, of which the office is an organ (行政事件訴訟法第11条第1項)."""
        return self.city

    @property
    def representative(self) -> str:
        """Who represents the defendant: the office itself (for a board, 地方教育行政法第56条)."""
        return self.decider

    @property
    def addressee(self) -> tuple[str, ...]:
        """The lines after （宛先）."""
        return (self.decider,)

    @property
    def signature(self) -> tuple[str, ...]:
        """The lines that a permit is signed with."""
        return (_joined(self.decider, self.holder),)


@dataclass(frozen=True, slots=True)
class ManagerAuthority:
    """A facility run by a designated manager (指定管理者), which permits in its own name (地方自治法第244条の2第3項).

    ``facility`` is the name in the designation (印西市中央老人福祉センター), ``corporation`` the body appointed,
    ``title`` and ``holder`` its representative's title (理事長) and name.
    """

    city: str
    facility: str
    corporation: str
    title: str
    holder: str = ""

    @property
    def mayor(self) -> str:
        """印西市長."""
        return f"{self.city}長"

    @property
    def defendant(self) -> str:
        """被告: the manager, which belongs to no public body (行政事件訴訟法第11条第2項)."""
        return self.corporation

    @property
    def representative(self) -> str:
        """Who represents the defendant, by title."""
        return self.title

    @property
    def addressee(self) -> tuple[str, ...]:
        """The lines after （宛先）."""
        return (f"{self.facility}指定管理者", _joined(self.corporation, self.title))

    @property
    def signature(self) -> tuple[str, ...]:
        """The lines that a permit is signed with."""
        return (f"{self.facility}指定管理者", _joined(self.corporation, self.title, self.holder))


Authority = CityAuthority | ManagerAuthority


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)
