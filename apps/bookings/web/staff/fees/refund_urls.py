"""Addresses about refunds, due days and the accounts at a desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.bookings.web.staff.fees import account_sheets, accounts, permits, refunds

urlpatterns: list[URLPattern] = [
    path("bookings/<uuid:booking>/refund/", refunds.decide, name="refund_decide"),
    path("bookings/<uuid:booking>/payment-notice/", refunds.payment_notice, name="payment_notice"),
    path("bookings/<uuid:booking>/permit-anew/", permits.permit_anew, name="permit_anew"),
    path("refunds/<uuid:refund>/", refunds.refund, name="refund"),
    path("refunds/<uuid:refund>/pay/", refunds.pay, name="refund_pay"),
    path("refunds/<uuid:refund>/offset/", refunds.put, name="refund_offset"),
    path("refunds/<uuid:refund>/withdraw/", refunds.withdraw, name="refund_withdraw"),
    path("refunds/<uuid:refund>/claim/", refunds.claim, name="refund_claim"),
    path("refunds/payouts/<uuid:payout>/reverse/", refunds.reverse, name="refund_reverse"),
    path("money/", accounts.account_list, name="accounts"),
    path("money/sheet/", account_sheets.account_sheet, name="account_sheet"),
    path("money/unpaid/", accounts.unpaid, name="unpaid"),
    path("money/refunds/", accounts.refunds, name="refunds"),
]
