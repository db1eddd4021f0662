"""The tables that an ordinance sets (別表): prices, surcharges, climate, equipment, reductions, terms.

Every table is one frozen value that holds from a day on; ``Tables`` are those that hold on the day of use.
Amounts are whole yen including tax, ratios exact fractions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from kernel.yen import Rounding


class TableKind(StrEnum):
    """Which table (料金表の種類). A tariff is a room's, the others are the facility's."""

    TARIFF = "tariff"
    SURCHARGES = "surcharges"
    CLIMATE = "climate"
    EQUIPMENT = "equipment"
    REDUCTIONS = "reductions"
    TERMS = "terms"


class TariffMode(StrEnum):
    """How the basic fee is told (料金の定め方)."""

    FLAT = "flat"  # 全時間帯一定
    UNITS = "units"  # 単位ごとに同額（nコマ＝1単位、端数切上げ）
    SLOTS = "slots"  # 区分・コマごと（通し料金を含む）


class Days(StrEnum):
    """On which days a price holds."""

    ANY = "any"
    WEEKDAY = "weekday"
    HOLIDAY = "holiday"


class Who(StrEnum):
    """For whom a price holds."""

    ANY = "any"
    RESIDENT = "resident"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Season:
    """From one day of the year to another, both MM-DD and included; may pass the turn of the year."""

    first: str
    last: str

    def covers(self, day: dt.date) -> bool:
        """Whether ``day`` lies in the season."""
        at = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class Price:
    """An amount for ``slots``: one slot, or a run of them booked together (通し料金); none for a flat or unit price."""

    amount: int
    slots: tuple[int, ...] = ()
    days: Days = Days.ANY
    who: Who = Who.ANY
    season: Season | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a room (室料).

    ``least`` is the least fee of a use (最低料金), ``slots_per_unit`` how many slots are charged as one, begun ones
    counting whole; ``hourly`` an hour outside the slots (オプション時間); ``middle`` an hour between two slots that
    are booked together (中間時間), commonly nothing.
    """

    mode: TariffMode
    prices: tuple[Price, ...]
    article: str = ""
    least: int = 0
    slots_per_unit: int = 1
    hourly: int = 0
    middle: int = 0


class Mode(StrEnum):
    """What a ratio does. 「10割加算」 adds the whole again; 「15割を乗じて得た額」 is one and a half of it."""

    MULTIPLY = "multiply"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class When:
    """When a surcharge is due: everything that is said here must hold.

    ``admission_from`` and ``admission_below`` bound the highest admission fee (入場料等), half-open, in yen.
    ``rooms`` are the rooms' ids as text; none means every room.
    """

    holiday: bool = False
    outside: bool = False
    commercial: bool = False
    preparation: bool = False
    extended: bool = False
    admission_from: int | None = None
    admission_below: int | None = None
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surcharge:
    """割増・加算, or a lower rate for preparation (準備・リハーサル). ``replaces`` are codes that it stands in for."""

    code: str
    label: str
    article: str
    mode: Mode
    ratio: Fraction
    when: When
    replaces: tuple[str, ...] = ()


class Basis(StrEnum):
    """What a ratio of heating or cooling is taken of."""

    BASE = "base"  # 基本額
    ROOM = "room"  # 割増後の室料


@dataclass(frozen=True, slots=True)
class Climate:
    """Heating or cooling (冷暖房): a ratio of the room's fee, or an amount an hour.

    ``season`` is when it is offered; ``automatic`` charges it in that season without being asked for.
    """

    code: str
    label: str
    article: str
    ratio: Fraction = Fraction(0)
    basis: Basis = Basis.ROOM
    hourly: int = 0
    season: Season | None = None
    automatic: bool = False
    rooms: tuple[str, ...] = ()


class EquipmentUnit(StrEnum):
    """For what an item's price is (設備の単位)."""

    SLOT = "slot"  # 1区分
    HOUR = "hour"  # 1時間
    DAY = "day"  # 1日
    TIME = "time"  # 1回


@dataclass(frozen=True, slots=True)
class EquipmentPrice:
    """One item of 附属設備."""

    code: str
    label: str
    article: str
    amount: int
    unit: EquipmentUnit = EquipmentUnit.SLOT


@dataclass(frozen=True, slots=True)
class Equipment:
    """All items, and the most that they cost together a slot (設備合計の上限)."""

    items: tuple[EquipmentPrice, ...] = ()
    ceiling: int | None = None
    ceiling_article: str = ""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A ground of reduction or exemption (減免の事由), which part of what it takes away (1 is 免除)."""

    code: str
    label: str
    article: str
    ratio: Fraction
    room: bool = True
    equipment: bool = False
    climate: bool = False


class ExtensionRounding(StrEnum):
    """How minutes of an extension become hours."""

    HALF_HOUR = "half_hour"  # 30分未満切捨て・30分以上切上げ
    BEGUN_HOUR = "begun_hour"  # 1時間未満は1時間


@dataclass(frozen=True, slots=True)
class Extension:
    """延長: an hour costs ``ratio`` of the slot before it."""

    ratio: Fraction
    rounding: ExtensionRounding
    article: str = ""


@dataclass(frozen=True, slots=True)
class RoundingRules:
    """What becomes of fractions, after each step (端数処理)."""

    base: Rounding = Rounding.YEN_DOWN
    extension: Rounding = Rounding.YEN_DOWN
    surcharge: Rounding = Rounding.YEN_DOWN
    climate: Rounding = Rounding.YEN_DOWN
    equipment: Rounding = Rounding.YEN_DOWN
    reduction: Rounding = Rounding.YEN_DOWN
    total: Rounding = Rounding.TEN_DOWN


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every fee of the facility: extension, order, rounding, tax.

    ``tax`` is the rate that the amounts include (内税), nothing where there is none; ``invoice_number`` the
    registration number of the issuer of invoices (適格請求書発行事業者の登録番号).
    """

    extension: Extension | None = None
    reduction_first: bool = False
    saturday_is_holiday: bool = True
    rounding: RoundingRules = field(default_factory=RoundingRules)
    rounding_article: str = ""
    tax: Fraction = Fraction(1, 10)
    invoice_number: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables that hold for a room on a day."""

    tariff: Tariff
    surcharges: tuple[Surcharge, ...] = ()
    climate: tuple[Climate, ...] = ()
    equipment: Equipment = field(default_factory=Equipment)
    reductions: tuple[Reduction, ...] = ()
    terms: Terms = field(default_factory=Terms)
