"""使用者名簿 as rules: how a submission goes on, what its rows tell of it, and what a row must hold. Handbook 7.3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.compliance.roster_errors import RosterStateError
from kernel.kana import is_kana, to_katakana
from kernel.names import NameTextError, clean_name

DESK_ROLES: Final = ("reception", "accounting", "facility_manager", "card_officer", "privacy_officer")
MOST_ROWS: Final = 60
"""People on one submission: so many a page still takes."""
ONE_TIME_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that is read for something else (0 o, 1 i l)."""
ONE_TIME_LENGTH: Final = 14
ONE_TIME_LIVES: Final = dt.timedelta(days=14)


class Kind(StrEnum):
    """What is submitted; the values of ``SubmissionKind``."""

    FIRST = "first"
    ADDITION = "addition"
    CHANGE = "change"
    LEAVING = "leaving"
    EMERGENCY = "emergency"
    PASSWORD = "password"  # noqa: S105  # a kind, no password


class State(StrEnum):
    """How far it has come; the values of ``SubmissionState``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Act(StrEnum):
    """What somebody does with a submission."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    GRANT = "grant"


NEXT: Final = {
    (State.DRAFT, Act.EDIT): State.DRAFT,
    (State.RETURNED, Act.EDIT): State.RETURNED,
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.APPROVED, Act.GRANT): State.APPROVED,
}
NEW_PEOPLE: Final = frozenset({Kind.FIRST, Kind.ADDITION})
STOPS_AT_ONCE: Final = frozenset({Kind.LEAVING, Kind.EMERGENCY})
"""What switches an account off before the city answers."""
NEVER_RETURNED: Final = frozenset({Kind.LEAVING, Kind.EMERGENCY, Kind.PASSWORD})
"""What the city takes note of; there is nothing to correct."""


def after(kind: str, state: str, act: Act) -> State:
    """The state after ``act``. ``RosterStateError`` when this state, or this kind, does not allow it."""
    is_silent = act == Act.RETURN and kind in NEVER_RETURNED
    is_asked = act == Act.GRANT and kind == Kind.PASSWORD and state == State.SUBMITTED
    if is_asked:
        return State.APPROVED
    found = NEXT.get((State(state), act))
    if found is None or is_silent:
        raise RosterStateError
    return found


class Standing(StrEnum):
    """What a submission amounts to, with its rows (名簿の状況)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    GRANTED = "granted"
    RECEIVED = "received"
    IN_FORCE = "in_force"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one row has come."""

    is_granted: bool
    is_received: bool = False
    is_begun: bool = False
    """The person has set a password of their own."""


def standing(kind: str, state: str, rows: Sequence[Progress]) -> Standing:
    """Where a submission stands: the least that holds of all its rows."""
    if state != State.APPROVED:
        return Standing(state)
    if kind in STOPS_AT_ONCE:
        return Standing.NOTED
    if not rows or not all(row.is_granted for row in rows):
        return Standing.APPROVED
    if kind == Kind.CHANGE:
        return Standing.IN_FORCE
    if not all(row.is_received for row in rows):
        return Standing.GRANTED
    return Standing.IN_FORCE if all(row.is_begun for row in rows) else Standing.RECEIVED


class Fault(StrEnum):
    """What is wrong with a field of a row."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_CHARACTER = "bad_character"
    NOT_KANA = "not_kana"
    NO_ROLE = "no_role"
    NO_SUCH_BODY = "no_such_body"
    BEFORE_TERM = "before_term"
    AFTER_TERM = "after_term"
    BACKWARDS = "backwards"
    IN_FUTURE = "in_future"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the facility's operator allows: its bodies, and the days of its term."""

    bodies: tuple[str, ...]
    first: dt.date
    last: dt.date | None
    today: dt.date


@dataclass(frozen=True, slots=True)
class Entry:
    """A person on a roster, as it is kept."""

    name: str
    kana: str
    title: str
    body: str
    roles: tuple[str, ...]
    terminal: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    trained_on: dt.date | None = None


def read_text(text: str, longest: int) -> str:
    """A text as it is kept. ``ValueError`` with a ``Fault``."""
    try:
        return clean_name(text, max_length=longest)
    except NameTextError as error:
        codes = {"empty": Fault.MISSING, "too_long": Fault.TOO_LONG}
        raise ValueError(codes.get(error.code, Fault.BAD_CHARACTER)) from None


def read_kana(text: str, longest: int) -> str:
    """Kana of any kind as full-width katakana. ``ValueError`` with a ``Fault``."""
    written = read_text(text, longest)
    if not is_kana(written):
        raise ValueError(Fault.NOT_KANA)
    return to_katakana(written)


def faults(entry: Entry, bounds: Bounds) -> dict[str, Fault]:
    """Field -> what is wrong with it, beyond how it is written."""
    told = {
        "body": Fault.NO_SUCH_BODY if entry.body not in bounds.bodies else None,
        "roles": None if entry.roles and set(entry.roles) <= set(DESK_ROLES) else Fault.NO_ROLE,
        "starts_on": _fault_of_start(entry.starts_on, bounds),
        "ends_on": _fault_of_end(entry, bounds),
        "trained_on": Fault.IN_FUTURE if _is_after(entry.trained_on, bounds.today) else None,
    }
    return {field: fault for field, fault in told.items() if fault}


def _fault_of_start(day: dt.date | None, bounds: Bounds) -> Fault | None:
    if day is None:
        return Fault.MISSING
    if day < bounds.first:
        return Fault.BEFORE_TERM
    return Fault.AFTER_TERM if _is_after(day, bounds.last) else None


def _fault_of_end(entry: Entry, bounds: Bounds) -> Fault | None:
    if _is_after(entry.starts_on, entry.ends_on):
        return Fault.BACKWARDS
    return Fault.AFTER_TERM if _is_after(entry.ends_on, bounds.last) else None


def _is_after(day: dt.date | None, limit: dt.date | None) -> bool:
    """Whether both are known, and ``day`` is the later."""
    return day is not None and limit is not None and day > limit


def last_day_of(entry: Entry, bounds: Bounds) -> dt.date | None:
    """The account's last day: as it was stated, at the latest the last of the term."""
    days = [day for day in (entry.ends_on, bounds.last) if day]
    return min(days, default=None)


ROLE_WORDS: Final = {
    "窓口": "reception",
    "受付": "reception",
    "会計": "accounting",
    "施設管理責任者": "facility_manager",
    "責任者": "facility_manager",
    "登録証担当": "card_officer",
    "登録証": "card_officer",
    "個人情報保護責任者": "privacy_officer",
} | {role: role for role in DESK_ROLES}
COLUMNS: Final = {
    "name": ("氏名", "名前"),
    "kana": ("カナ", "フリガナ", "ふりがな", "氏名カナ"),
    "title": ("職名", "役職"),
    "body": ("所属法人", "所属", "法人"),
    "roles": ("担当業務", "役割", "業務"),
    "terminal": ("使用端末", "端末"),
    "starts_on": ("使用開始日", "開始日"),
    "ends_on": ("使用終了日", "終了日"),
    "trained_on": ("研修日", "研修受講日"),
}
NEEDED_COLUMNS: Final = ("name", "kana", "title", "body", "roles", "starts_on")


def roles_in(text: str) -> tuple[list[str], list[str]]:
    """The roles that ``text`` names (窓口・会計), and the words that name none."""
    words = [word for word in re.split(r"[・、,，/／;；\s]+", text.strip()) if word]
    return [ROLE_WORDS[word] for word in words if word in ROLE_WORDS], [w for w in words if w not in ROLE_WORDS]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Field -> the place of its column."""
    plain = [re.sub(r"[\s*＊※]", "", heading) for heading in headings]
    found = {}
    for field, names in COLUMNS.items():
        place = next((plain.index(name) for name in names if name in plain), None)
        if place is not None:
            found[field] = place
    return found


def one_time_password(choose: Callable[[str], str]) -> str:
    """A password for a sealed slip, of letters that ``choose`` draws."""
    return "".join(choose(ONE_TIME_LETTERS) for _ in range(ONE_TIME_LENGTH))


def is_withheld(account: object, actor: object) -> bool:
    """Whether somebody would act on the own ID, which nobody may."""
    return account == actor


def names_twice(entries: Sequence[Entry]) -> Collection[int]:
    """The places of rows whose person stands on an earlier row."""
    seen: set[tuple[str, str]] = set()
    found = []
    for place, entry in enumerate(entries):
        key = ("".join(entry.name.split()), "".join(entry.kana.split()))
        if key in seen:
            found.append(place)
        seen.add(key)
    return found
