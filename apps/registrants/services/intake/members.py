"""Members of groups from another system (構成員名簿), added to groups that were taken in before.

Other systems rarely number members, so one is known again by group, name key and birth date. A group whose
registration was worked on here since it came keeps its roster as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from apps.registrants.models import Act, GroupMember, Registrant, RegistrantKind, RegistrationAct, Residence
from apps.registrants.rules.roster import OLDEST, person_key
from apps.registrants.services.intake.fields import MEMBERS
from kernel import clock
from kernel.width import bare
from shared.intake.bulk import insert_rows
from shared.intake.rules import cells
from shared.intake.rules.target import Cells, Choices, Context, Problem, Reading, Sorted

WRITTEN: Final = (
    "group", "position", "name", "kana", "name_key", "birth_date", "age", "told_on", "residence", "is_contact",
    "phone", "phone_key",
)  # fmt: skip
Person = tuple[UUID, str, dt.date | None]
"""Group, name key and birth date."""
COMPARED: Final = ("name", "kana", "age", "residence", "is_contact", "phone")
"""Brought up to date by a later file that has the field."""
TOGETHER: Final = frozenset({"is_contact", "phone"})


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it comes from another system; the fields are those of ``GroupMember``."""

    group_key: str
    name: str
    kana: str
    name_key: str
    birth_date: dt.date | None
    age: int | None
    residence: str
    is_contact: bool
    phone: str
    phone_key: str


def read_member(values: Mapping[str, str], context: Context, today: dt.date) -> Reading[Member]:
    """The member of a row. Where the residence is not said, the member counts as from outside the city."""
    row = Cells(values)
    group = row.need(row.take("group", cells.key, 80, otherwise=""), "group")
    name = row.need(row.take("name", cells.name, 80, otherwise=""), "name")
    kana = row.lenient("kana", cells.kana, 120, otherwise="")
    birth = row.take("birth_date", cells.birth_date, today, otherwise=None)
    age = row.take("age", _age, otherwise=None)
    residence = row.choose("residence", context.meanings["residence"])
    if not residence and not row.problems:
        row.warnings.append(Problem("row_no_residence", "residence"))
    said = row.choose("is_contact", context.meanings["is_contact"])
    phone = row.lenient("phone", cells.phone, otherwise="")
    if said == "yes" and not phone:
        row.warnings.append(Problem("row_contact_without_phone", "phone"))
    key = person_key(name, kana)

    def make() -> Member:
        return Member(
            group_key=context.key(group),
            name=name,
            kana=kana,
            name_key=key,
            birth_date=birth,
            age=None if birth else age,
            residence=residence or Residence.OUTSIDE.value,
            is_contact=said == "yes" and bool(phone),
            phone=phone,
            phone_key="".join(char for char in bare(phone) if char.isdigit()),
        )

    return row.reading(f"{group}/{key}/{birth}", make)


def _age(cell: str) -> int | None:
    return cells.number(cell.strip().removesuffix("歳").removesuffix("才"), OLDEST)


class Members:
    """Reads and writes the rows of one file of members."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today = clock.today()
        self._groups: dict[str, UUID] = {}

    def read(self, values: Mapping[str, str]) -> Reading[Member]:
        """A row as a member."""
        return read_member(values, self.context, self.today)

    def sort(self, batch: Sequence[tuple[int, Member]]) -> Sorted[Member]:
        """By what is known here; two statements."""
        keys = {member.group_key for _, member in batch}
        worked_on = RegistrationAct.objects.filter(registrant=OuterRef("pk")).exclude(act=Act.IMPORT)
        groups = Registrant.objects.filter(source_key__in=keys).annotate(worked_on=Exists(worked_on))
        known = {str(row["source_key"]): row for row in groups.values("source_key", "pk", "kind", "worked_on")}
        self._groups = {key: row["pk"] for key, row in known.items()}
        rows = GroupMember.objects.filter(group__in=list(self._groups.values()))
        there = {
            (row["group"], row["name_key"], row["birth_date"]): row
            for row in rows.values("group", "name_key", "birth_date", *COMPARED)
        }
        found: Sorted[Member] = Sorted()
        for line, member in batch:
            self._sort(found, line, member, known.get(member.group_key), there)
        return found

    def _sort(
        self,
        found: Sorted[Member],
        line: int,
        member: Member,
        group: Mapping[str, Any] | None,
        there: Mapping[Person, Mapping[str, Any]],
    ) -> None:
        if problem := _unfit(group):
            found.refused.append((line, problem))
            return
        known = there.get(self._person(member))
        if known is not None and self._is_same(member, known):
            found.unchanged += 1
        elif group is None or group["worked_on"]:
            found.kept += 1
            found.warnings.append((line, Problem("row_kept")))
        elif known is None:
            found.new.append((line, member))
        else:
            found.changed.append((line, member))

    def _person(self, member: Member) -> Person:
        return self._groups[member.group_key], member.name_key, member.birth_date

    def _said(self) -> list[str]:
        """A contact needs a telephone, so the two are told together or not at all."""
        given = self.context.given if self.context.given >= TOGETHER else self.context.given - TOGETHER
        return [name for name in COMPARED if name in given]

    def _is_same(self, member: Member, known: Mapping[str, Any]) -> bool:
        return all(getattr(member, name) == known[name] for name in self._said())

    def write(self, found: Sorted[Member]) -> Mapping[int, str]:
        """Add the new ones at the end of their groups' rosters, change the changed ones; no member has an id."""
        for _line, member in found.changed:
            self._update(member)
        groups = {self._groups[member.group_key] for _, member in found.new}
        last = GroupMember.objects.filter(group__in=groups).values_list("group").annotate(Max("position"))
        places = dict(last.order_by())
        rows = []
        for _line, member in found.new:
            group = self._groups[member.group_key]
            places[group] = places.get(group, 0) + 1
            rows.append(self._row(group, places[group], member))
        insert_rows(GroupMember, WRITTEN, rows)
        return {line: "" for line, _ in found.new}

    def end(self) -> None:
        """Nothing is left to do."""

    def _update(self, member: Member) -> None:
        group, name_key, birth_date = self._person(member)
        values = {name: getattr(member, name) for name in self._said()}
        if "phone" in values:
            values["phone_key"] = member.phone_key
        if "age" in values:
            values["told_on"] = None if member.age is None else self.today
        GroupMember.objects.filter(group=group, name_key=name_key, birth_date=birth_date).update(**values)

    def _row(self, group: UUID, position: int, member: Member) -> tuple[Any, ...]:
        told_on = self.today if member.age is not None else None
        return (
            group,
            position,
            member.name,
            member.kana,
            member.name_key,
            member.birth_date,
            member.age,
            told_on,
            member.residence,
            member.is_contact,
            member.phone,
            member.phone_key,
        )


class MembersTarget:
    """The rosters of groups."""

    kind = "members"
    label = _("団体の構成員")
    fields = MEMBERS
    follow_up = None

    def choices(self) -> Mapping[str, Choices]:
        """None but the usual."""
        return {}

    def left_out(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def writer(self, context: Context) -> Members:
        """Begin a file."""
        return Members(context)


TARGET: Final = MembersTarget()


def _unfit(group: Mapping[str, Any] | None) -> Problem | None:
    if group is None:
        return Problem("row_no_registrant", "group")
    return None if group["kind"] == RegistrantKind.GROUP else Problem("row_no_group", "group")
