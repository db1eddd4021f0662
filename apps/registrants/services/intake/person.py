"""One row of a registrants' file as a registrant: leniently read, since old records lack things."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apps.registrants.models import RegistrantKind, RegistrantState
from apps.registrants.services.intake.fields import COUNTER_ONLY, PEOPLE
from apps.registrants.services.intake.items import read_items
from kernel.kana import search_key
from kernel.width import bare
from shared.intake.rules import cells
from shared.intake.rules.cells import UnfitError
from shared.intake.rules.target import Cells, Context, Problem, Reading

NO_POSTAL_CODE: Final = "0000000"
"""Stands where the other system had none: no such code is assigned, so the next change at the desk asks for it."""
GROUPS_LACK: Final = ("birth_date", *(one.code for one in PEOPLE if one.code.startswith("contact")))
PERSONS_LACK: Final = ("group_name", "group_kana")
SPACES: Final = re.compile(r"[ 　]+")


@dataclass(frozen=True, slots=True)
class Contact:
    """An emergency contact."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """An individual or a group as it comes from another system; the fields are those of ``Registrant``."""

    source_key: str
    kind: str
    state: str
    group_name: str
    group_kana: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    birth_date: dt.date | None
    postal_code: str
    address: str
    phone: str
    kana_key: str
    phone_key: str
    registered_on: dt.date
    valid_until: dt.date | None
    state_since: dt.date | None
    is_counter_only: bool = False
    counter_only_why: str = ""
    contacts: tuple[Contact, ...] = ()
    extras: Mapping[str, str | bool] = field(default_factory=dict)


def read_person(
    values: Mapping[str, str], context: Context, today: dt.date, collected: Collection[str] = ()
) -> Reading[Person]:
    """The person of a row. What a registration cannot lack is a problem; what it can is a warning at most.

    ``collected``: codes of the further items (収集項目) that the tenant collects.
    """
    row = Cells(values)
    key = row.need(row.take("key", cells.key, 80, otherwise=""), "key")
    names = _names(row, context, today)
    standing = _standing(row, context, today)
    reach = _reach(row)
    online = _online(row, context)
    kind = names["kind"]
    contacts = () if kind == RegistrantKind.GROUP else _contacts(row)
    extras = read_items(row, context, kind, collected, today)
    row.leave(*(GROUPS_LACK if kind == RegistrantKind.GROUP else PERSONS_LACK))

    def make() -> Person:
        return Person(
            source_key=context.key(key),
            **names,
            **standing,
            **reach,
            **online,
            contacts=contacts,
            extras=extras,
        )

    return row.reading(key, make)


def _names(row: Cells, context: Context, today: dt.date) -> dict[str, Any]:
    """Who it is: an individual with a birth date, or a group with its representative."""
    group_name = row.take("group_name", cells.text, 100, otherwise="")
    kind = _kind(row, context, group_name)
    is_group = kind == RegistrantKind.GROUP
    family, given = _name(row)
    family_kana, given_kana = _kana(row, is_group=is_group)
    group_kana = row.take("group_kana", cells.reading, 150, otherwise="")
    birth = row.take("birth_date", cells.birth_date, today, otherwise=None)
    needed = {"group_name": group_name} if is_group else {"name": family, "birth_date": birth, "kana": family_kana}
    for code, value in needed.items():
        row.need(value, code)
    written = (group_kana or group_name) if is_group else family_kana + given_kana
    return {
        "kind": kind,
        "group_name": group_name if is_group else "",
        "group_kana": group_kana if is_group else "",
        "family_name": family,
        "given_name": given,
        "family_kana": family_kana,
        "given_kana": given_kana,
        "birth_date": None if is_group else birth,
        "kana_key": search_key(written)[:160],
    }


def _standing(row: Cells, context: Context, today: dt.date) -> dict[str, Any]:
    """From when to when it is registered, and how the registration stands."""
    registered = _registered(row, today)
    valid_until = row.take("valid_until", cells.day_set_ahead, otherwise=None)
    state = _state(row, context, valid_until, today)
    since = row.lenient("state_since", cells.day, otherwise=None)
    return {
        "registered_on": registered,
        "valid_until": valid_until,
        "state": state,
        "state_since": since if since and since > registered else None,
    }


def _reach(row: Cells) -> dict[str, Any]:
    """Where the person is reached."""
    phone, phone_key = _phone(row)
    return {"postal_code": _postal(row), "address": _address(row), "phone": phone, "phone_key": phone_key}


def _online(row: Cells, context: Context) -> dict[str, Any]:
    """Whether it reserves at the counter only (インターネット利用可否), and why (不可事由)."""
    is_counter_only = row.choose("online", context.meanings.get("online", {})) == COUNTER_ONLY
    why = row.lenient("online_why", cells.text, 200, otherwise="")
    if not is_counter_only:
        row.leave("online_why")
    return {"is_counter_only": is_counter_only, "counter_only_why": why if is_counter_only else ""}


def _kind(row: Cells, context: Context, group_name: str) -> str:
    usual = RegistrantKind.GROUP.value if group_name else RegistrantKind.INDIVIDUAL.value
    return row.choose("kind", context.meanings["kind"], usual, otherwise=usual)


def _name(row: Cells) -> tuple[str, str]:
    family = row.take("family_name", cells.name, 40, otherwise="")
    given = row.take("given_name", cells.name, 40, otherwise="")
    if family or not row.get("name").strip():
        return family, given
    whole = row.take("name", cells.name, 80, otherwise="")
    return _parted(row, "name", whole, 40)


def _kana(row: Cells, *, is_group: bool) -> tuple[str, str]:
    family = row.take("family_kana", cells.kana, 60, otherwise="")
    given = row.take("given_kana", cells.kana, 60, otherwise="")
    if family or not row.get("kana").strip():
        return family, given
    read = row.lenient if is_group else row.take  # of a representative the kana is not needed
    return _parted(row, "kana", read("kana", cells.kana, 120, otherwise=""), 60)


def _parted(row: Cells, code: str, whole: str, longest: int) -> tuple[str, str]:
    parts = SPACES.split(whole, maxsplit=1)
    if whole and len(parts) == 1:
        row.warnings.append(Problem("row_name_in_one", code))
    if any(len(part) > longest for part in parts):
        row.problems.append(Problem("row_text_too_long", code, {"longest": longest}))
    return parts[0], parts[1] if len(parts) > 1 else ""


def _registered(row: Cells, today: dt.date) -> dt.date:
    found = row.lenient("registered_on", cells.day, otherwise=None)
    if found is None or found > today:
        row.warnings.append(Problem("row_no_registration_day", "registered_on"))
        return today
    return found


def _state(row: Cells, context: Context, valid_until: dt.date | None, today: dt.date) -> str:
    usual = RegistrantState.ACTIVE.value
    state = row.choose("state", context.meanings["state"], usual, otherwise=usual)
    is_over = valid_until is not None and valid_until < today
    if state == RegistrantState.EXPIRED and not is_over:
        row.problems.append(Problem("row_expired_without_day", "valid_until"))
    return RegistrantState.EXPIRED.value if state == usual and is_over else state


def _phone(row: Cells) -> tuple[str, str]:
    """The number and its digits; one that is none is kept as it was written, and found by its digits."""
    try:
        phone = cells.phone(row.get("phone"))
    except UnfitError:
        phone = row.take("phone", cells.text, 20, otherwise="")
        row.warnings.append(Problem("row_phone", "phone"))
    if not phone:
        row.warnings.append(Problem("row_no_phone", "phone"))
    return phone, "".join(char for char in bare(phone) if char.isdigit())[:20]


def _postal(row: Cells) -> str:
    postal = row.lenient("postal_code", cells.postal, otherwise="")
    if not postal:
        row.warnings.append(Problem("row_no_postal_code", "postal_code"))
    return postal or NO_POSTAL_CODE


def _address(row: Cells) -> str:
    first = row.take("address", cells.text, 200, otherwise="")
    rest = row.take("address_rest", cells.text, 200, otherwise="")
    address = f"{first}　{rest}" if first and rest else first or rest
    if len(address) > 200:
        row.problems.append(Problem("row_text_too_long", "address", {"longest": 200}))
    if not address:
        row.warnings.append(Problem("row_no_address", "address"))
    return address


def _contacts(row: Cells) -> tuple[Contact, ...]:
    found = (_contact(row, number) for number in (1, 2))
    return tuple(contact for contact in found if contact)


def _contact(row: Cells, number: int) -> Contact | None:
    name = row.lenient(f"contact{number}_name", cells.text, 80, otherwise="")
    phone = row.lenient(f"contact{number}_phone", cells.phone, otherwise="")
    relation = row.lenient(f"contact{number}_relation", cells.text, 20, otherwise="")
    if bool(row.get(f"contact{number}_name").strip()) != bool(row.get(f"contact{number}_phone").strip()):
        row.warnings.append(Problem("row_half_a_contact", f"contact{number}_name"))
    return Contact(name, relation, phone) if name and phone else None
