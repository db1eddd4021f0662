"""Fee tables of the demonstration, after an ordinance that is invented, and reductions that were asked for.

The prices follow from a room's size, so that every room has some; the articles are those of no real ordinance.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

from apps.bookings.errors import BookingError
from apps.bookings.models import (
    Booking,
    BookingState,
    FeeTable,
    FeeTableKind,
    Payment,
    PaymentMethod,
    ReductionRequest,
    Room,
)
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.rules.fees.codec import Table
from apps.bookings.rules.fees.tables import (
    Climate,
    Equipment,
    EquipmentPrice,
    EquipmentUnit,
    Extension,
    ExtensionRounding,
    Mode,
    Price,
    Reduction,
    RoundingRules,
    Season,
    Surcharge,
    Tariff,
    TariffMode,
    Terms,
    When,
)
from apps.bookings.services.fees.asking import ask_for_reduction
from apps.bookings.services.fees.deciding import confirm_evidence, grant_reduction, refuse_reduction
from apps.bookings.services.fees.receiving import receive
from apps.bookings.services.fees.tables import NewTable, enter_tables
from config.demo_city.rooms import SINCE
from kernel import clock
from kernel.yen import Rounding
from shared.actor import SYSTEM, Actor
from shared.staff.models import StaffAccount

ORDINANCE: Final = "平成26年条例第20号"
AMENDED: Final = "令和8年条例第15号"
SLOTS_PRICED_TOGETHER: Final = 6
SHARED: Final[dict[FeeTableKind, Table]] = {
    FeeTableKind.SURCHARGES: (
        Surcharge("outside", "市外", "第８条第２項", Mode.MULTIPLY, Fraction(2), When(outside=True)),
        Surcharge("admission", "入場料等（1,000円未満）", "別表備考２", Mode.MULTIPLY, Fraction(3, 2), When(
            admission_from=1, admission_below=1000)),
        Surcharge("admission_high", "入場料等（1,000円以上）", "別表備考２", Mode.MULTIPLY, Fraction(2), When(
            admission_from=1000)),
        Surcharge("commercial", "営利・販売", "別表備考３", Mode.ADD, Fraction(1), When(commercial=True)),
    ),
    FeeTableKind.CLIMATE: (
        Climate("heating", "暖房", "別表備考４", ratio=Fraction(3, 10), season=Season("11-01", "03-31")),
        Climate("cooling", "冷房", "別表備考４", ratio=Fraction(3, 10), season=Season("06-01", "09-30")),
    ),
    FeeTableKind.EQUIPMENT: Equipment(
        (
            EquipmentPrice("sound", "音響設備一式", "別表第２", 500),
            EquipmentPrice("projector", "プロジェクター", "別表第２", 300),
            EquipmentPrice("piano", "ピアノ", "別表第２", 1000, EquipmentUnit.TIME),
        ),
        ceiling=2000,
        ceiling_article="別表第２備考",
    ),
    FeeTableKind.REDUCTIONS: (
        Reduction("city", "市の主催・共催", "第９条第１号", Fraction(1), equipment=True, climate=True),
        Reduction("welfare", "福祉団体の活動", "第９条第２号", Fraction(1)),
        Reduction("support", "市の後援", "第９条第３号", Fraction(1, 2)),
        Reduction("learning", "社会教育関係団体の活動", "第９条第４号", Fraction(1, 2)),
    ),
    FeeTableKind.TERMS: Terms(
        extension=Extension(Fraction(1, 5), ExtensionRounding.BEGUN_HOUR, "別表備考１"),
        rounding=RoundingRules(total=Rounding.TEN_DOWN),
        rounding_article="第８条第３項",
    ),
}  # fmt: skip
"""What every facility has in common."""


def set_fees() -> None:
    """Enter the tables of the tenant's facilities once, and a dearer tariff from the next April; at its desk."""
    if FeeTable.objects.exists():
        return
    rooms = list(Room.objects.prefetch_related("timetables__slots"))
    facilities = sorted({room.facility_id for room in rooms}, key=str)
    found = [NewTable(one, kind, table, SINCE, note=ORDINANCE) for one in facilities for kind, table in SHARED.items()]
    tariff = FeeTableKind.TARIFF
    found += [NewTable(one.facility_id, tariff, _tariff(one), SINCE, one.pk, ORDINANCE) for one in rooms]
    april = _next_april(clock.today())
    found += [
        NewTable(one.facility_id, tariff, _tariff(one, Fraction(11, 10)), april, one.pk, AMENDED) for one in rooms[:1]
    ]
    enter_tables(actor=SYSTEM, tables=found)


def ask_for_reductions() -> None:
    """Let some bookings ask for a reduction, and decide on all but the last two; at the tenant's desk, once."""
    if ReductionRequest.objects.exists():
        return
    decider = StaffAccount.objects.values_list("pk", flat=True).first()
    if decider is None:
        return
    clerk = Actor(kind="staff", id=decider)
    states = [BookingState.UNDER_REVIEW, BookingState.PERMITTED]
    priced = Booking.objects.filter(state__in=states, fee_sheets__total__gt=0, day__gt=clock.today())
    for number, booking in enumerate(priced.order_by("number").values_list("pk", flat=True)[:6]):
        ground = ("support", "learning", "welfare", "city")[number % 4]
        try:
            ask_for_reduction(actor=clerk, booking=booking, ground=ground)
            if number < 4:
                confirm_evidence(actor=clerk, booking=booking)
            if number < 3:
                grant_reduction(actor=clerk, booking=booking)
            elif number == 3:
                refuse_reduction(actor=clerk, booking=booking, reason="市の主催又は共催に当たらないため")
        except BookingError:
            continue


def take_money() -> None:
    """Receive what some bookings of these days cost, whole or in part; at the tenant's desk, once."""
    if Payment.objects.filter(booking__day__gt=clock.today()).exists():
        return
    priced = Booking.objects.filter(state=BookingState.PERMITTED, fee_sheets__total__gte=100, day__gt=clock.today())
    for number, booking in enumerate(priced.order_by("number").values_list("pk", flat=True).distinct()[6:16]):
        owed = standing_of_payment(booking).owed
        amount = owed // 2 if number == 3 else owed
        try:
            method = PaymentMethod.CARD if number % 4 == 1 else PaymentMethod.CASH
            receive(actor=SYSTEM, booking=booking, amount=amount, method=method)
        except BookingError:
            continue


def _tariff(room: Room, dearer: Fraction = Fraction(1)) -> Tariff:
    """By the slot, a whole day a tenth cheaper; where a day has many slots, by the slot alone at one price."""
    timetable = room.timetables.order_by("-valid_from").first()
    slots = list(timetable.slots.order_by("number")) if timetable else []
    base = int(max(3, room.capacity // 10) * 100 * dearer)
    if not slots or len(slots) > SLOTS_PRICED_TOGETHER:
        return Tariff(TariffMode.UNITS, (Price(base),), article="別表第１")
    prices = [Price(base + 100 * place, (slot.number,)) for place, slot in enumerate(slots)]
    whole = sum(price.amount for price in prices) * 9 // 10
    # cheaper than a part of it no ordinance would be
    if len(slots) > 1 and whole >= sum(price.amount for price in prices[1:]):
        prices.append(Price(whole, tuple(slot.number for slot in slots)))
    return Tariff(TariffMode.SLOTS, tuple(prices), article="別表第１")


def _next_april(today: dt.date) -> dt.date:
    return dt.date(today.year + (today.month >= 4), 4, 1)
