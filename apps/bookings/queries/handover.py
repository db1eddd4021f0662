"""What a change of operator finds open among bookings (引継事項)."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.bookings.models import (
    Booking,
    BookingState,
    ChangeRequest,
    ChangeState,
    Displacement,
    DisplacementState,
    Measure,
    MeasureState,
    PastBooking,
    PastState,
    Wait,
    WaitState,
)
from kernel import clock
from kernel.clock import TOKYO
from shared.handover import MOST_ROWS, Open, OpenKind, OpenRow


def future_permits() -> Open:
    """Permitted bookings that are not over: they stay valid under the next operator."""
    return _bookings(BookingState.PERMITTED)


def waiting_applications() -> Open:
    """Applications that wait for a decision."""
    return _bookings(BookingState.UNDER_REVIEW, BookingState.DEFERRED)


def tentative_bookings() -> Open:
    """仮予約 that wait for the formal application."""
    return _bookings(BookingState.TENTATIVE)


def changes_asked() -> Open:
    """Changes that were asked for and wait for a decision."""
    found = ChangeRequest.objects.filter(state=ChangeState.ASKED).order_by("asked_at", "id")
    rows = found.values_list("booking__number", "day", "room__name")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, day, room) for number, day, room in rows))


def measures_in_force() -> Open:
    """Measures that are proposed, or in force: the next operator decides on the ones and keeps to the others."""
    in_force = Q(state=MeasureState.TAKEN) & (Q(last=None) | Q(last__gte=clock.today()))
    found = Measure.objects.filter(Q(state=MeasureState.PROPOSED) | in_force).order_by("proposed_at", "id")
    rows = found.values_list("registrant__number", "proposed_at", "kind")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, at.astimezone(TOKYO).date(), kind) for number, at, kind in rows))


def waiting_lines() -> Open:
    """Places on waiting lists."""
    found = Wait.objects.filter(state=WaitState.WAITING).order_by("day", "asked_at", "id")
    rows = found.values_list("registrant__number", "day", "room__name")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, day, room) for number, day, room in rows))


def public_uses() -> Open:
    """Public uses that are being prepared, or whose rooms were not given back."""
    open_ = [DisplacementState.DRAFTED, DisplacementState.FOUND, DisplacementState.DONE]
    found = Displacement.objects.filter(state__in=open_).order_by("drafted_at", "id")
    rows = found.values_list("detail", "drafted_at", "facility__name")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(what, at.astimezone(TOKYO).date(), name) for what, at, name in rows))


def unpaid_past_fees() -> Open:
    """Fees of uses of before that were never paid."""
    found = PastBooking.objects.filter(state=PastState.PERMITTED, settled_on=None, paid__lt=F("fee")).order_by("day")
    rows = found.values_list("number", "day")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number, day) for number, day in rows))


def _bookings(*states: str) -> Open:
    found: QuerySet[Booking] = Booking.objects.filter(state__in=states, during__endswith__gt=clock.now())
    rows = found.order_by("day", "during", "id").values_list("number", "day", "room__name")[:MOST_ROWS]
    return Open(found.count(), tuple(OpenRow(number or "", day, room) for number, day, room in rows))


KINDS: Final = (
    OpenKind("future_permits", _("許可済みの予約（これからの利用）"), future_permits),
    OpenKind("waiting_applications", _("審査待ちの予約申請"), waiting_applications),
    OpenKind("tentative_bookings", _("仮予約（本申請を待つもの）"), tentative_bookings),
    OpenKind("changes_asked", _("決定を待つ変更の申請"), changes_asked),
    OpenKind("measures", _("ペナルティの措置（案と期間中のもの）"), measures_in_force),
    OpenKind("waiting_lines", _("空き待ち"), waiting_lines),
    OpenKind("public_uses", _("行政使用（準備中と、室場を返していないもの）"), public_uses),
    OpenKind("unpaid_past_fees", _("未納の使用料（過去の利用）"), unpaid_past_fees),
)
