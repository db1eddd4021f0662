"""照会票: ask the facility that issued a card whether it is the same person's, and answer such a question."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import RegistrantError
from apps.registrants.index_errors import (
    AnsweredError,
    AnswerMissingError,
    InquiryClosedError,
    NotCardOfficerError,
    UnknownInquiryError,
)
from apps.registrants.models import InquiryNote
from apps.registrants.queries.inquiries import letter_of
from apps.registrants.rules.standing import check_reason
from kernel import clock
from shared.actor import Actor
from shared.seniorcards import inquiries

REFUSALS: Final[dict[str, type[RegistrantError]]] = {
    "role": NotCardOfficerError,
    "hit": UnknownInquiryError,
    "inquiry": UnknownInquiryError,
    "answered": AnsweredError,
    "closed": InquiryClosedError,
    "answer": AnswerMissingError,
}


def open_inquiry(*, actor: Actor, hit: UUID) -> UUID:
    """Send a 照会票 about a card that a check found; the same pair of cards is asked about once.

    ``NotCardOfficerError``, ``UnknownInquiryError``. Outside a transaction, so that a refusal is kept.
    """
    inquiry, refusal = inquiries.open_inquiry(actor, hit)
    if inquiry is None:
        raise REFUSALS[refusal]
    return inquiry


def answer_inquiry(*, actor: Actor, inquiry: UUID, answer: str, note: str) -> None:
    """Answer a received 照会票 with 同一人 or 別人. How it was found out stays in this tenant.

    ``NotCardOfficerError``, ``UnknownInquiryError``, ``AnsweredError``, ``InquiryClosedError``,
    ``AnswerMissingError``, and those of a reason.
    """
    reason = check_reason(note)
    letter = letter_of(inquiry, is_received=True)
    with transaction.atomic():
        refusal = inquiries.answer_inquiry(actor, inquiry, answer)
        if not refusal:
            InquiryNote.objects.create(
                inquiry=inquiry,
                card_id=letter.card,
                answer=answer,
                note=reason,
                written_at=clock.now(),
                written_by=actor.id,
            )
    if refusal:
        raise REFUSALS[refusal]
