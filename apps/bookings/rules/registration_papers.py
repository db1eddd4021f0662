"""Which acts on a registration call for a notice (通知書). Domain handbook 2.2 (通知), 4.5 (処分の通知)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REGISTERING: Final = frozenset({"register", "complete", "approve"})
DECISIONS: Final = frozenset({*REGISTERING, "refuse", "suspend", "close"})
"""Acts that may call for a notice."""
NOT_YET: Final = frozenset({"provisional", "under_review"})
BY_OFFICE: Final = frozenset({"ex_officio", "expired"})
"""Causes of a closing that nobody asked for (職権・期限切れ)."""


class NoticeKind(StrEnum):
    """What a notice tells."""

    GRANTED = "granted"  # 利用者登録決定通知書
    REFUSED = "refused"  # 利用者登録不承認通知書
    SUSPENDED = "suspended"  # 利用停止通知書
    STRUCK = "struck"  # 利用者登録抹消通知書


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on a registration, as far as a notice tells it; ``on`` is the day on which it was decided."""

    id: int
    act: str
    on: dt.date
    effective_on: dt.date
    until: dt.date | None = None
    cause: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice that somebody is owed, about ``deed``."""

    deed: Deed
    kind: NoticeKind


def owed(deeds: Sequence[Deed], *, state: str, measured: Collection[tuple[dt.date, str]] = ()) -> list[Owed]:
    """The notices of a registration in ``state``, in the order of its ``deeds``, which come the oldest first.

    Of registering, completing and approving it is the last that decides, and none while the decision is open.
    ``measured``: first day and reason of measures (措置), which bring notices of their own.
    """
    deciding = _deciding(deeds) if state not in NOT_YET else None
    found = [(one, _kind(one, deciding)) for one in deeds if (one.effective_on, one.reason) not in set(measured)]
    return [Owed(deed, kind) for deed, kind in found if kind is not None]


def _deciding(deeds: Sequence[Deed]) -> Deed | None:
    """The act by which the registration was granted, unless it was refused."""
    if any(one.act == "refuse" for one in deeds):
        return None
    return next((one for one in reversed(deeds) if one.act in REGISTERING), None)


def _kind(deed: Deed, deciding: Deed | None) -> NoticeKind | None:
    if deed is deciding:
        return NoticeKind.GRANTED
    if deed.act == "close":
        return NoticeKind.STRUCK if deed.cause in BY_OFFICE else None
    return {"refuse": NoticeKind.REFUSED, "suspend": NoticeKind.SUSPENDED}.get(deed.act)
