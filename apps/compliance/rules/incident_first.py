"""What the first report (一次報告) says, and what cannot be (domain handbook 7.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from apps.compliance.incident_errors import AfterNowError, NoticedBeforeError, PhonedBeforeError


@dataclass(frozen=True, slots=True)
class FirstReport:
    """The short page. ``occurred`` and ``phoned`` may be unknown, and so may the number of persons."""

    kind: str
    what: str
    occurred: dt.datetime | None
    noticed: dt.datetime
    phoned: dt.datetime | None
    persons: int | None
    medium: str
    encrypted: str
    recovered: str


def check_moments(said: FirstReport, now: dt.datetime) -> None:
    """Raises ``AfterNowError``, ``NoticedBeforeError`` or ``PhonedBeforeError``, each at its field."""
    for field, moment in (("occurred", said.occurred), ("noticed", said.noticed), ("phoned", said.phoned)):
        if moment is not None and moment > now:
            raise AfterNowError(field=field)
    if said.occurred is not None and said.noticed < said.occurred:
        raise NoticedBeforeError(field="noticed")
    if said.phoned is not None and said.phoned < said.noticed:
        raise PhonedBeforeError(field="phoned")
