"""What the city decides about a 登録証, answers in a facility's place, and sets for the duplicate check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.compliance.errors import (
    CardVoidError,
    DecidedError,
    InquiryClosedError,
    IssuedMeanwhileError,
    NotDecidingError,
    NotSettingTermsError,
    UnknownInquiryError,
    WrongAnswerError,
    WrongDecisionError,
)
from apps.compliance.rules.purpose import state
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.seniorcards import upkeep
from shared.seniorcards.inquiries import answer_for_facility, decide_inquiry
from shared.seniorcards.models import Terms

REFUSALS: Final[dict[str, type[DomainError]]] = {
    "role": NotDecidingError,
    "inquiry": UnknownInquiryError,
    "decided": DecidedError,
    "closed": InquiryClosedError,
    "issued": IssuedMeanwhileError,
    "answer": WrongAnswerError,
    "decision": WrongDecisionError,
    "lapsed": CardVoidError,
}


def decide(*, actor: Actor, inquiry: UUID, decision: str, note: str) -> None:
    """Decide an answered 照会票; the reason stands in the city's audit, the decision in both facilities'.

    A namesake may then be given a card of the same name and birth date. A transfer voids the former card at once.
    ``NotDecidingError``, ``UnknownInquiryError``, ``DecidedError``, ``InquiryClosedError``, ``WrongDecisionError``,
    ``CardVoidError``, and those of a stated purpose. A refusal leaves its line in the audit.
    """
    purpose = state("decision", note)
    with transaction.atomic():
        refusal = decide_inquiry(actor, inquiry, decision)
        _trace(actor, inquiry, refusal, purpose.note, decision=decision)
    _refuse(refusal)


def answer_in_place(*, actor: Actor, inquiry: UUID, answer: str, note: str) -> None:
    """Answer a 照会票 for a facility that is closed or keeps silent, or correct its answer before the card is issued.

    ``NotDecidingError``, ``UnknownInquiryError``, ``DecidedError``, ``InquiryClosedError``, ``IssuedMeanwhileError``,
    ``WrongAnswerError``, and those of a stated purpose. A refusal leaves its line in the audit.
    """
    purpose = state("decision", note)
    with transaction.atomic():
        refusal = answer_for_facility(actor, inquiry, answer)
        _trace(actor, inquiry, refusal, purpose.note, answer=answer)
    _refuse(refusal)


def set_terms(*, actor: Actor, terms: Terms, fields: Sequence[str]) -> None:
    """Let these terms hold for all facilities; ``fields`` are those that differ. ``NotSettingTermsError``.

    What is newly looked at is found once the hourly task has made the tokens; what is not any more is forgotten now.
    """
    with transaction.atomic():
        refusal = upkeep.set_terms(actor.id, terms)
        told = {name: getattr(terms, name) for name in sorted(fields)}
        record(actor, Action.DENIED if refusal else Action.CHANGE, object_type="senior_terms", object_id="", **told)
    if refusal:
        raise NotSettingTermsError


def _trace(actor: Actor, inquiry: UUID, refusal: str, note: str, **said: Any) -> None:
    told: dict[str, Any] = {"why": refusal} if refusal else {}
    record(
        actor,
        Action.DENIED if refusal else Action.CHANGE,
        object_type="senior_inquiry",
        object_id=inquiry,
        purpose=note,
        **said,
        **told,
    )


def _refuse(refusal: str) -> None:
    if refusal:
        raise REFUSALS[refusal](field=refusal if refusal in {"decision", "answer"} else "")
