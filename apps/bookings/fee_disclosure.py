"""What is held about one registrant's fees, told to the person (開示)."""

from __future__ import annotations

from uuid import UUID

from apps.bookings.models import FeeLine, FeeSheet, Payment, ReductionRequest
from kernel.clock import TOKYO
from kernel.wareki import format_date
from kernel.yen import format_yen
from shared.disclosure import Section


def sections(registrant: UUID) -> list[Section]:
    """Fees with their lines, reductions asked for, and what was received; four statements."""
    return [_fees(registrant), _lines(registrant), _reductions(registrant), _payments(registrant)]


def _fees(registrant: UUID) -> Section:
    found = FeeSheet.objects.filter(booking__registrant=registrant).select_related("booking")
    rows = [
        (
            one.booking.number,
            f"{one.made_at.astimezone(TOKYO):%Y-%m-%d %H:%M}",
            str(one.get_cause_display()),
            format_yen(one.total),
            format_yen(one.tax),
        )
        for one in found.order_by("booking__day", "booking__number", "number")
    ]
    return Section("使用料", ("番号", "計算日時", "理由", "額", "うち消費税"), rows)


def _lines(registrant: UUID) -> Section:
    found = FeeLine.objects.filter(sheet__booking__registrant=registrant).select_related("sheet__booking")
    ordered = found.order_by("sheet__booking__day", "sheet__booking__number", "sheet__number", "position")
    rows = [(one.sheet.booking.number, one.label, one.article, format_yen(one.amount)) for one in ordered]
    return Section("使用料の内訳", ("番号", "名称", "根拠条項", "額"), rows)


def _reductions(registrant: UUID) -> Section:
    found = ReductionRequest.objects.filter(booking__registrant=registrant).select_related("booking")
    rows = [
        (
            one.booking.number,
            f"{one.article}（{one.ground_label}）",
            format_date(one.asked_at.astimezone(TOKYO).date()),
            str(one.get_state_display()),
            one.reason,
        )
        for one in found.order_by("asked_at")
    ]
    return Section("減免の申請", ("番号", "事由", "申請日", "決定", "理由"), rows)


def _payments(registrant: UUID) -> Section:
    found = Payment.objects.filter(booking__registrant=registrant).select_related("booking", "void")
    rows = [
        (
            one.booking.number,
            f"{one.fiscal_year}-{one.serial:05d}",
            format_date(one.day),
            str(one.get_method_display()),
            format_yen(one.amount),
            one.void.reason if hasattr(one, "void") else "",
        )
        for one in found.order_by("fiscal_year", "serial")
    ]
    return Section("収納", ("番号", "領収書", "収納日", "方法", "額", "取消し"), rows)
