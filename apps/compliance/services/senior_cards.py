"""What the city decides about a 登録証: a true namesake, a transfer to another facility, or neither."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.compliance.errors import (
    CardVoidError,
    DecidedError,
    NotDecidingError,
    UnknownInquiryError,
    WrongDecisionError,
)
from apps.compliance.rules.purpose import state
from kernel.errors import DomainError
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.seniorcards.inquiries import decide_inquiry

REFUSALS: Final[dict[str, type[DomainError]]] = {
    "role": NotDecidingError,
    "inquiry": UnknownInquiryError,
    "decided": DecidedError,
    "decision": WrongDecisionError,
    "lapsed": CardVoidError,
}


def decide(*, actor: Actor, inquiry: UUID, decision: str, note: str) -> None:
    """Decide an answered 照会票; the reason stands in the city's audit, the decision in both facilities'.

    A namesake may then be given a card of the same name and birth date. A transfer voids the former card at once.
    ``NotDecidingError``, ``UnknownInquiryError``, ``DecidedError``, ``WrongDecisionError``, ``CardVoidError``, and
    those of a stated purpose. A refusal leaves its line in the audit.
    """
    purpose = state("decision", note)
    with transaction.atomic():
        refusal = decide_inquiry(actor, inquiry, decision)
        told: dict[str, Any] = {"why": refusal} if refusal else {}
        record(
            actor,
            Action.DENIED if refusal else Action.CHANGE,
            object_type="senior_inquiry",
            object_id=inquiry,
            purpose=purpose.note,
            decision=decision,
            **told,
        )
    if refusal:
        raise REFUSALS[refusal](field="decision" if refusal == "decision" else "")
