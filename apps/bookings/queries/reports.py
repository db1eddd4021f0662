"""A facility's months and years for its own staff (月報・年報): a fixed number of statements for any span."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from apps.bookings.models import Booking, DayCount, FeeLine, FeeSheet, MonthDeed, Occupation
from apps.bookings.queries.availability import TakenByDay, days_of_month
from apps.bookings.queries.counters import CLOSED
from apps.bookings.queries.month_money import money_of
from apps.bookings.queries.of_before import permitted_before, uses_of_before
from apps.bookings.queries.offers import offers_of_tenant
from apps.bookings.rules.availability import Taken
from apps.bookings.rules.fees.lines import Step
from apps.bookings.rules.figures import Figures, from_kept, kept
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.reports import Money, Use
from apps.bookings.rules.states import USABLE
from apps.bookings.rules.usage import CITY_USE, SHUT, Asked, FacilityUsage, RoomUsage, usage
from apps.registrants.models import Visit
from kernel.clock import TOKYO
from kernel.spans import day_span

Counted = tuple[FacilityUsage, "Individuals", Money]
OF_USE: Final = ("room_id", "day", "state", "during", "headcount")


@dataclass(frozen=True, slots=True)
class Individuals:
    """Use without a booking (個人利用): persons counted, and visits by card (入館)."""

    people: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    visits: int = 0


@dataclass(frozen=True, slots=True)
class MonthReport:
    """One facility's month: as it was sent if it is closed (``deed``), else as it is now."""

    month: dt.date
    usage: FacilityUsage
    individuals: Individuals
    deed: MonthDeed | None = None
    money: Money | None = None
    """None of a month that was sent before money was part of the report."""

    @property
    def is_closed(self) -> bool:
        """Whether the month was closed, and not opened again."""
        return self.deed is not None and self.deed.deed == CLOSED

    def as_kept(self) -> dict[str, Any]:
        """What a closing keeps (月締めの控え)."""
        return {
            "facility": kept(self.usage.figures),
            "rooms": {str(room.offer.room): kept(room.figures) for room in self.usage.rooms},
            "combinations": [str(room.offer.room) for room in self.usage.rooms if room.is_combination],
            "individuals": {
                "people": self.individuals.people,
                "counts": self.individuals.counts,
                "visits": self.individuals.visits,
            },
            "money": asdict(self.money or Money()),
        }


def month_reports(schema: str, months: Sequence[dt.date]) -> dict[dt.date, list[MonthReport]]:
    """Month -> every facility's report, in the order of the house; at most ten statements."""
    offers = offers_of_tenant(schema)
    deeds = _deeds(months)
    facilities = list(dict.fromkeys(offer.facility for offer in offers))
    to_count = [m for m in months if any(_is_open(deeds.get((f, m))) for f in facilities)]
    counted = _counted(offers, to_count) if to_count else {}
    return {
        month: [
            _report(month, [o for o in offers if o.facility == facility], deeds.get((facility, month)), counted)
            for facility in facilities
        ]
        for month in months
    }


def uses_between(first: dt.date, last: dt.date, *, facility: UUID | None = None) -> list[Use]:
    """The permitted uses from ``first`` to ``last`` without their persons, for the pivot; two statements."""
    found = Booking.objects.filter(day__range=(first, last), state__in=USABLE)
    if facility is not None:
        found = found.filter(room__facility=facility)
    columns = (
        "day",
        "room__facility__name",
        "room__name",
        "slot_labels",
        "purpose__name",
        "registrant__kind",
        "channel",
        "use_record__outcome",
        "use_record__headcount",
        "fee",
        "reduced",
    )
    rows = found.annotate(fee=_newest("total"), reduced=_newest("reduced")).values_list(*columns)
    return [
        Use(day, place, room, tuple(slots), purpose or "", kind, channel, outcome or "", people or 0, fee, -reduced)
        for day, place, room, slots, purpose, kind, channel, outcome, people, fee, reduced in rows
    ] + permitted_before(first, last, facility=facility)


def _newest(value: str) -> Coalesce:
    """Of a booking's newest fee the total, or what a reduction took off; 0 of none."""
    taken = FeeLine.objects.filter(sheet=OuterRef("pk"), step=Step.REDUCTION).order_by().values("sheet")
    sheets = FeeSheet.objects.filter(booking=OuterRef("pk")).order_by("-number")
    if value == "reduced":
        sheets = sheets.annotate(reduced=Subquery(taken.annotate(sum=Sum("amount")).values("sum")))
    return Coalesce(Subquery(sheets.values(value)[:1]), 0)


def _is_open(deed: MonthDeed | None) -> bool:
    return deed is None or deed.deed != CLOSED


def _deeds(months: Sequence[dt.date]) -> dict[tuple[UUID, dt.date], MonthDeed]:
    rows = MonthDeed.objects.filter(month__in=months).order_by("facility_id", "month", "-number")
    return {(one.facility_id, one.month): one for one in rows.distinct("facility_id", "month")}


def _report(
    month: dt.date,
    offers: Sequence[Offer],
    deed: MonthDeed | None,
    counted: dict[tuple[UUID, dt.date], Counted],
) -> MonthReport:
    facility = offers[0].facility
    if deed is None or deed.deed != CLOSED:
        usage_of, individuals, of_month = counted[facility, month]
        return MonthReport(month, usage_of, individuals, deed, of_month)
    values = deed.figures
    rooms = tuple(
        RoomUsage(offer, str(offer.room) in values["combinations"], from_kept(values["rooms"][str(offer.room)]))
        for offer in offers
        if str(offer.room) in values["rooms"]
    )
    sent = FacilityUsage(facility, rooms, from_kept(values["facility"]))
    money = Money(**values["money"]) if "money" in values else None
    return MonthReport(month, sent, Individuals(**values["individuals"]), deed, money)


def _counted(offers: Sequence[Offer], months: Sequence[dt.date]) -> dict[tuple[UUID, dt.date], Counted]:
    first, last = months[0], days_of_month(months[-1])[-1]
    blocks, asked = _blocks(offers, first, last), _asked(first, last)
    individuals = _individuals(first, last)
    found: dict[tuple[UUID, dt.date], Counted] = {}
    money = money_of(first, last)
    for month in months:
        for one in usage(offers, days_of_month(month), blocks, asked[month]):
            key = (one.facility, month)
            found[key] = (one, individuals.get(key, Individuals()), money.get(key, Money()))
    return found


def _blocks(offers: Iterable[Offer], first: dt.date, last: dt.date) -> TakenByDay:
    parts = {part for offer in offers for part in offer.parts}
    span = DateTimeTZRange(day_span(first).start, day_span(last).end)
    rows = Occupation.objects.filter(part__in=parts, during__overlap=span, kind__in=[*SHUT, CITY_USE])
    found: TakenByDay = defaultdict(list)
    for part, kind, during in rows.values_list("part_id", "kind", "during"):
        taken = Taken(part, kind, during.lower, during.upper)
        for day in _days_within(during.lower, during.upper, first, last):
            found[day].append(taken)
    return found


def _days_within(starts_at: dt.datetime, ends_at: dt.datetime, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = max(first, starts_at.astimezone(TOKYO).date())
    while day <= last and day_span(day).start < ends_at:
        yield day
        day += dt.timedelta(days=1)


def _asked(first: dt.date, last: dt.date) -> dict[dt.date, list[Asked]]:
    found: dict[dt.date, list[Asked]] = defaultdict(list)
    rows = Booking.objects.filter(day__range=(first, last), applied_at__isnull=False)
    entered = ("use_record__outcome", "use_record__headcount", "use_record__counts")
    for room, day, state, during, heads, outcome, people, counts in rows.order_by().values_list(*OF_USE, *entered):
        one = Asked(room, day, state, during.lower, during.upper, heads, outcome or "", people or 0, counts or {})
        found[day.replace(day=1)].append(one)
    for before in uses_of_before(first, last):
        found[before.day.replace(day=1)].append(before)
    return found


def _individuals(first: dt.date, last: dt.date) -> dict[tuple[UUID, dt.date], Individuals]:
    people: Counter[tuple[UUID, dt.date]] = Counter()
    counts: dict[tuple[UUID, dt.date], Counter[str]] = defaultdict(Counter)
    for facility, day, heads, parted in DayCount.objects.filter(day__range=(first, last)).values_list(
        "facility_id", "day", "headcount", "counts"
    ):
        people[facility, day.replace(day=1)] += heads
        counts[facility, day.replace(day=1)].update(parted)
    rows = Visit.objects.filter(day__range=(first, last)).order_by()
    visits = {
        (facility, month): number
        for facility, month, number in rows.annotate(month=TruncMonth("day"))
        .values_list("facility", "month")
        .annotate(Count("pk"))
    }
    return {key: Individuals(people[key], dict(counts[key]), visits.get(key, 0)) for key in {*people, *visits}}


def figures_of(reports: Iterable[MonthReport]) -> list[Figures]:
    """The facilities' figures."""
    return [one.usage.figures for one in reports]
