"""Reading the ledger of bookings (予約台帳): a period's bookings by filters, page after page by keyset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Lower

from apps.bookings.models import Booking, Document, Payment, Purpose
from apps.bookings.queries.ledgers import ENDED, GOES_BACK, OWING, with_ledger
from apps.bookings.rules.cursor import Cursor
from apps.bookings.rules.fees.ledger import PaymentState
from apps.bookings.rules.sought import Sought
from apps.bookings.rules.states import STATES

BY_USE, BY_USE_BACK, BY_APPLICATION = "use", "use_back", "applied"
"""In the order of the day of use, the last first, or the newest application first."""
BACKWARDS: Final = frozenset({BY_USE_BACK, BY_APPLICATION})
OWED: Final = "owed"
"""Of which something is to be paid, whether a part was paid or not (未納あり)."""
MOST_IN_FILE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bookings; None or empty for any."""

    first: dt.date
    last: dt.date
    facility: UUID | None = None
    room: UUID | None = None
    states: Collection[str] = STATES
    purpose: str = ""
    paid: str = ""
    number: Sought | None = None
    registrants: Collection[UUID] | None = None
    order: str = BY_USE


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page with ``key``, ``total`` and ``paid`` on every row, and the cursors of the pages around."""

    rows: tuple[Booking, ...]
    count: int
    before: Cursor | None
    after: Cursor | None


def bookings_of(wanted: Wanted) -> QuerySet[Booking]:
    """The bookings with room, registrant and purpose, each with fee, payments and its key, in the order wanted."""
    found = _filtered(wanted).select_related("room__facility", "registrant", "purpose")
    found = found.annotate(key=_key(wanted.order))
    back = "-" if wanted.order in BACKWARDS else ""
    return found.order_by(f"{back}key", f"{back}id")


def page_of(wanted: Wanted, *, size: int, after: Cursor | None = None, before: Cursor | None = None) -> ListPage:
    """The ``size`` bookings after, or before, a row; two statements, however far on the page is."""
    found = bookings_of(wanted)
    if after is not None:
        rows = list(found.filter(_beyond(after, forward=wanted.order not in BACKWARDS))[: size + 1])
        return _page(wanted, rows[:size], has_more=len(rows) > size, has_less=True)
    if before is not None:
        found = found.filter(_beyond(before, forward=wanted.order in BACKWARDS)).reverse()
        rows = list(found[: size + 1])
        return _page(wanted, rows[:size][::-1], has_more=True, has_less=len(rows) > size)
    rows = list(found[: size + 1])
    return _page(wanted, rows[:size], has_more=len(rows) > size, has_less=False)


def _page(wanted: Wanted, rows: list[Booking], *, has_more: bool, has_less: bool) -> ListPage:
    first, last = (_cursor(rows[0]), _cursor(rows[-1])) if rows else (None, None)
    return ListPage(
        tuple(rows),
        _filtered(wanted).count(),
        before=first if has_less else None,
        after=last if has_more else None,
    )


def _cursor(row: Booking) -> Cursor:
    return Cursor(vars(row)["key"], row.pk)


def _beyond(cursor: Cursor, *, forward: bool) -> Q:
    way = "gt" if forward else "lt"
    return Q(**{f"key__{way}": cursor.at}) | Q(key=cursor.at, **{f"id__{way}": cursor.row})


def _key(order: str) -> Lower | Coalesce:
    return Coalesce(F("applied_at"), F("created_at")) if order == BY_APPLICATION else Lower("during")


def _filtered(wanted: Wanted) -> QuerySet[Booking]:
    found = Booking.objects.filter(day__range=(wanted.first, wanted.last), state__in=wanted.states)
    given = {
        "room__facility": wanted.facility,
        "room": wanted.room,
        "purpose": wanted.purpose or None,
        "registrant__in": wanted.registrants,
    }
    found = found.filter(**{name: value for name, value in given.items() if value is not None})
    if wanted.number is not None:
        found = found.filter(numbered(wanted.number))
    found = with_ledger(found)
    return found.filter(BY_PAYMENT[wanted.paid]) if wanted.paid else found


def numbered(sought: Sought) -> Q:
    """The booking of that number, or those of a document or receipt of that year and serial."""
    if sought.booking:
        return Q(number=sought.booking)
    of_paper: dict[str, object] = {"booking": OuterRef("pk"), "serial": sought.serial}
    if sought.year:
        of_paper["fiscal_year"] = sought.year
    return Exists(Document.objects.filter(**of_paper)) | Exists(Payment.objects.filter(**of_paper))


BY_PAYMENT: Final[dict[str, Q]] = {
    OWED: OWING,
    PaymentState.FREE: Q(fee_total=0, received=0),
    PaymentState.UNPAID: OWING & Q(received=F("excess") + F("granted")),
    PaymentState.PARTLY: OWING & Q(received__gt=F("excess") + F("granted")),
    PaymentState.PAID: Q(fee_total__gt=0, received__gte=F("fee_total")) & ~Q(state__in=ENDED) & ~GOES_BACK,
    PaymentState.OVER: GOES_BACK,
    PaymentState.REFUNDED: Q(state__in=ENDED, handed__gt=F("moved")) & ~GOES_BACK,
    PaymentState.OFFSET: Q(state__in=ENDED, handed__gt=0, handed=F("moved")) & ~GOES_BACK,
    PaymentState.NOTHING_BACK: Q(state__in=ENDED, handed=0) & ~GOES_BACK & ~Q(fee_total=0, received=0),
}
"""What the words for how a booking's money stands mean for the columns of ``with_ledger``."""


def purposes_of_tenant() -> list[tuple[str, str, str]]:
    """Code, name and English name of every purpose; one statement."""
    return list(Purpose.objects.values_list("code", "name", "name_en"))


def named_documents(rows: Iterable[Booking]) -> dict[UUID, list[str]]:
    """Booking -> the numbers of its documents; one statement."""
    found: dict[UUID, list[str]] = {}
    documents = Document.objects.filter(booking__in=[row.pk for row in rows]).order_by("fiscal_year", "serial")
    for booking, year, serial in documents.values_list("booking", "fiscal_year", "serial"):
        found.setdefault(booking, []).append(f"{year}-{serial}")
    return found
