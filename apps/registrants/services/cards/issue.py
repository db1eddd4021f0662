"""Making a print of a card: the first (交付), and each that replaces one (再交付, 書換交付, 更新)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.registrants.models import Card, CardDeed, CardIssue, CardState, IssueCause
from apps.registrants.queries.inquiries import letters_about
from apps.registrants.queries.policy import policy_on
from apps.registrants.rules.card_face import to_keep
from apps.registrants.rules.cards import renewed_from, senior_valid_until
from apps.registrants.rules.standing import check_reason
from apps.registrants.services.cards.acting import (
    card_for,
    change,
    check_in_force,
    holder_under_lock,
    is_senior,
    leave_trace,
    valid_print,
)
from apps.registrants.services.cards.apply import group_card_applied_for
from apps.registrants.services.cards.faces import face_to_print
from apps.registrants.services.clearing import clear_for_issue
from apps.registrants.services.index_status import card_state_changed
from apps.registrants.services.numbering import next_senior_number
from kernel import clock
from shared.actor import Actor
from shared.seniorcards.models import Decision

REPLACES: Final = frozenset({IssueCause.LOST, IssueCause.DAMAGED, IssueCause.CHANGE})


def issue_group_card(*, actor: Actor, registrant: UUID, substitute: str = "") -> Card:
    """Issue the 利用者カード of a group; its number is the registration number.

    ``substitute``: ``faces.face_to_print``, here and below. ``WrongHolderError``, ``HolderNotInForceError``,
    ``HolderHasCardError``, ``NameNotPrintableError``.
    """
    with transaction.atomic():
        holder = holder_under_lock(registrant)
        check_in_force(holder)
        card = group_card_applied_for(actor, holder)
        card.registrant = holder
        values = _first_issue(card) | {"number": holder.number}
        _make(actor, card, IssueCause.NEW, CardDeed.ISSUE, substitute=substitute, **values)
    return card


def issue_senior_card(*, actor: Actor, card: UUID, substitute: str = "") -> Card:
    """Issue the 登録証 that was applied for, once the duplicate check has cleared it: number, branch 1, validity.

    Of two clerks at once the second meets ``CardInWrongStateError``. ``HolderNotInForceError``, and
    the errors of ``clear_for_issue``.
    """
    with transaction.atomic():
        found = card_for("issue", card=card)
        check_in_force(found.registrant)
        first = max(found.valid_from or clock.today(), clock.today())
        values: dict[str, Any] = {
            "valid_from": first,
            "valid_until": senior_valid_until(first, policy_on(clock.today())),
        }
        values |= _first_issue(found)
        cause, draw = _cause_of_first(found), None if found.number else next_senior_number
        _make(actor, found, cause, CardDeed.ISSUE, substitute=substitute, draw=draw, **values)
    return found


def reissue_card(
    *,
    actor: Actor,
    card: UUID,
    cause: IssueCause,
    reason: str,
    seen_branch: int | None = None,
    is_returned: bool,
    substitute: str = "",
) -> Card:
    """Replace the print that was lost or damaged, or whose text has changed: same number, next branch, the old void.

    ``is_returned``: the old print was handed in. ``CardInWrongStateError``, ``StaleCardError``,
    ``HolderNotInForceError``, ``ReasonMissingError``, ``ReasonTooLongError``.
    """
    if cause not in REPLACES:
        raise ValueError("a print is replaced when it was lost or damaged, or when its text has changed")
    cleaned = check_reason(reason)
    with transaction.atomic():
        found = card_for("reissue", card=card, seen_branch=seen_branch)
        check_in_force(found.registrant)
        _make(actor, found, cause, CardDeed.REISSUE, reason=cleaned, is_returned=is_returned, substitute=substitute)
    return found


def renew_card(*, actor: Actor, card: UUID, seen_branch: int | None = None, substitute: str = "") -> Card:
    """Renew a 登録証 whose last day is near or just over: the next term, with a new print.

    ``CardInWrongStateError`` for one without an end, or too long before it; ``HolderNotInForceError``.
    """
    today = clock.today()
    with transaction.atomic():
        found = card_for("renew", card=card, seen_branch=seen_branch)
        first = renewed_from(found.state, found.valid_until, today)
        check_in_force(found.registrant)
        last = senior_valid_until(first, policy_on(today))
        _make(actor, found, IssueCause.RENEWAL, CardDeed.RENEW, valid_until=last, substitute=substitute)
    return found


def _cause_of_first(card: Card) -> IssueCause:
    """移管, where the city has decided that this card takes the place of another facility's."""
    is_transfer = any(letter.decision == Decision.TRANSFER for letter in letters_about(card.pk))
    return IssueCause.TRANSFER if is_transfer else IssueCause.NEW


def _first_issue(card: Card) -> dict[str, Any]:
    return {"state": CardState.ACTIVE, "issued_on": card.issued_on or clock.today()}


def _make(
    actor: Actor,
    card: Card,
    cause: IssueCause,
    deed: CardDeed,
    *,
    reason: str = "",
    is_returned: bool = False,
    substitute: str = "",
    draw: Callable[[], str] | None = None,
    **values: Any,
) -> None:
    """The next print, which takes the place of the one before; with its line in the register and its traces.

    A 登録証 passes the duplicate check of all facilities first: again, if its holder's name has changed. Only then its
    number is drawn, so that a refusal leaves no gap in the register.
    """
    if is_senior(card):
        clear_for_issue(card=card, actor=actor)
    if draw is not None:
        values["number"] = draw()
    old = valid_print(card)
    if old is not None:
        returned = {"returned_on": clock.today()} if is_returned else {}
        CardIssue.objects.filter(pk=old.pk).update(voided_on=clock.today(), **returned)
    change(card, branch=card.branch + 1, **values)
    face = to_keep(face_to_print(card, substitute))
    CardIssue.objects.create(
        card=card, branch=card.branch, cause=cause, made_on=clock.today(), made_by=actor.id, face=face
    )
    if is_senior(card):
        card_state_changed(card=card)
    leave_trace(actor, card, deed, reason=reason, cause=cause.value, branch=card.branch)
