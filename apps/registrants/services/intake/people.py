"""Registrants from another system (指定管理前の利用者登録情報): new ones are registered, known ones brought up to date.

Known again by the source's key. One that was worked on here since it came is left as it is: the desk knows better.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Act, EmergencyContact, Registrant, RegistrantState, RegistrationAct
from apps.registrants.queries.items import collected_codes
from apps.registrants.services.group_keys import file_groups
from apps.registrants.services.intake.duplicates import propose
from apps.registrants.services.intake.fields import PEOPLE
from apps.registrants.services.intake.items import BEGINS, not_collected
from apps.registrants.services.intake.known import Known, KnownPeople
from apps.registrants.services.intake.numbers import Numbers
from apps.registrants.services.intake.person import Person, read_person
from apps.registrants.services.intake.spans import date_states
from kernel import clock
from shared.intake.bulk import insert_rows
from shared.intake.rules.target import Choices, Context, FollowUp, Problem, Reading, Sorted

COMPARED: Final = (
    "kind", "group_name", "group_kana", "family_name", "given_name", "family_kana", "given_kana", "birth_date",
    "postal_code", "address", "phone", "kana_key", "phone_key", "registered_on", "valid_until", "is_counter_only",
)  # fmt: skip
"""Brought up to date by a later file. The state is not: it has a history of its own."""
SAID_BY: Final[Mapping[str, frozenset[str]]] = {
    "postal_code": frozenset({"postal_code"}),
    "address": frozenset({"address", "address_rest"}),
    "phone": frozenset({"phone"}),
    "phone_key": frozenset({"phone"}),
    "group_kana": frozenset({"group_kana"}),
    "registered_on": frozenset({"registered_on"}),
    "valid_until": frozenset({"valid_until"}),
    "is_counter_only": frozenset({"online"}),
}
"""Column -> the file's fields that say it. Where a file has none of them, what is known stays."""
CONTACT_FIELDS: Final = frozenset(one.code for one in PEOPLE if one.code.startswith("contact"))
WRITTEN: Final = ("id", "number", "state", "source_key", *COMPARED, "extras", "version")
ACT: Final = ("registrant", "at", "act", "effective_on", "actor_kind", "actor_id", "reason", "changes")
CONTACT: Final = ("registrant", "position", "name", "relation", "phone")


class People:
    """Reads and writes the rows of one file of registrants."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today, self.now = clock.today(), clock.now()
        self.numbers = Numbers()
        self.collected = collected_codes()
        self.left = [name for name, fields in SAID_BY.items() if not fields & context.given]
        self.known = KnownPeople()

    def read(self, values: Mapping[str, str]) -> Reading[Person]:
        """A row as a person."""
        return read_person(values, self.context, self.today, self.collected)

    def sort(self, batch: Sequence[tuple[int, Person]]) -> Sorted[Person]:
        """By what is known here; two statements."""
        known = self.known.of([person.source_key for _, person in batch])
        found: Sorted[Person] = Sorted()
        for line, person in batch:
            self._sort(found, line, person, known.get(person.source_key))
        return found

    def _sort(self, found: Sorted[Person], line: int, person: Person, known: Known | None) -> None:
        if known is None:
            found.new.append((line, person))
            return
        if known.is_forgotten:
            found.kept += 1
            found.warnings.append((line, Problem("row_forgotten")))
            return
        person = self._completed(person, known)
        if not known.was_worked_on and "state" in self.context.given and person.state != known.row["state"]:
            found.warnings.append((line, Problem("row_state_kept", "state")))
        if _is_same(person, known):
            found.unchanged += 1
        elif known.was_worked_on:
            found.kept += 1
            found.warnings.append((line, Problem("row_kept")))
        elif person.kind != known.row["kind"]:
            found.refused.append((line, Problem("row_kind_changed", "kind")))
        else:
            found.changed.append((line, person))

    def _completed(self, person: Person, known: Known) -> Person:
        """With what is known of that of which the file says nothing."""
        items = {code: value for code, value in known.row["extras"].items() if BEGINS + code not in self.context.given}
        values: dict[str, Any] = {name: known.row[name] for name in self.left}
        if "group_kana" in self.left and known.row["group_kana"]:
            values["kana_key"] = known.row["kana_key"]
        if not CONTACT_FIELDS & self.context.given:
            values["contacts"] = known.contacts
        return replace(person, **values, extras=items | dict(person.extras)) if values or items else person

    def write(self, found: Sorted[Person]) -> Mapping[int, str]:
        """Register the new ones, change the changed ones; line -> id of what was written."""
        ids = {line: str(uuid.uuid4()) for line, _ in found.new}
        self._insert([(ids[line], person) for line, person in found.new])
        for line, person in found.changed:
            ids[line] = self._update(person)
        if found.changed:
            propose([ids[line] for line, _ in found.changed])
        return ids

    def end(self) -> None:
        """Nothing is left to do."""

    def _insert(self, people: Sequence[tuple[str, Person]]) -> None:
        if not people:
            return
        numbers = self.numbers.take(len(people))
        insert_rows(
            Registrant,
            WRITTEN,
            [
                (pk, number, person.state, person.source_key, *_values(person).values(), person.extras, 1)
                for (pk, person), number in zip(people, numbers, strict=True)
            ],
        )
        insert_rows(RegistrationAct, ACT, [self._act(pk, person, person.registered_on) for pk, person in people])
        insert_rows(EmergencyContact, CONTACT, [row for pk, person in people for row in _contacts(pk, person)])
        date_states([(pk, person) for pk, person in people if _has_other_state(person)], today=self.today)
        file_groups(self._registrant(pk, person) for pk, person in people)
        propose([pk for pk, _ in people])

    def _update(self, person: Person) -> str:
        changed = Registrant.objects.filter(source_key=person.source_key)
        changed.update(**_values(person), extras=person.extras, version=F("version") + 1)
        pk = str(changed.values_list("pk", flat=True).get())
        if CONTACT_FIELDS & self.context.given:
            EmergencyContact.objects.filter(registrant__pk=pk).delete()
            insert_rows(EmergencyContact, CONTACT, _contacts(pk, person))
        insert_rows(RegistrationAct, ACT, [self._act(pk, person, self.today)])
        file_groups([self._registrant(pk, person)])
        return pk

    @staticmethod
    def _registrant(pk: str, person: Person) -> Registrant:
        return Registrant(pk=uuid.UUID(pk), **_values(person))

    def _act(self, pk: str, person: Person, day: dt.date) -> tuple[Any, ...]:
        """Its reason names the source; of a registration that reserves at the counter only, also why that is so."""
        context = self.context
        reason = "：".join(filter(None, (context.source, person.counter_only_why)))
        return (pk, self.now, Act.IMPORT.value, day, context.actor_kind, context.actor_id, reason, {})


class PeopleTarget:
    """Individuals and groups in one file, or in one each."""

    kind = "people"
    label = _("利用者（個人・団体）")
    fields = PEOPLE
    follow_up = FollowUp(
        _("同じ人・同じ団体かもしれない登録は、統合せず、候補として一覧に載せます。"),
        _("重複の候補"),
        "desk:proposals",
    )

    def choices(self) -> Mapping[str, Choices]:
        """None but the usual."""
        return {}

    def left_out(self) -> frozenset[str]:
        """Further items that the tenant does not collect; one statement."""
        return not_collected(collected_codes())

    def writer(self, context: Context) -> People:
        """Begin a file."""
        return People(context)


TARGET: Final = PeopleTarget()


def _values(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in COMPARED}


def _contacts(pk: str, person: Person) -> list[tuple[Any, ...]]:
    return [(pk, place, one.name, one.relation, one.phone) for place, one in enumerate(person.contacts, start=1)]


def _is_same(person: Person, known: Known) -> bool:
    if person.contacts != known.contacts or dict(person.extras) != known.row["extras"]:
        return False
    return all(getattr(person, name) == known.row[name] for name in COMPARED)


def _has_other_state(person: Person) -> bool:
    return person.state in {RegistrantState.SUSPENDED, RegistrantState.CLOSED}
