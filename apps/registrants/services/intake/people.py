"""Registrants from another system (指定管理前の利用者登録情報): new ones are registered, known ones brought up to date.

Known again by the source's key. One that was worked on here since it came is left as it is: the desk knows better.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Act, EmergencyContact, Registrant, RegistrantState, RegistrationAct
from apps.registrants.services.group_keys import file_groups
from apps.registrants.services.intake.duplicates import propose
from apps.registrants.services.intake.fields import PEOPLE
from apps.registrants.services.intake.numbers import Numbers
from apps.registrants.services.intake.person import Person, read_person
from apps.registrants.services.intake.spans import date_states
from kernel import clock
from shared.intake.bulk import insert_rows
from shared.intake.rules.target import Choices, Context, Problem, Reading, Sorted

COMPARED: Final = (
    "kind", "group_name", "group_kana", "family_name", "given_name", "family_kana", "given_kana", "birth_date",
    "postal_code", "address", "phone", "kana_key", "phone_key", "registered_on", "valid_until",
)  # fmt: skip
"""Brought up to date by a later file. The state is not: it has a history of its own."""
WRITTEN: Final = ("id", "number", "state", "source_key", *COMPARED, "extras", "version")
ACT: Final = ("registrant", "at", "act", "effective_on", "actor_kind", "actor_id", "reason", "changes")
CONTACT: Final = ("registrant", "position", "name", "relation", "phone")


class People:
    """Reads and writes the rows of one file of registrants."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today, self.now = clock.today(), clock.now()
        self.numbers = Numbers()

    def read(self, values: Mapping[str, str]) -> Reading[Person]:
        """A row as a person."""
        return read_person(values, self.context, self.today)

    def sort(self, batch: Sequence[tuple[int, Person]]) -> Sorted[Person]:
        """By what is known here; one statement."""
        worked_on = RegistrationAct.objects.filter(registrant=OuterRef("pk")).exclude(act=Act.IMPORT)
        known = {
            row["source_key"]: row
            for row in Registrant.objects.filter(source_key__in=[person.source_key for _, person in batch])
            .annotate(worked_on=Exists(worked_on))
            .values("source_key", "worked_on", *COMPARED)
        }
        found: Sorted[Person] = Sorted()
        for line, person in batch:
            self._sort(found, line, person, known.get(person.source_key))
        return found

    def _sort(self, found: Sorted[Person], line: int, person: Person, known: Mapping[str, Any] | None) -> None:
        if known is None:
            found.new.append((line, person))
        elif all(getattr(person, name) == known[name] for name in COMPARED):
            found.unchanged += 1
        elif known["worked_on"]:
            found.kept += 1
            found.warnings.append((line, Problem("row_kept")))
        elif person.kind != known["kind"]:
            found.refused.append((line, Problem("row_kind_changed", "kind")))
        else:
            found.changed.append((line, person))

    def write(self, found: Sorted[Person]) -> Mapping[int, str]:
        """Register the new ones, change the changed ones; line -> id of what was written."""
        ids = {line: str(uuid.uuid4()) for line, _ in found.new}
        self._insert([(ids[line], person) for line, person in found.new])
        for line, person in found.changed:
            ids[line] = self._update(person)
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
                (pk, number, person.state, person.source_key, *(getattr(person, name) for name in COMPARED), {}, 1)
                for (pk, person), number in zip(people, numbers, strict=True)
            ],
        )
        insert_rows(RegistrationAct, ACT, [self._act(pk, person.registered_on) for pk, person in people])
        insert_rows(
            EmergencyContact,
            CONTACT,
            [
                (pk, position, contact.name, contact.relation, contact.phone)
                for pk, person in people
                for position, contact in enumerate(person.contacts, start=1)
            ],
        )
        date_states([(pk, person) for pk, person in people if _has_other_state(person)], today=self.today)
        file_groups(self._registrant(pk, person) for pk, person in people)
        propose([pk for pk, _ in people])

    def _update(self, person: Person) -> str:
        values = {name: getattr(person, name) for name in COMPARED}
        changed = Registrant.objects.filter(source_key=person.source_key)
        changed.update(**values, version=F("version") + 1)
        pk = str(changed.values_list("pk", flat=True).get())
        insert_rows(RegistrationAct, ACT, [self._act(pk, self.today)])
        file_groups([self._registrant(pk, person)])
        return pk

    @staticmethod
    def _registrant(pk: str, person: Person) -> Registrant:
        return Registrant(pk=uuid.UUID(pk), **{name: getattr(person, name) for name in COMPARED})

    def _act(self, pk: str, day: dt.date) -> tuple[Any, ...]:
        context = self.context
        return (pk, self.now, Act.IMPORT.value, day, context.actor_kind, context.actor_id, context.source, {})


class PeopleTarget:
    """Individuals and groups in one file, or in one each."""

    kind = "people"
    label = _("利用者（個人・団体）")
    fields = PEOPLE

    def choices(self) -> Mapping[str, Choices]:
        """None but the usual."""
        return {}

    def writer(self, context: Context) -> People:
        """Begin a file."""
        return People(context)


TARGET: Final = PeopleTarget()


def _has_other_state(person: Person) -> bool:
    return person.state in {RegistrantState.SUSPENDED, RegistrantState.CLOSED}
