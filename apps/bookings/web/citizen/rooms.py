"""A room's month as a calendar, and a day with its slots."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.bookings.errors import UnknownRoomError
from apps.bookings.queries.about import offer_and_about
from apps.bookings.queries.availability import Vacancies, days_of_month, room_days, vacancies
from apps.bookings.queries.offers import offer_of
from apps.bookings.queries.own import own_registrations
from apps.bookings.queries.residency import kinds_looking, who_looks
from apps.bookings.rules.availability import DayMark, Mark
from apps.bookings.rules.days import span_of
from apps.bookings.rules.listing import Offer
from apps.bookings.rules.reception import is_public, next_reception, openness
from apps.bookings.rules.searching import free_run
from apps.bookings.rules.window import Who, receipt_of
from apps.bookings.web.citizen.chrome import Trail, marked_in, page
from apps.bookings.web.citizen.forms import in_language
from kernel import clock
from kernel.businessdays import holiday_name
from kernel.remembered import Remembered
from shared.frame.calendar import DayCell, weeks
from shared.frame.marks import Mark as Sign
from shared.requests import SiteRequest, citizen_of
from shared.staff.rights import Right
from shared.web.dates import day_from, month_after, month_before, month_from
from shared.web.guard import needs

_calendars: Final[Remembered[SafeString]] = Remembered(at_most=300)


@needs(Right.OPEN)
@require_safe
def month(request: SiteRequest, tenant: str, room: UUID) -> HttpResponse:
    """The month as ○ △ × － with words beside the marks."""
    offer, about = offer_and_about(room, schema=tenant)
    _check_public(offer)
    today = clock.today()
    shown = month_from(request.GET.get("month", ""), default=today)
    who, kinds = who_sees(request, offer, shown), _kinds(request, offer)
    found = vacancies([offer], days_of_month(shown), who, kinds=kinds)
    return page(
        request,
        "month.html",
        trail=[*trail_of(offer), (in_language(offer.name, offer.name_en), "")],
        offer=offer,
        month=shown,
        receives_at=next_reception(offer, clock.now()),
        month_kind=openness(offer, shown).value,
        about=about,
        before=month_before(shown),
        after=month_after(shown),
        ahead=_next_opening(offer, shown),
        calendar=_calendar(found, today),
        marked=marked_in(request),
        first_shown=today if shown == today.replace(day=1) else shown,
    )


def _calendar(found: Vacancies, today: dt.date) -> SafeString:
    """The month's table, remembered with what it shows in the language that it is shown in."""
    key = (found.key, get_language())
    known = _calendars.get(key)
    if known is not None:
        return known
    [marks] = found.rooms
    cells = weeks(_cell(marks.offer, one, today) for one in marks.days)
    return _calendars.put(key, render_to_string("frame/_month.html", {"weeks": cells, "labelled_by": "month"}))


@needs(Right.OPEN)
@require_safe
@never_cache
def day(request: SiteRequest, tenant: str, room: UUID, day: str) -> HttpResponse:
    """A day's slots, each with a button that holds it."""
    chosen = request.GET.get("slots", "")
    return day_page(request, public_offer(room, tenant), day_from(day, default=clock.today()), chosen=chosen)


def day_page(
    request: SiteRequest, offer: Offer, day: dt.date, *, status: int = 200, problem: str = "", chosen: str = ""
) -> HttpResponse:
    """The page of a day; ``problem`` tells why the slot that was asked for cannot be had.

    ``chosen``: the numbers of slots that a search or a week led to, as they stand in the address.
    """
    today = clock.today()
    account = citizen_of(request)
    [marks] = room_days([offer], [day], who_sees(request, offer, day), kinds=_kinds(request, offer))
    shown = marks.days[0]
    return page(
        request,
        "day.html",
        status=status,
        trail=[*trail_of(offer), room_step(offer, day), (_("時間帯の選択"), "")],
        offer=offer,
        shown=shown,
        receives_at=next_reception(offer, clock.now()),
        month_kind=openness(offer, day).value,
        openings=_openings(offer, day),
        day=day,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
        slots=[_slot_row(one.slot, one.mark, day, bookable=shown.bookable) for one in shown.slots],
        several=[one for one in shown.slots if one.mark is Mark.FREE and shown.bookable],
        chosen=_chosen(shown, chosen),
        key=uuid.uuid4(),
        account=account,
        registrations=own_registrations(today=today) if account else [],
        problem=problem,
    )


def who_sees(request: SiteRequest, offer: Offer, day: dt.date) -> Who:
    """Whose window is shown: whoever is not known sees what residents see."""
    return who_looks(offer, day) if citizen_of(request) else Who.RESIDENT


def _kinds(request: SiteRequest, offer: Offer) -> frozenset[str]:
    """As what whoever looks is registered here, where the room is let to some only."""
    return kinds_looking(offer) if citizen_of(request) else frozenset()


def _openings(offer: Offer, day: dt.date) -> list[tuple[str, dt.datetime | None]]:
    """When it opens, as long as it has not: for all, or for residents and others (None: never on the portal)."""
    now = clock.now()
    receipts = {who: receipt_of(offer, day, who) for who in Who}
    told = {who: receipt.opens_at if receipt else None for who, receipt in receipts.items()}
    if not any(moment is None or moment > now for moment in told.values()):
        return []
    if len(set(told.values())) == 1:
        return [("", told[Who.RESIDENT])]
    return [(_("市内の方"), told[Who.RESIDENT]), (_("市外の方"), told[Who.OTHER])]


def _next_opening(offer: Offer, month: dt.date) -> tuple[dt.date, list[tuple[str, dt.datetime | None]]] | None:
    """The first day of the month that is not received yet, and when it will be."""
    now = clock.now()
    for one in days_of_month(month):
        receipt = receipt_of(offer, one, Who.RESIDENT)
        if receipt is not None and receipt.opens_at > now:
            return one, _openings(offer, one)
    return None


def public_offer(room: UUID, tenant: str) -> Offer:
    """The offer of a public room; ``UnknownRoomError`` for any other."""
    offer = offer_of(room, schema=tenant)
    _check_public(offer)
    return offer


def _check_public(offer: Offer) -> None:
    if not is_public(offer, clock.today()):
        raise UnknownRoomError


def trail_of(offer: Offer) -> Trail:
    """The way from the top to the room's facility."""
    return [(in_language(offer.facility_name, offer.facility_name_en), reverse("citizen:place", args=[offer.facility]))]


def room_step(offer: Offer, day: dt.date) -> tuple[str, str]:
    """The step of a trail that leads to the room's month."""
    url = reverse("citizen:room", args=[offer.tenant, offer.room])
    return in_language(offer.name, offer.name_en), f"{url}?month={day:%Y-%m}"


def _cell(offer: Offer, one: DayMark, today: dt.date) -> DayCell:
    leads = one.mark in {Mark.FREE, Mark.SOME, Mark.FULL}
    return DayCell(
        one.day,
        Sign(one.mark.value),
        url=reverse("citizen:day", args=[offer.tenant, offer.room, f"{one.day:%Y-%m-%d}"]) if leads else "",
        holiday=holiday_name(one.day) or "",
        is_today=one.day == today,
    )


def _chosen(day: DayMark, text: str) -> dict[str, Any] | None:
    """The slots that the address names, if they adjoin and are free; without slots where they are not any more."""
    numbers = {int(part) for part in text.split(",") if part.isdecimal()}
    if not numbers:
        return None
    slots = free_run(day, numbers)
    if not slots:
        return {"slots": []}
    return {
        "slots": slots,
        "numbers": ",".join(str(slot.number) for slot in slots),
        "name": "・".join(in_language(slot.label, slot.label_en) for slot in slots),
        "starts_at": span_of(slots[0], day.day)[0],
        "ends_at": span_of(slots[-1], day.day)[1],
        "key": uuid.uuid4(),
    }


def _slot_row(slot: Any, mark: Mark, day: dt.date, *, bookable: bool) -> dict[str, Any]:
    starts_at, ends_at = span_of(slot, day)
    return {
        "slot": slot,
        "name": in_language(slot.label, slot.label_en),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "mark": mark.value,
        "is_free": mark is Mark.FREE and bookable,
        "is_waitable": mark is Mark.FULL and bookable,
        "key": uuid.uuid4(),
    }
