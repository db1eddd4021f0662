"""Setting how a tenant takes payments online, from a day on (オンライン決済の定め)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from apps.bookings.errors import UnknownSettingError
from apps.bookings.models import OnlinePaymentTerms
from apps.bookings.online_errors import DayOverError
from apps.bookings.queries.online import regime_on
from apps.bookings.rules.online import OnlineTerms, check_terms
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import record
from shared.payments.providers import has_keys, known
from tenants.scope import scoped_connection


@transaction.atomic
def set_online_terms(*, actor: Actor, valid_from: dt.date, terms: OnlineTerms) -> None:
    """Let ``terms`` hold from ``valid_from`` on; what begins on that day already is replaced.

    ``DayOverError``, ``UnknownProviderError``, ``BasisMissingError``.
    """
    if valid_from < clock.today():
        raise DayOverError(field="valid_from")
    keys = has_keys(scoped_connection().scope.schema)
    check_terms(terms, regime=regime_on(valid_from), providers=known(), has_keys=keys)
    values = asdict(terms) | {"decided_at": clock.now(), "decided_by": actor.id}
    OnlinePaymentTerms.objects.update_or_create(valid_from=valid_from, defaults=values)
    record(
        actor,
        Action.CHANGE,
        object_type="online_terms",
        object_id=valid_from.isoformat(),
        is_on=terms.is_on,
        provider=terms.provider,
        basis=terms.basis,
    )


@transaction.atomic
def withdraw_online_terms(*, actor: Actor, valid_from: dt.date) -> None:
    """Take back terms that have not begun; ``UnknownSettingError`` when there are none."""
    held = OnlinePaymentTerms.objects.filter(valid_from=valid_from)
    if valid_from <= clock.today() or not held.delete()[0]:
        raise UnknownSettingError
    day = valid_from.isoformat()
    record(actor, Action.CHANGE, object_type="online_terms", object_id=day, withdrawn=True)
