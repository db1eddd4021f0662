"""Money at the counter: receiving it for a booking, its receipts, and the day's sheet (日計表)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.bookings.errors import UnknownPaymentError
from apps.bookings.models import Booking, Payment, PaymentMethod
from apps.bookings.queries.desk_booking import desk_booking
from apps.bookings.queries.fees import fee_word
from apps.bookings.queries.online import open_decisions, sessions_of
from apps.bookings.queries.payments import day_sheet, payments_of, standing_of_payment
from apps.bookings.rules.states import ALLOWED, REASON_LIMIT
from apps.bookings.services.fees.receiving import close_day, print_receipt, receive, void
from apps.bookings.web.fee_fields import YenField
from apps.bookings.web.staff.fees.refunds import money_of
from kernel import clock
from kernel.errors import DomainError
from shared.audit.models import Action
from shared.audit.record import record
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.dates import later_day
from shared.web.fields import DayField
from shared.web.forms import tell
from shared.web.guard import needs

AT_THE_COUNTER: Final = [(one.value, one.label) for one in PaymentMethod if one != PaymentMethod.OFFSET]


class ReceiveForm(forms.Form):
    """How much is received, and how."""

    amount = YenField(label=_("収納する額（円）"))
    method = forms.ChoiceField(label=_("支払方法"), choices=AT_THE_COUNTER, widget=forms.RadioSelect)


class VoidForm(forms.Form):
    """Why a receipt does not hold."""

    reason = forms.CharField(
        label=_("取消しの理由"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("理由を入力してください。")},
    )


class CloseForm(forms.Form):
    """What was counted in the drawer."""

    counted = YenField(label=_("数えた現金（円）"), help_text=_("つり銭の準備金は含めません。"))
    reason = forms.CharField(
        label=_("違いの理由"),
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("日計の現金と違うときに入力してください。"),
    )


class CashDayForm(forms.Form):
    """Which day is shown."""

    hides_requirement = True
    day = DayField(label=_("日付"), required=False)


@needs(Right.BOOKINGS_SEE, to_change=Right.MONEY_RECEIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: SiteRequest, booking: UUID) -> HttpResponse:
    """What a booking costs, what was received; a POST receives."""
    found = desk_booking(booking)
    if request.method != "POST":
        owed = standing_of_payment(booking).owed
        return _payments_page(request, found, ReceiveForm(initial={"amount": owed, "method": PaymentMethod.CASH}))
    form = ReceiveForm(request.POST)
    if not form.is_valid():
        return _payments_page(request, found, form, status=422)
    values = form.cleaned_data
    method = PaymentMethod(values["method"])
    try:
        receive(actor=actor_of(request), booking=booking, amount=values["amount"], method=method)
    except DomainError as error:
        return _payments_page(request, found, form, status=tell(form, error))
    messages.success(request, __("収納しました。領収書を印刷できます。"))
    return redirect("desk:payments", booking=booking)


def _payments_page(request: SiteRequest, booking: Booking, form: forms.Form, *, status: int = 200) -> HttpResponse:
    shown = [booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="booking", object_id=booking.pk, persons=shown, page="payments")
    standing = standing_of_payment(booking.pk)
    context: dict[str, Any] = {
        "booking": booking,
        "form": form if standing.owed > 0 and booking.state in ALLOWED["receive"] else None,
        "word": fee_word(clock.today()),
        "payments": payments_of(booking.pk),
        "online": (online := list(sessions_of(booking.pk))),
        "to_give_back": open_decisions(booking.pk) if online else (),
        **money_of(booking, standing),
    }
    return render(request, "bookings/staff/money/payments.html", context, status=status)


@needs(Right.MONEY_RECEIVE)
@require_POST
def receipt(request: SiteRequest, payment: UUID) -> HttpResponse:
    """Print 領収書. A POST, since each print is counted."""
    pdf = print_receipt(actor=actor_of(request), payment=payment)
    headers = {"Content-Disposition": 'inline; filename="receipt.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def void_receipt(request: SiteRequest, payment: UUID) -> HttpResponse:
    """Ask why a receipt does not hold, then void it."""
    found = Payment.objects.select_related("booking").filter(pk=payment, void=None).first()
    if found is None:
        raise UnknownPaymentError
    form = VoidForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                void(actor=actor_of(request), payment=payment, reason=form.cleaned_data["reason"])
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("収納を取り消しました。"))
                return redirect("desk:payments", booking=found.booking_id)
    shown = [found.booking.registrant_id]
    record(actor_of(request), Action.VIEW, object_type="payment", object_id=payment, persons=shown)
    context = {"payment": found, "booking": found.booking, "form": form}
    return render(request, "bookings/staff/money/void.html", context, status=status)


@needs(Right.BOOKINGS_SEE, to_change=Right.MONEY_CLOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def cash(request: SiteRequest) -> HttpResponse:
    """日計表 of a day: numbers of receipts and bookings, no names; a POST closes it."""
    day_form = CashDayForm(request.GET if "day" in request.GET else {"day": clock.today()})
    day: dt.date = (day_form.cleaned_data["day"] if day_form.is_valid() else None) or clock.today()
    form = CloseForm(request.POST if request.method == "POST" else None)
    status = 200 if day_form.is_valid() else 422
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                close_day(actor=actor_of(request), day=day, **form.cleaned_data)
            except DomainError as error:
                status = tell(form, error)
            else:
                messages.success(request, __("日計を締めました。"))
                return redirect(f"{request.path}?day={day:%Y-%m-%d}")
    sheet = day_sheet(day)
    context = {
        "sheet": sheet,
        "day_form": day_form,
        "form": form if sheet.closing is None and day <= clock.today() else None,
        "before": day - dt.timedelta(days=1),
        "after": later_day(day, last=clock.today()),
    }
    return render(request, "bookings/staff/money/cash.html", context, status=status)
