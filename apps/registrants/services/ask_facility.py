"""A citizen asks the facility for a correction or for the end of the registration (訂正の依頼・廃止の届出).

Runs as the portal's role in the tenant's schema. Nothing of the registration changes before the desk has decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from apps.registrants.errors import WrongStateError
from apps.registrants.models import CitizenRequest, CitizenRequestKind, Registrant
from apps.registrants.portal_errors import AskedAlreadyError, NothingToCorrectError, WithdrawalObstructedError
from apps.registrants.queries.own import own_file
from apps.registrants.rules.entry import Person
from apps.registrants.rules.wishes import wishes_from
from apps.registrants.services.hooks import closing_obstacles
from apps.registrants.services.registering import changes_between
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.throttle import Limit
from tenants.scope import scoped_connection

FORGET: Final = "SELECT shared.forget_own_provisional(%s, %s, %s)"
A_DAY: Final = Limit("requests-of-an-account", tries=20, minutes=24 * 60)


def ask_correction(
    *, actor: Actor, registrant: UUID, person: Mapping[str, Any], extras: Mapping[str, Any], note: str
) -> None:
    """Ask to write what differs of ``person`` (columns) and ``extras`` from what is registered.

    Raises ``UnknownRegistrantError``, ``WrongStateError``, ``AskedAlreadyError``, ``NothingToCorrectError``,
    ``TooOftenError``.
    """
    found = _file(registrant, CitizenRequestKind.CORRECTION)
    wished = replace(person_of(found), **person)
    wishes = wishes_from(changes_between(found, wished, extras))
    if not wishes and not note.strip():
        raise NothingToCorrectError
    _ask(actor, registrant, CitizenRequestKind.CORRECTION, wishes, note)


def ask_withdrawal(*, actor: Actor, registrant: UUID, note: str) -> None:
    """Ask to close the registration (廃止の届出). The errors of ``ask_correction``; ``WithdrawalObstructedError``."""
    _file(registrant, CitizenRequestKind.WITHDRAWAL)
    if found := closing_obstacles(registrant):
        raise WithdrawalObstructedError(found)
    _ask(actor, registrant, CitizenRequestKind.WITHDRAWAL, {}, note)


def take_back_provisional(registrant: UUID) -> None:
    """Take back a 仮登録 of the own account (取下げ): what is personal in it is deleted at once. ``WrongStateError``.

    A function of the database does it, as the portal's role changes no registration.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [scoped_connection().scope.schema, registrant, clock.today()])
        [done] = cursor.fetchone()
    if not done:
        raise WrongStateError


def person_of(found: Registrant) -> Person:
    """The person as registered."""
    return Person(**{name: getattr(found, name) for name in Person.__dataclass_fields__})


def _file(registrant: UUID, kind: str) -> Registrant:
    file = own_file(registrant, today=clock.today())
    if not file.may_ask:
        raise WrongStateError
    if file.is_open(kind):
        raise AskedAlreadyError
    return file.registrant


def _ask(actor: Actor, registrant: UUID, kind: str, wishes: dict[str, Any], note: str) -> None:
    if actor.id is None:
        raise ValueError("a request is somebody's")
    A_DAY.count(actor.id)
    row = CitizenRequest(
        registrant_id=registrant,
        kind=kind,
        account=actor.id,
        asked_at=clock.now(),
        wishes=wishes,
        note=note.strip(),
    )
    told = entry(actor, Action.CREATE, object_type="citizen_request", object_id=registrant, kind=kind)
    try:
        with transaction.atomic():
            insert_together(row, told)
    except IntegrityError:  # the same, sent at the same moment
        raise AskedAlreadyError from None
