"""Reports as tables: the lines of the month's and the year's file, which hold figures and no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from apps.bookings.models import BookingState, CounterSet
from apps.bookings.queries.counters import categories_of
from apps.bookings.queries.reports import MonthReport
from apps.bookings.rules.attendance import WHOLE, Category
from apps.bookings.rules.figures import Figures
from apps.bookings.templatetags.bookings import in_language
from shared.web.sheets import Cell


def every_category() -> list[Category]:
    """All categories that ever were, under their newest names, in the order of the newest set; two statements."""
    found: dict[str, Category] = {}
    for row in CounterSet.objects.order_by("-valid_from").prefetch_related("counters"):
        for one in categories_of(row):
            found.setdefault(one.code, one)
    return list(found.values())


def headings(first: str, categories: Sequence[Category]) -> list[Cell]:
    """The head of both tables; ``first`` names what the lines are of."""
    return [
        first,
        _("施設"),
        _("室場"),
        _("利用可能コマ数"),
        _("利用コマ数"),
        _("うち主催事業"),
        _("利用率（区分単位）％"),
        _("開館日数"),
        _("利用日数"),
        _("利用率（日単位）％"),
        _("申請件数"),
        _("許可件数"),
        _("取消件数"),
        _("来場件数"),
        _("不来場件数"),
        _("実績人数"),
        *(_("うち%(name)s") % {"name": in_language(one.name, one.name_en)} for one in categories),
        _("個人利用の人数"),
        _("入館（窓口）"),
        _("使用料（円）"),
        _("減免額（円）"),
        _("還付額（円）"),
        _("月締め"),
    ]


def lines(month: dt.date, reports: Sequence[MonthReport], categories: Sequence[Category]) -> Iterator[list[Cell]]:
    """A line a facility, and one a room."""
    for one in reports:
        offer = one.usage.rooms[0].offer if one.usage.rooms else None
        place = in_language(offer.facility_name, offer.facility_name_en) if offer else ""
        closed = _("締め済み") if one.is_closed else _("未締め")
        money = [one.money.fee, one.money.reduced, one.money.returned] if one.money else [None] * 3
        people: list[Cell] = [one.individuals.people, one.individuals.visits, *money, closed]
        head = [f"{month:%Y-%m}", place]
        yield [*head, _("施設計"), *_cells(one.usage.figures, categories), *people]
        for room in one.usage.rooms:
            cells = _cells(room.figures, categories)
            if room.is_combination:
                cells[:7] = [None] * 7
            yield [*head, in_language(room.offer.name, room.offer.name_en), *cells, *[None] * 6]


def _cells(figures: Figures, categories: Sequence[Category]) -> list[Cell]:
    return [
        figures.slots,
        figures.used_slots,
        figures.city_slots,
        figures.slot_rate,
        figures.days,
        figures.used_days,
        figures.day_rate,
        sum(figures.states.values()),
        figures.states.get(BookingState.PERMITTED, 0),
        figures.states.get(BookingState.CANCELLED, 0),
        figures.came,
        figures.absent,
        figures.people,
        *(figures.counts.get(one.code, 0) for one in categories if one.code != WHOLE),
    ]
