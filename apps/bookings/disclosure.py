"""What this application holds about one registrant, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import Booking, BookingAct, Document, PastBooking, StaffNote, UseRecord
from kernel.clock import TOKYO
from kernel.wareki import format_date
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Bookings with their course, notes and documents, and uses of before this system."""
    bookings = Booking.objects.filter(registrant=registrant).select_related("room", "purpose").order_by("day", "number")
    return [
        Section(
            "予約",
            ("番号", "利用日", "室場", "区分", "目的・行事名", "人数", "状態", "理由"),
            [
                (
                    one.number,
                    format_date(one.day),
                    one.room.name,
                    "・".join(one.slot_labels),
                    " ".join(filter(None, [one.purpose.name if one.purpose else "", one.event_name])),
                    "" if one.headcount is None else str(one.headcount),
                    str(one.get_state_display()),
                    one.reason,
                )
                for one in bookings
            ],
        ),
        Section(
            "予約の経過",
            ("番号", "日時", "処理"),
            [
                (one.booking.number, f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M}", one.act)
                for one in BookingAct.objects.filter(booking__in=bookings).select_related("booking").order_by("id")
            ],
        ),
        Section(
            "予約についての職員の記録",
            ("番号", "内容"),
            [
                (one.booking.number, one.text)
                for one in StaffNote.objects.filter(booking__in=bookings).select_related("booking").order_by("id")
            ],
        ),
        Section(
            "発行した文書",
            ("番号", "種類", "発行日"),
            [
                (one.booking.number, str(one.get_kind_display()), format_date(one.issued_on))
                for one in Document.objects.filter(booking__in=bookings).select_related("booking").order_by("issued_on")
            ],
        ),
        Section(
            "利用の実績",
            ("番号", "来場", "人数"),
            [
                (one.booking.number, str(one.get_outcome_display()), str(one.headcount))
                for one in UseRecord.objects.filter(booking__in=bookings).select_related("booking").order_by("day")
            ],
        ),
        Section(
            "以前のシステムでの利用",
            ("番号", "利用日", "室場", "行事名", "使用料", "収納"),
            [
                (
                    one.number,
                    format_date(one.day),
                    one.room_name,
                    one.event_name,
                    "" if one.fee is None else f"{one.fee:,}円",
                    "" if one.paid is None else f"{one.paid:,}円",
                )
                for one in PastBooking.objects.filter(registrant=registrant).order_by("day", "number")
            ],
        ),
    ]
