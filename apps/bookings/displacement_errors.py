"""What can be wrong with a public use of rooms (行政使用), told by ``displacement_texts``."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class SpansMissingError(BookingError):
    """No time at all."""

    code = "displacement_spans"


class TooLongAUseError(BookingError):
    """A use over more than a year at once."""

    code = "displacement_too_long"


class RoomsMissingError(BookingError):
    """No room, or one of another facility."""

    code = "displacement_rooms"


class UnknownDisplacementError(BookingError):
    """No such displacement, or order, at this facility."""

    code = "unknown_displacement"
    status = 404


class DisplacementStateError(BookingError):
    """It has gone on since: carried out, ended, or called off."""

    code = "displacement_state"
    status = 409


class OrderOverError(BookingError):
    """The city has ended its order."""

    code = "displacement_order_over"
    status = 409


class HitsChangedError(BookingError):
    """Bookings came, changed or went since they were found. Parameter: ``count``."""

    code = "displacement_hits"
    status = 409


class ChoiceMissingError(BookingError):
    """Bookings for which nothing is chosen. Parameters: ``count``, the first one's ``number``."""

    code = "displacement_choice"


class ConsentMissingError(BookingError):
    """Bookings that are to be moved without the renter's consent. Parameters: ``count``, the first one's ``number``."""

    code = "displacement_consent"


class AnnexLeftAloneError(BookingError):
    """An annex is to stay or to move though its room's booking is cancelled. Parameter: ``number``, the annex's."""

    code = "displacement_annex"


class UnknownProposalChosenError(BookingError):
    """A place that was not proposed for that booking."""

    code = "displacement_proposal"


class StoppedError(BookingError):
    """The city needs the room: no new booking is taken (緊急の行政使用)."""

    code = "stopped_for_public_use"
    status = 409
