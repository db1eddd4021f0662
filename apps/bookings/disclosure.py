"""What this application holds about one registrant, told to the person (開示)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from apps.bookings.models import (
    Booking,
    BookingAct,
    ChangeRequest,
    Document,
    Measure,
    PastBooking,
    PenaltyPoint,
    RegistrationPaper,
    StaffNote,
    UseRecord,
    Wait,
)
from kernel.clock import TOKYO
from kernel.wareki import format_date
from shared.disclosure import Section

Row = tuple[str, ...]


def sections(registrant: UUID) -> list[Section]:
    """Bookings with their course, notes and documents, their life, and uses of before this system."""
    return [tell(registrant) for tell in TELLERS]


def _bookings(registrant: UUID) -> Section:
    found = Booking.objects.filter(registrant=registrant).select_related("room", "purpose").order_by("day", "number")
    headings = ("番号", "利用日", "室場", "区分", "目的・行事名", "人数", "状態", "理由")
    return Section("予約", headings, [_booking(one) for one in found])


def _booking(one: Booking) -> Row:
    return (
        one.number,
        format_date(one.day),
        one.room.name,
        "・".join(one.slot_labels),
        " ".join(filter(None, [one.purpose.name if one.purpose else "", one.event_name])),
        "" if one.headcount is None else str(one.headcount),
        str(one.get_state_display()),
        one.reason,
    )


def _acts(registrant: UUID) -> Section:
    found = BookingAct.objects.filter(booking__registrant=registrant).select_related("booking").order_by("id")
    rows = [(one.booking.number, f"{one.at.astimezone(TOKYO):%Y-%m-%d %H:%M}", one.act) for one in found]
    return Section("予約の経過", ("番号", "日時", "処理"), rows)


def _notes(registrant: UUID) -> Section:
    found = StaffNote.objects.filter(booking__registrant=registrant).select_related("booking").order_by("id")
    return Section("予約についての職員の記録", ("番号", "内容"), [(one.booking.number, one.text) for one in found])


def _documents(registrant: UUID) -> Section:
    found = Document.objects.filter(booking__registrant=registrant).select_related("booking").order_by("issued_on")
    rows = [(one.booking.number, str(one.get_kind_display()), format_date(one.issued_on)) for one in found]
    return Section("発行した文書", ("番号", "種類", "発行日"), rows)


def _uses(registrant: UUID) -> Section:
    found = UseRecord.objects.filter(booking__registrant=registrant).select_related("booking").order_by("day")
    rows = [(one.booking.number, str(one.get_outcome_display()), str(one.headcount)) for one in found]
    return Section("利用の実績", ("番号", "来場", "人数"), rows)


def _changes(registrant: UUID) -> Section:
    found = ChangeRequest.objects.filter(booking__registrant=registrant).select_related("booking", "room")
    rows = [
        (one.booking.number, format_date(one.day), one.room.name, str(one.get_state_display()), one.reason)
        for one in found
    ]
    return Section("変更の申請", ("番号", "変更後の利用日", "室場", "状態", "理由"), rows)


def _points(registrant: UUID) -> Section:
    found = PenaltyPoint.objects.filter(registrant=registrant).select_related("booking")
    headings = ("番号", "利用日", "事由", "点数", "記録", "取消し")
    return Section("ペナルティ", headings, [_point(one) for one in found])


def _point(one: PenaltyPoint) -> Row:
    event = str(one.get_event_display())
    return one.booking.number, format_date(one.day), event, str(one.points), one.note, one.void_reason


def _measures(registrant: UUID) -> Section:
    headings = ("種類", "範囲", "状態", "初日", "最終日", "理由", "通知書の番号", "解除の理由")
    return Section("措置", headings, [_measure(one) for one in Measure.objects.filter(registrant=registrant)])


def _measure(one: Measure) -> Row:
    return (
        str(one.get_kind_display()),
        str(one.get_scope_display()),
        str(one.get_state_display()),
        format_date(one.first) if one.first else "",
        format_date(one.last) if one.last else "",
        one.reason,
        str(one.serial or ""),
        one.lift_reason,
    )


def _registration_papers(registrant: UUID) -> Section:
    found = RegistrationPaper.objects.filter(registrant=registrant)
    rows = [(str(one.get_kind_display()), str(one.serial), format_date(one.issued_on)) for one in found]
    return Section("登録の通知書", ("種類", "番号", "発行日"), rows)


def _waits(registrant: UUID) -> Section:
    rows = [
        (format_date(one.day), one.room.name, "・".join(one.slot_labels), str(one.get_state_display()))
        for one in Wait.objects.filter(registrant=registrant).select_related("room")
    ]
    return Section("空き待ち", ("利用日", "室場", "区分", "状態"), rows)


def _past(registrant: UUID) -> Section:
    found = PastBooking.objects.filter(registrant=registrant).order_by("day", "number")
    heads = ("番号", "利用日", "時間", "室場", "目的", "行事名", "人数", "結果", "使用料", "収納")
    return Section("以前のシステムでの利用", heads, [_past_row(one) for one in found])


def _past_row(one: PastBooking) -> Row:
    return (
        one.number,
        format_date(one.day),
        _hours(one),
        one.room_name,
        one.purpose_name,
        one.event_name,
        "" if one.headcount is None else f"{one.headcount}人",
        str(one.get_state_display()),
        _yen(one.fee),
        _yen(one.paid),
    )


def _hours(one: PastBooking) -> str:
    if one.starts_at is None or one.ends_at is None:
        return one.slot_label
    return f"{one.starts_at.astimezone(TOKYO):%H:%M}〜{one.ends_at.astimezone(TOKYO):%H:%M}"


def _yen(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}円"


TELLERS: Final[tuple[Callable[[UUID], Section], ...]] = (
    _bookings,
    _acts,
    _notes,
    _documents,
    _uses,
    _changes,
    _points,
    _measures,
    _registration_papers,
    _waits,
    _past,
)
"""One a table, in the order in which they are told."""
