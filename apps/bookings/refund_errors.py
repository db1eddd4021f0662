"""What can be wrong about money that goes back, or that is due."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class NothingToRefundError(BookingError):
    """Nothing goes back of the booking's money, or somebody has decided on it already."""

    code = "nothing_to_refund"
    status = 409


class RefundChangedError(BookingError):
    """Another amount was shown than goes back now. Parameter: ``amount``."""

    code = "refund_changed"
    status = 409


class RefundReasonError(BookingError):
    """Another share than follows from the rules is decided with a reason only."""

    code = "refund_reason"


class RefundShareError(BookingError):
    """A share that is none: from 0 to 100 percent; an excess goes back whole."""

    code = "refund_share"


class UnknownRefundError(BookingError):
    """No such refund here, or one that was withdrawn."""

    code = "unknown_refund"
    status = 404


class RefundHandedOutError(BookingError):
    """Something of the refund was handed out, so it is not withdrawn."""

    code = "refund_handed_out"
    status = 409


class TooMuchHandedOutError(BookingError):
    """An amount of nothing, or more than is open of the refund."""

    code = "too_much_handed_out"


class NotAFeeToOffsetError(BookingError):
    """充当 goes to another fee of the same registrant that is not paid."""

    code = "not_a_fee_to_offset"


class RefundDecidedError(BookingError):
    """A receipt is not voided any more once its money was decided to go back, or came from another booking."""

    code = "refund_decided"
    status = 409


class NothingOverdueError(BookingError):
    """None of the fees chosen is unpaid and overdue."""

    code = "nothing_overdue"
