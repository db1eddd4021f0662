"""照会票 that this facility sent or received, with its own cards."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.registrants.index_errors import UnknownInquiryError
from apps.registrants.models import Card, InquiryNote
from shared.seniorcards.inquiries import Letter, letters


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """An inquiry and this facility's own card that it is about."""

    letter: Letter
    card: Card


def own_letters() -> list[OwnLetter]:
    """All inquiries with their cards, those without an answer first; two statements."""
    found = letters()
    cards = Card.objects.select_related("registrant").in_bulk([one.card for one in found])
    ordered = sorted(found, key=lambda one: bool(one.answer or one.closed_at))
    return [OwnLetter(one, cards[one.card]) for one in ordered if one.card in cards]


def letters_about(card: UUID) -> list[Letter]:
    """The inquiries that this facility sent about one of its cards."""
    return [one for one in letters() if one.card == card and not one.is_received]


def letter_of(inquiry: UUID, *, is_received: bool) -> Letter:
    """One inquiry; ``UnknownInquiryError`` if this facility did not receive (or send) it."""
    for one in letters():
        if one.inquiry == inquiry and one.is_received is is_received:
            return one
    raise UnknownInquiryError


def note_of(inquiry: UUID) -> InquiryNote | None:
    """How this facility came to its answer."""
    return InquiryNote.objects.filter(pk=inquiry).first()
