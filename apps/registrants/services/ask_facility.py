"""A citizen asks the facility for a correction or for the end of the registration (訂正の依頼・廃止の届出).

Runs as the portal's role in the tenant's schema. Nothing of the registration changes before the desk has decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.registrants.errors import WrongStateError
from apps.registrants.models import CitizenRequest, CitizenRequestKind, Registrant
from apps.registrants.portal_errors import NothingToCorrectError, OpenRequestError
from apps.registrants.queries.own import own_file
from apps.registrants.rules.entry import Person
from apps.registrants.rules.wishes import wishes_from
from apps.registrants.services.registering import changes_between
from kernel import clock
from shared.actor import Actor
from shared.audit.models import Action
from shared.audit.record import entry
from shared.inserts import insert_together
from shared.throttle import Limit

A_DAY: Final = Limit("requests-of-an-account", tries=20, minutes=24 * 60)


def ask_correction(
    *, actor: Actor, registrant: UUID, person: Mapping[str, Any], extras: Mapping[str, Any], note: str
) -> None:
    """Ask to write what differs of ``person`` (columns) and ``extras`` from what is registered.

    Raises ``UnknownRegistrantError``, ``WrongStateError``, ``OpenRequestError``, ``NothingToCorrectError``,
    ``TooOftenError``.
    """
    found = _file(registrant, CitizenRequestKind.CORRECTION)
    wished = replace(person_of(found), **person)
    wishes = wishes_from(changes_between(found, wished, extras))
    if not wishes and not note.strip():
        raise NothingToCorrectError
    _ask(actor, registrant, CitizenRequestKind.CORRECTION, wishes, note)


def ask_withdrawal(*, actor: Actor, registrant: UUID, note: str) -> None:
    """Ask to close the registration (廃止の届出). The errors of ``ask_correction``."""
    _file(registrant, CitizenRequestKind.WITHDRAWAL)
    _ask(actor, registrant, CitizenRequestKind.WITHDRAWAL, {}, note)


def person_of(found: Registrant) -> Person:
    """The person as registered."""
    return Person(**{name: getattr(found, name) for name in Person.__dataclass_fields__})


def _file(registrant: UUID, kind: str) -> Registrant:
    file = own_file(registrant, today=clock.today())
    if not file.may_ask:
        raise WrongStateError
    if file.is_open(kind):
        raise OpenRequestError
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
        raise OpenRequestError from None
