"""Reading all that is known of how a registration came to be as it is: acts with names, identity checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from apps.registrants.models import IdentityCheck, RegistrationAct
from shared.staff.models import StaffAccount

MOST: Final = 200
"""So many acts are shown, the newest."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the history: what was done, by whom, why. ``name`` is a staff member's, or empty."""

    at: dt.datetime
    act: str
    effective_on: dt.date
    until: dt.date | None
    cause: str
    actor_kind: str
    name: str
    reason: str
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """That somebody showed who they are (本人確認): what was shown, when, to whom."""

    on: dt.date
    document: str
    name: str


@dataclass(frozen=True, slots=True)
class History:
    """What was done with a registration, the newest first, and what was shown of the person."""

    deeds: tuple[Deed, ...]
    checks: tuple[Check, ...]

    @property
    def asked_at(self) -> dt.datetime | None:
        """申請日: when the registration was asked for at the portal (仮登録)."""
        return self._last("pre_register")

    @property
    def renewed_at(self) -> dt.datetime | None:
        """更新日: when it was renewed for the last time."""
        return self._last("renew")

    def _last(self, act: str) -> dt.datetime | None:
        return next((deed.at for deed in self.deeds if deed.act == act), None)


def history_of(registrant: UUID) -> History:
    """The history of a registration; three statements, whatever its length."""
    acts = list(RegistrationAct.objects.filter(registrant=registrant).order_by("-at", "-id")[:MOST])
    checks = list(IdentityCheck.objects.filter(registrant=registrant)[:MOST])
    ids = {act.actor_id for act in acts if act.actor_id} | {check.by for check in checks}
    names = dict(StaffAccount.objects.filter(pk__in=ids).values_list("pk", "name"))
    return History(
        deeds=tuple(
            Deed(
                act.at,
                act.act,
                act.effective_on,
                act.until,
                act.cause,
                act.actor_kind,
                names.get(act.actor_id, "") if act.actor_id else "",
                act.reason,
                act.changes,
            )
            for act in acts
        ),
        checks=tuple(Check(check.on, check.document, names.get(check.by, "")) for check in checks),
    )
