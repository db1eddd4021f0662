"""Money that goes back, at the desk: what goes back and why, the decision, its form, paying out and 充当."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.models import Booking, FeeSheet, PayoutMethod, RefundPayout
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.online import online_back_of
from apps.bookings.queries.payments import standing_of_payment
from apps.bookings.queries.refunds import (
    RefundFile,
    lines_of,
    notices_of,
    payout_to_reverse,
    refund_file,
    refunds_of,
)
from apps.bookings.rules.fees.due import overdue_at
from apps.bookings.rules.fees.ledger import Ledger
from apps.bookings.rules.states import REASON_LIMIT
from apps.bookings.services.fees.offsetting import offset, offsettable
from apps.bookings.services.fees.payment_sheet import print_payment_notice
from apps.bookings.services.fees.refund_printing import print_claim
from apps.bookings.services.fees.refunding import (
    Due,
    decide_refund,
    due_of,
    pay_out,
    reverse_payout,
    withdraw_refund,
)
from apps.bookings.web.fee_fields import YenField
from kernel import clock
from kernel.errors import DomainError
from kernel.yen import format_yen
from shared.audit.models import Action
from shared.audit.record import record
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import may, needs

PAYOUT_METHODS: Final = [(one.value, one.label) for one in (PayoutMethod.CASH, PayoutMethod.TRANSFER)]
PDF: Final = "application/pdf"


class DecideForm(forms.Form):
    """Which share goes back, and why another than by the rules."""

    percent = forms.IntegerField(
        label=_("還付率（％）"),
        min_value=0,
        max_value=100,
        error_messages={"required": _("還付率を入力してください。"), "invalid": _("還付率は数字で入力してください。")},
    )
    reason = forms.CharField(
        label=_("還付率を変える理由"),
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("定めによる還付率を変えるときに入力してください。還付請求書に記載されます。"),
    )


class PayOutForm(forms.Form):
    """How much is handed out, and how."""

    amount = YenField(label=_("支払う額（円）"))
    method = forms.ChoiceField(label=_("支払の方法"), choices=PAYOUT_METHODS, widget=forms.RadioSelect)


class OffsetForm(forms.Form):
    """To which fee of the same registrant, and how much."""

    to = forms.ChoiceField(
        label=_("充当する予約"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("充当する予約を選択してください。"),
            "invalid_choice": _("充当する予約を選択してください。"),
        },
    )
    amount = YenField(label=_("充当する額（円）"))


class ReverseForm(forms.Form):
    """Why a payout does not hold."""

    reason = forms.CharField(
        label=_("支払を取り消す理由"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("理由を入力してください。")},
        help_text=_("例：金額の入力誤り、別の還付の支払を記録したため。"),
    )


class WithdrawForm(forms.Form):
    """Why a decision does not hold."""

    reason = forms.CharField(
        label=_("取り下げる理由"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("理由を入力してください。")},
    )


def money_of(booking: Booking, ledger: Ledger) -> dict[str, Any]:
    """What the page of a booking's payments tells about refunds and due days."""
    newest = FeeSheet.objects.filter(booking=booking.pk).order_by("-number").first()
    late = (
        newest is not None
        and newest.due_on is not None
        and overdue_at(newest.due_kind, newest.due_on, booking.during.lower) <= clock.now()
    )
    return {
        "standing": ledger,
        "refunds": refunds_of(booking.pk),
        "due": due_of(booking),
        "due_on": newest.due_on if newest else None,
        "late": late,
        "notices": notices_of(booking.pk),
    }


@needs(Right.BOOKINGS_SEE, to_change=Right.REFUND_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SiteRequest, booking: UUID) -> HttpResponse:
    """What goes back by the rules, and why; a POST decides."""
    found = desk_booking(booking)
    due = due_of(found)
    if request.method != "POST":
        initial = {"percent": due.percent if due else 0}
        return _decide_page(request, found, due, DecideForm(initial=initial))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _decide_page(request, found, due, form, status=422)
    seen = request.POST.get("seen", "")
    try:
        refund = decide_refund(
            actor=actor_of(request),
            booking=booking,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else None,
            **form.cleaned_data,
        )
    except DomainError as error:
        return _decide_page(request, found, due_of(found), form, status=tell(form, error))
    messages.success(request, __("還付を決定しました。還付請求書を印刷できます。"))
    return redirect("desk:refund", refund=refund.pk)


def _decide_page(
    request: SiteRequest, booking: Booking, due: Due | None, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking.pk, persons=shown, page="refund")
    context = {"booking": booking, "due": due, "form": form, "standing": standing_of_payment(booking.pk)}
    return render(request, "bookings/staff/money/decide_refund.html", context, status=status)


@needs(Right.BOOKINGS_SEE)
@require_safe
def refund(request: SiteRequest, refund: UUID) -> HttpResponse:
    """A decision, what of it was handed out, and what can be done with it."""
    return _refund_page(request, refund_file(refund))


def _refund_page(
    request: SiteRequest,
    file: RefundFile,
    *,
    pay: PayOutForm | None = None,
    put: OffsetForm | None = None,
    withdraw: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    booking = desk_booking(file.refund.booking_id)
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="refund", object_id=file.refund.pk, persons=shown)
    targets = offsettable(booking) if file.open else []
    context = {
        "booking": booking,
        "file": file,
        "refund": file.refund,
        "pay_form": pay or PayOutForm(initial={"amount": file.open, "method": PayoutMethod.CASH}, prefix="pay"),
        "offset_form": put or _offset_form(file, targets),
        "withdraw_form": withdraw or WithdrawForm(prefix="withdraw"),
        "targets": targets,
        "reversible": file.mistakable if may(request, Right.MONEY_CLOSE) and not file.refund.void_at else (),
        "wrong": status != 200,
        **online_back_of(file.refund, file.open),
    }
    return render(request, "bookings/staff/money/refund.html", context, status=status)


def _offset_form(file: RefundFile, targets: list[Booking], data: Any = None) -> OffsetForm:
    lines = lines_of(targets)
    most = min(file.open, lines[0].ledger.owed) if lines else 0
    form = OffsetForm(data, initial={"amount": most}, prefix="offset")
    form.fields["to"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
        (
            str(one.booking.pk),
            __("%(number)s　%(day)s　%(room)s（未納%(owed)s）")
            % {
                "number": one.booking.number,
                "day": f"{one.booking.day:%Y-%m-%d}",
                "room": one.booking.room.name,
                "owed": format_yen(one.ledger.owed),
            },
        )
        for one in lines
    ]
    return form


@needs(Right.MONEY_RECEIVE)
@require_POST
def pay(request: SiteRequest, refund: UUID) -> HttpResponse:
    """Hand out a refund, or a part of it."""
    file, form = refund_file(refund), PayOutForm(request.POST, prefix="pay")
    if not form.is_valid():
        return _refund_page(request, file, pay=form, status=422)
    values = form.cleaned_data
    try:
        pay_out(
            actor=actor_of(request),
            refund=refund,
            amount=values["amount"],
            method=PayoutMethod(values["method"]),
        )
    except DomainError as error:
        return _refund_page(request, refund_file(refund), pay=form, status=tell(form, error))
    messages.success(request, __("還付の支払を記録しました。"))
    return redirect("desk:refund", refund=refund)


@needs(Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def reverse(request: SiteRequest, payout: UUID) -> HttpResponse:
    """Ask why a payout was entered by mistake, then take it back."""
    found = payout_to_reverse(payout)
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _reverse_page(request, found, form)
    if not form.is_valid():
        return _reverse_page(request, found, form, status=422)
    try:
        reverse_payout(actor=actor_of(request), payout=payout, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _reverse_page(request, found, form, status=tell(form, error))
    messages.success(request, __("還付の支払を取り消しました。正しい支払を記録してください。"))
    return redirect("desk:refund", refund=found.refund_id)


def _reverse_page(request: SiteRequest, payout: RefundPayout, form: ReverseForm, *, status: int = 200) -> HttpResponse:
    refund = payout.refund
    shown = [refund.booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="refund", object_id=refund.pk, persons=shown, page="reverse")
    context = {"payout": payout, "refund": refund, "booking": refund.booking, "form": form}
    return render(request, "bookings/staff/money/reverse.html", context, status=status)


@needs(Right.REFUND_DECIDE)
@require_POST
def put(request: SiteRequest, refund: UUID) -> HttpResponse:
    """Put a refund, or a part of it, to another fee of the same registrant (充当)."""
    file = refund_file(refund)
    targets = offsettable(desk_booking(file.refund.booking_id))
    form = _offset_form(file, targets, request.POST)
    if not form.is_valid():
        return _refund_page(request, file, put=form, status=422)
    values = form.cleaned_data
    try:
        offset(actor=actor_of(request), refund=refund, to=UUID(values["to"]), amount=values["amount"])
    except DomainError as error:
        return _refund_page(request, refund_file(refund), put=form, status=tell(form, error))
    messages.success(request, __("充当しました。"))
    return redirect("desk:refund", refund=refund)


@needs(Right.REFUND_DECIDE)
@require_POST
def withdraw(request: SiteRequest, refund: UUID) -> HttpResponse:
    """Withdraw a decision of which nothing was handed out."""
    file, form = refund_file(refund), WithdrawForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _refund_page(request, file, withdraw=form, status=422)
    try:
        withdraw_refund(actor=actor_of(request), refund=refund, reason=form.cleaned_data["reason"])
    except DomainError as error:
        return _refund_page(request, refund_file(refund), withdraw=form, status=tell(form, error))
    messages.success(request, __("還付の決定を取り下げました。"))
    return redirect("desk:refund", refund=refund)


@needs(Right.MONEY_RECEIVE)
@require_POST
def claim(request: SiteRequest, refund: UUID) -> HttpResponse:
    """Print 還付請求書. A POST, since each print is counted."""
    return pdf_of(print_claim(actor=actor_of(request), refund=refund), "refund-claim")


@needs(Right.MONEY_RECEIVE)
@require_POST
def payment_notice(request: SiteRequest, booking: UUID) -> HttpResponse:
    """Print 納入通知書兼納付書. A POST, since each print is recorded."""
    try:
        pdf = print_payment_notice(actor=actor_of(request), booking=desk_booking(booking))
    except DomainError as error:
        messages.error(request, problem_of(error).text)
        return redirect("desk:payments", booking=booking)
    return pdf_of(pdf, "payment-notice")


def pdf_of(pdf: bytes, name: str) -> HttpResponse:
    """A form to be looked at and printed; never kept by the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type=PDF, headers=headers)
