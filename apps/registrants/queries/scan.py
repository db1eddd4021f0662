"""Finding whose card was scanned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from apps.registrants.models import Card, CardIssue, Registrant, RegistrantState
from apps.registrants.queries.standing import with_state
from apps.registrants.rules.card_code import CardCode, CodeProblem, read_code
from apps.registrants.rules.numbering import SENIOR_MARK
from apps.registrants.rules.scanning import Outcome, Shown, judged
from apps.registrants.rules.standing import state_told
from tenants.models import Tenant
from tenants.scope import scoped_connection


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan means, and of whom; ``number`` is that of another facility's card, ``replaced_on`` a void print's."""

    outcome: Outcome
    card: Card | None = None
    registrant: Registrant | None = None
    number: str = ""
    replaced_on: dt.date | None = None


def scanned(text: str, day: dt.date) -> Scan:
    """What ``text`` means on ``day``; four statements at most."""
    code = read_code(text)
    if isinstance(code, CodeProblem):
        return Scan(Outcome(code.value))
    if not code.is_of(_own_prefix()):
        return _of_another(code)
    card = Card.objects.filter(number=code.number).first()
    if card is None:
        return _registration(code)
    return _of_card(card, code, day)


def _own_prefix() -> str:
    prefixes = Tenant.objects.filter(schema_name=scoped_connection().scope.schema)
    return str(prefixes.values_list("number_prefix", flat=True).get())


def _of_another(code: CardCode) -> Scan:
    """Nothing is asked about it but whether such a tenant exists."""
    if not _is_known(code.prefix.removeprefix(SENIOR_MARK)):
        return Scan(Outcome.UNKNOWN)
    return Scan(Outcome.FOREIGN_SENIOR if code.is_senior else Outcome.FOREIGN, number=code.number)


def _is_known(prefix: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared.number_prefix_is_known(%s)", [prefix])
        found: bool = cursor.fetchone()[0]
    return found


def _registration(code: CardCode) -> Scan:
    found = None if code.is_senior else Registrant.objects.filter(number=code.number).first()
    return Scan(Outcome.REGISTRATION, registrant=found) if found else Scan(Outcome.UNKNOWN)


def _of_card(card: Card, code: CardCode, day: dt.date) -> Scan:
    holder = with_state(Registrant.objects.all(), day).get(pk=card.registrant_id)
    told = state_told(vars(holder)["spanned"], holder.state, holder.valid_until, day)
    in_force = told == RegistrantState.ACTIVE
    shown = Shown(card.state, card.branch, card.valid_from, card.valid_until, in_force)
    outcome = judged(shown, code.branch, day)
    return Scan(outcome, card, holder, replaced_on=_replaced_on(card, code) if outcome is Outcome.OLD_PRINT else None)


def _replaced_on(card: Card, code: CardCode) -> dt.date | None:
    made = CardIssue.objects.filter(card=card, branch=code.branch or 0).first()
    return made.voided_on if made else None
