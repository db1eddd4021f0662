"""One ID at two places at once (IDの共用の疑い): found in what was recorded of signing in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Final
from uuid import UUID

from shared.staff.rules.places import Whence, is_elsewhere

AT_ONCE: Final = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody signed in with an ID, or out."""

    tenant: str
    account: UUID
    login_id: str
    name: str
    at: dt.datetime
    is_out: bool
    address: str | None
    terminal: UUID | None = None

    @property
    def whence(self) -> Whence:
        """As the rule of two places looks at it."""
        return Whence(self.address, self.terminal)


class Sign(StrEnum):
    """What speaks for it: two places (``shared.staff.rules.places``), or two screens at one place."""

    PLACES = "places"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class Finding:
    """Two sign-ins of one ID within an hour."""

    sign: Sign
    first: SignIn
    second: SignIn


def shared_ids(seen: Iterable[SignIn]) -> list[Finding]:
    """The findings in ``seen``, the newest first: another place within an hour, or a second session at the same place
    without having signed out of the first, unless both are of one terminal."""
    key = attrgetter("tenant", "account")
    ordered = sorted(seen, key=lambda one: (*key(one), one.at))
    found = [finding for _, group in groupby(ordered, key=key) for finding in _of_one(group)]
    return sorted(found, key=lambda finding: finding.second.at, reverse=True)


def _of_one(group: Iterable[SignIn]) -> Iterator[Finding]:
    before: SignIn | None = None
    is_open = False
    for one in group:
        if one.is_out:
            is_open = False
            continue
        if before is not None and one.at - before.at <= AT_ONCE:
            if is_elsewhere(before.whence, one.whence):
                yield Finding(Sign.PLACES, before, one)
            elif is_open and (one.terminal is None or before.terminal is None):
                yield Finding(Sign.SESSIONS, before, one)
        before, is_open = one, True
