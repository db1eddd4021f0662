"""Changing what is registered of a group (団体の変更), with 代表者交代 and 団体名変更: at the counter only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.registrants.errors import UnknownRegistrantError
from apps.registrants.models import Act, Registrant, RegistrantKind
from apps.registrants.queries.roster import discarded_roster_of, roster_of
from apps.registrants.rules.group_entry import GroupEntry
from apps.registrants.rules.waiver import Waiver
from apps.registrants.services.acting import leave_trace, registrant_for, write
from apps.registrants.services.registering import extras_to_keep
from apps.registrants.services.registering_groups import file_group, judged, roster_rows, waived, write_roster
from shared.actor import Actor

DERIVED: Final = ("kana_key", "phone_key")


@transaction.atomic
def change_group(
    *,
    actor: Actor,
    registrant: UUID,
    seen_version: int,
    entry: GroupEntry,
    seen: Collection[UUID] = (),
    waiver: Waiver | None = None,
    reason: str = "",
) -> bool:
    """Write ``entry``; whether anything differed. The act keeps before and after of each field, of the roster numbers.

    Where the roster was discarded and none is entered, the people are not judged again. Raises the errors of
    ``register_group``, and ``StaleRegistrationError``, ``WrongStateError``, ``UnknownRegistrantError``.
    """
    found = group_for(Act.CHANGE, registrant=registrant, seen_version=seen_version)
    before = roster_of(registrant)
    has_roster = bool(entry.members) or discarded_roster_of(registrant) is None
    judgement, waived_for = judged(entry, seen=seen, waiver=waiver, but=registrant, has_roster=has_roster)
    kept = extras_to_keep(entry.extras, found.kind, before=found.extras)
    changes = group_changes(found, entry, kept) | write_roster(
        roster_rows(registrant, entry, before), before, registrant
    )
    if changes:
        write(found, **entry.columns(), extras=kept)
        told = " ".join(filter(None, [reason.strip(), waived_for]))
        leave_trace(actor, registrant, Act.CHANGE, reason=told, changes=changes | waived(judgement))
        file_group(found, judgement.alike)
    return bool(changes)


def group_for(act: Act, *, registrant: UUID, seen_version: int) -> Registrant:
    """The group under lock, as ``registrant_for`` finds it; an individual is unknown here."""
    found = registrant_for(act, registrant=registrant, seen_version=seen_version)
    if found.kind != RegistrantKind.GROUP:
        raise UnknownRegistrantError
    return found


def group_changes(found: Registrant, entry: GroupEntry, extras: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field -> [before, after] of what differs, as JSON keeps it; derived keys are not named."""
    columns = {name: value for name, value in entry.columns().items() if name not in DERIVED}
    before = {name: getattr(found, name) for name in columns} | _items(found.extras)
    after = columns | _items(extras)
    return {
        name: [_plain(before.get(name)), _plain(after.get(name))]
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def _items(extras: Mapping[str, Any]) -> dict[str, Any]:
    return {f"item_{code}": value for code, value in extras.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
