"""What registering, completing and changing an individual have in common: columns, contacts, items, changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from apps.registrants.errors import PossibleDuplicateError
from apps.registrants.models import (
    DuplicateProposal,
    EmergencyContact,
    IdentityCheck,
    Registrant,
    RegistrantState,
)
from apps.registrants.queries.duplicates import Candidate, possible_duplicates
from apps.registrants.queries.items import collected_for
from apps.registrants.rules.entry import Contact, Person, kana_key, phone_key
from apps.registrants.rules.items import check_extras
from apps.registrants.rules.policy import Policy
from apps.registrants.rules.validity import valid_until_for
from kernel import clock
from shared.actor import Actor
from tenants.scope import scoped_connection

DERIVED: Final = ("kana_key", "phone_key")


@dataclass(frozen=True, slots=True)
class IndividualEntry:
    """What an individual's registration says: read values of ``rules.entry``, the contacts in the order of calling."""

    person: Person
    contacts: Sequence[Contact] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


def columns_of(person: Person) -> dict[str, Any]:
    """The registrant's columns of an individual, with the derived keys."""
    derived = (kana_key(person.family_kana, person.given_kana), phone_key(person.phone))
    return asdict(person) | dict(zip(DERIVED, derived, strict=True))


def contact_rows(registrant: UUID, contacts: Iterable[Contact]) -> list[EmergencyContact]:
    """The unsaved emergency contacts of a registrant."""
    return [
        EmergencyContact(registrant_id=registrant, position=position, **asdict(contact))
        for position, contact in enumerate(contacts, 1)
    ]


def identity_check(actor: Actor, registrant: UUID, document: str) -> IdentityCheck:
    """The unsaved 本人確認 of now: what was shown, and to whom."""
    if actor.id is None:
        raise ValueError("an identity check is somebody's")
    return IdentityCheck(registrant_id=registrant, document=document, on=clock.today(), by=actor.id, at=clock.now())


def extras_to_keep(extras: Mapping[str, Any], kind: str, *, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """``extras`` as they are written; one statement. The last guard of what is collected.

    Of ``before``, values that are no longer asked stay. ``ItemNotCollectedError``, ``ItemMissingError``.
    """
    asked = collected_for(kind)
    codes = {one.item.code for one in asked}
    check_extras(extras, collected=codes, required=[one.item.code for one in asked if one.is_required])
    return {code: value for code, value in (before or {}).items() if code not in codes} | dict(extras)


def begins_as(policy: Policy, today: dt.date) -> dict[str, Any]:
    """``state`` and ``valid_until`` of a registration that is complete today."""
    state = RegistrantState.UNDER_REVIEW if policy.needs_review else RegistrantState.ACTIVE
    return {"state": state, "valid_until": valid_until_for(policy, today)}


def others_confirmed(person: Person, others: Collection[UUID], *, but: UUID | None = None) -> list[Candidate]:
    """Those who may be the same person, if the clerk has said of each that it is another.

    One registration at a time from here to the end of the transaction, so that two clerks cannot miss each other's.
    ``PossibleDuplicateError`` for one who was not confirmed.
    """
    with connection.cursor() as cursor:
        key = f"{scoped_connection().scope.schema}/registering"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    found = possible_duplicates(person, but=but)
    if {one.registrant.pk for one in found} - set(others):
        raise PossibleDuplicateError
    return found


def proposals(registrant: UUID, found: Iterable[Candidate]) -> list[DuplicateProposal]:
    """The unsaved proposals (重複の候補) of a registrant and those ``found``."""
    return [
        DuplicateProposal(
            one_id=min(registrant, candidate.registrant.pk),
            other_id=max(registrant, candidate.registrant.pk),
            grounds=list(candidate.grounds),
            found_at=clock.now(),
        )
        for candidate in found
    ]


def changes_between(found: Registrant, person: Person, extras: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field -> [before, after] of what differs, as JSON keeps it; derived keys are not named."""
    before = {name: getattr(found, name) for name in asdict(person)} | {f"item_{k}": v for k, v in found.extras.items()}
    after = asdict(person) | {f"item_{code}": value for code, value in extras.items()}
    return {
        name: [_plain(before.get(name)), _plain(after.get(name))]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
