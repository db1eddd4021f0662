"""What can be wrong with paying online: stable codes, told by ``apps.bookings.online_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class OnlineOffError(BookingError):
    """The facility does not take payments online today."""

    code = "online_off"
    status = 409


class ProviderAwayError(BookingError):
    """The provider does not answer; nothing was charged and nothing is lost."""

    code = "provider_away"
    status = 503


class TooLateToPayError(BookingError):
    """The 仮予約 is due before a payment could be finished."""

    code = "too_late_to_pay"
    status = 409


class UnknownSessionError(BookingError):
    """No such payment among those that the caller may see."""

    code = "unknown_online_session"
    status = 404


class OnlineTermsError(BookingError):
    """The setting does not hold together. Its own ``code`` says how."""

    code = "online_terms"


class UnknownProviderError(OnlineTermsError):
    """This installation knows no such provider, or has not the tenant's secrets."""

    code = "unknown_provider"


class BasisMissingError(OnlineTermsError):
    """Public fees are taken only by a 指定納付受託者, a manager's income only by the manager's own contract."""

    code = "online_basis"


class DayOverError(OnlineTermsError):
    """A setting begins today or later."""

    code = "online_day_over"


class RefundTooMuchError(BookingError):
    """More than was paid by it, or than is not given back already."""

    code = "online_refund_too_much"
    status = 409


class ByProviderError(BookingError):
    """Money goes back online by asking the provider, and stands as handed out when the provider has done it."""

    code = "by_provider"
    status = 409


class NothingOnlineError(BookingError):
    """Nothing that was paid online is left to give so much back of."""

    code = "nothing_online"
    status = 409


class NotOnlineError(BookingError):
    """The payment was not made online, so the provider gives nothing of it back."""

    code = "not_online"
    status = 409


class PaidOnlineError(BookingError):
    """A payment that was made online is not voided at the counter: it goes back through the provider."""

    code = "paid_online"
    status = 409


class PaymentOpenError(BookingError):
    """Another payment of the booking is still open, of another amount or at its end. Parameter: ``until``."""

    code = "payment_open"
    status = 409
