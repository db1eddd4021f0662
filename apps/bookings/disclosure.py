"""What this application holds about one registrant, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import (
    Booking,
    BookingAct,
    ChangeRequest,
    Document,
    Measure,
    PastBooking,
    PenaltyPoint,
    StaffNote,
    UseRecord,
    Wait,
)
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
        *_life(registrant),
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


def _life(registrant: UUID) -> list[Section]:
    """Changes that were asked for, points with the measures that rest on them, places in lines."""
    changes = ChangeRequest.objects.filter(booking__registrant=registrant).select_related("booking", "room")
    points = PenaltyPoint.objects.filter(registrant=registrant).select_related("booking")
    measures = Measure.objects.filter(registrant=registrant)
    waits = Wait.objects.filter(registrant=registrant).select_related("room")
    return [
        Section(
            "変更の申請",
            ("番号", "変更後の利用日", "室場", "状態", "理由"),
            [
                (one.booking.number, format_date(one.day), one.room.name, str(one.get_state_display()), one.reason)
                for one in changes
            ],
        ),
        Section(
            "ペナルティ",
            ("番号", "利用日", "事由", "点数", "記録", "取消し"),
            [
                (
                    one.booking.number,
                    format_date(one.day),
                    str(one.get_event_display()),
                    str(one.points),
                    one.note,
                    one.void_reason,
                )
                for one in points
            ],
        ),
        Section(
            "措置",
            ("種類", "状態", "初日", "最終日", "理由", "通知書の番号"),
            [
                (
                    str(one.get_kind_display()),
                    str(one.get_state_display()),
                    format_date(one.first) if one.first else "",
                    format_date(one.last) if one.last else "",
                    one.reason,
                    str(one.serial or ""),
                )
                for one in measures
            ],
        ),
        Section(
            "空き待ち",
            ("利用日", "室場", "区分", "状態"),
            [
                (format_date(one.day), one.room.name, "・".join(one.slot_labels), str(one.get_state_display()))
                for one in waits
            ],
        ),
    ]
