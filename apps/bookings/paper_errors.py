"""What can be wrong with the wording, the printing and the checking of official documents."""

from __future__ import annotations

from apps.bookings.errors import BookingError


class UnknownBlockError(BookingError):
    """No document has such a block, or no such version is kept."""

    code = "unknown_text_block"
    status = 404


class TextMissingError(BookingError):
    """A block that may not be empty."""

    code = "wording_missing"


class WordingTooLongError(BookingError):
    """A paragraph is longer than its place. Parameter: ``limit``."""

    code = "wording_too_long"


class TooManyParagraphsError(BookingError):
    """More (or, of two, fewer) paragraphs than the block has. Parameter: ``most``."""

    code = "wording_paragraphs"


class ControlCharacterError(BookingError):
    """A character that cannot be seen or set."""

    code = "wording_control"


class UnknownFieldError(BookingError):
    """A field in braces that this block does not have. Parameters: ``name``, ``allowed``."""

    code = "wording_unknown_field"


class BrokenFieldError(BookingError):
    """A brace without its other one, or with more than a name in it."""

    code = "wording_broken_field"


class WordingInPastError(BookingError):
    """A version begins on a day that is over."""

    code = "wording_in_past"


class WordingHoldsError(BookingError):
    """A version that has been in force is not taken back."""

    code = "wording_holds"


class NothingToPrintError(BookingError):
    """Nothing was chosen for a print job, or nothing of it may be printed."""

    code = "nothing_to_print"


class TooManyToPrintError(BookingError):
    """More than one file holds. Parameter: ``most``."""

    code = "too_many_to_print"


class NoSuchCodeError(BookingError):
    """A code that no document bears: mistyped, altered or invented."""

    code = "no_such_paper_code"
    status = 404
