"""What stands on the cards and in the register of issues. Text is printed as it is given; dates are set by era."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.registrants.rules.card_issuer import CardIssuer


@dataclass(frozen=True, slots=True)
class CardFace:
    """One print of a card.

    ``title`` is its name in the ordinance, ``code`` what the QR code holds. ``address`` goes up to the town and may be
    empty; it is the first to give way to a long name, as is a group's ``representative``. ``birth`` is None on a
    group's card, ``registered_on`` on an individual's. ``is_substitute``: the name has a proper form (正字あり).
    """

    kind: str
    title: str
    number: str
    branch: int
    code: str
    holder: str
    representative: str
    registered_on: date | None
    issued_on: date
    valid_from: date | None
    valid_until: date | None
    birth: date | None
    address: str
    issuer: CardIssuer
    is_reissue: bool
    is_substitute: bool


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of the register of issues (交付台帳), with the acts on the card that it bore (経過), in order.

    A date that is None is left empty for a pen.
    """

    number: str
    branch: int
    holder: str
    cause: str
    made_on: date
    handed_over_on: date | None
    returned_on: date | None
    voided_on: date | None
    acts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """The register of one kind of card and one fiscal year."""

    title: str
    fiscal_year: str
    facility: str
    printed_on: date
    lines: Sequence[RegisterLine]
