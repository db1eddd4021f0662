"""A citizen asks for a registration at the portal (仮登録): complete only at the counter, with an identity check.

Runs as the portal's role in the tenant's schema. A 仮登録 cannot reserve, and is deleted when nobody completes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.registrants.mail import facility_context
from apps.registrants.models import Act, Registrant, RegistrantKind, RegistrantState
from apps.registrants.portal_errors import OpenProvisionalError
from apps.registrants.rules.entry import Person, kana_key
from apps.registrants.services.acting import traces
from apps.registrants.services.numbering import next_registration_number
from apps.registrants.services.registering import columns_of, extras_to_keep
from kernel import clock
from shared.actor import Actor
from shared.inserts import insert_together
from shared.outbox.messages import message
from shared.throttle import Limit

CONSENT: Final = "利用目的に同意のうえ申込み"
A_DAY: Final = Limit("provisional-registrations-of-an-account", tries=5, minutes=24 * 60)
MOST_NUMBERS_TAKEN: Final = 100
"""Numbers in a row that records from before may have; the portal's role sees no row of others, so it tries."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: an individual, or the representative of a group with its name."""

    person: Person
    group_name: str = ""
    group_kana: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """個人 or 団体."""
        return RegistrantKind.GROUP if self.group_name else RegistrantKind.INDIVIDUAL


def pre_register(*, actor: Actor, wish: Wish, key: UUID) -> UUID:
    """Write a 仮登録 of the actor's account; ``key`` becomes its id, so the same form sent twice asks once.

    Whoever calls has the consent to the purpose of use. Raises ``OpenProvisionalError``, ``TooOftenError``,
    ``ItemNotCollectedError``, ``ItemMissingError``.
    """
    if Registrant.objects.filter(pk=key).exists():
        return key
    if actor.id is None:
        raise ValueError("a 仮登録 is somebody's")
    extras = extras_to_keep(wish.extras, wish.kind)
    if Registrant.objects.filter(state=RegistrantState.PROVISIONAL).exists():
        raise OpenProvisionalError
    A_DAY.count(actor.id)
    try:
        with transaction.atomic():
            _insert(wish, actor.id, key, extras)
            told = message(template="registrants/mail/pre_registered", recipient=actor.id, context=facility_context())
            insert_together(*traces(actor, key, Act.PRE_REGISTER, reason=CONSENT), told)
    except OpenProvisionalError:
        if not Registrant.objects.filter(pk=key).exists():
            raise
    return key  # the same form, sent a second time at the same moment, has asked once


def _insert(wish: Wish, account: UUID, key: UUID, extras: dict[str, Any]) -> None:
    """The row, under the first number that nobody has."""
    for _ in range(MOST_NUMBERS_TAKEN):
        row = _row(wish, account, key, extras)
        try:
            with transaction.atomic():
                insert_together(row)
        except IntegrityError as error:
            if "_number_" not in violated(error):
                raise OpenProvisionalError from None
        else:
            return
    raise RuntimeError("no number is free")


def _row(wish: Wish, account: UUID, key: UUID, extras: dict[str, Any]) -> Registrant:
    columns = columns_of(wish.person)
    if wish.group_name:
        columns |= {"kana_key": kana_key(wish.group_kana), "birth_date": None}
    return Registrant(
        id=key,
        number=next_registration_number(),
        kind=wish.kind,
        state=RegistrantState.PROVISIONAL,
        portal_account=account,
        group_name=wish.group_name,
        group_kana=wish.group_kana,
        registered_on=clock.today(),
        extras=extras,
        **columns,
    )


def violated(error: IntegrityError) -> str:
    """The name of the constraint that a statement broke; its values stay in the database."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", ""))
