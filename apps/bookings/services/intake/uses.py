"""Past uses from another system (指定管理前の使用履歴): history that counts in statistics and occupies no room."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import PastBooking
from apps.bookings.services.intake.closed_months import ClosedMonths
from apps.bookings.services.intake.fields import USES
from apps.bookings.services.intake.rooms import Rooms, room_choices, room_meanings
from apps.bookings.services.intake.use import Use, read_use
from apps.registrants.models import Registrant
from kernel import clock
from shared.intake.bulk import insert_rows
from shared.intake.rules.forgotten import MARK, forgotten_key
from shared.intake.rules.target import Choices, Context, Problem, Reading, Sorted

COMPARED: Final = (
    "number", "room_id", "room_name", "day", "starts_at", "ends_at", "slot_label", "purpose_name", "event_name",
    "headcount", "state", "fee", "paid",
)  # fmt: skip
WRITTEN: Final = ("id", "source_key", "registrant", "room", *(name for name in COMPARED if name != "room_id"))

SAID_BY: Final[Mapping[str, frozenset[str]]] = {
    "slot_label": frozenset({"slot"}),
    "purpose_name": frozenset({"purpose"}),
    "event_name": frozenset({"event"}),
    "headcount": frozenset({"headcount"}),
    "state": frozenset({"state"}),
    "fee": frozenset({"fee"}),
    "paid": frozenset({"paid", "is_paid"}),
}
"""Column -> the file's fields that say it. Where a file has none of them, what is known stays."""


class Uses:
    """Reads and writes the rows of one file of past uses."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today, self.rooms = clock.today(), Rooms()
        self.left = [name for name, fields in SAID_BY.items() if not fields & context.given]
        self.closed = ClosedMonths()
        self._may_be_forgotten = PastBooking.objects.filter(source_key__startswith=MARK).exists()
        self._owners: dict[str, str | None] = {}

    def read(self, values: Mapping[str, str]) -> Reading[Use]:
        """A row as a use."""
        return read_use(values, self.context, self.rooms, self.today)

    def sort(self, batch: Sequence[tuple[int, Use]]) -> Sorted[Use]:
        """By what is known here; two statements, and one where uses were anonymised."""
        self._owners = _owners({use.registrant_key for _, use in batch if use.registrant_key})
        keys = [use.source_key for _, use in batch]
        rows = PastBooking.objects.filter(source_key__in=keys)
        known = {row["source_key"]: row for row in rows.values("source_key", "registrant_id", *COMPARED)}
        forgotten = self._forgotten(keys)
        found: Sorted[Use] = Sorted()
        for line, use in batch:
            if use.source_key in forgotten:
                found.kept += 1
                found.warnings.append((line, Problem("row_forgotten")))
            else:
                self._sort(found, line, use, known.get(use.source_key))
        return found

    def _sort(self, found: Sorted[Use], line: int, use: Use, known: Mapping[str, Any] | None) -> None:
        if use.registrant_key and use.registrant_key not in self._owners:
            found.refused.append((line, Problem("row_no_registrant", "registrant")))
            return
        use = self._completed(use, known)
        if known is not None and self._is_same(use, known):
            found.unchanged += 1
        elif self.closed.has(use.room, use.day) or (known and self.closed.has(known["room_id"], use.day)):
            found.refused.append((line, Problem("row_month_closed", "day")))
        elif known is None:
            found.new.append((line, use))
        else:
            found.changed.append((line, use))

    def _completed(self, use: Use, known: Mapping[str, Any] | None) -> Use:
        """With what is known of that of which the file says nothing."""
        if known is None or not self.left:
            return use
        values: dict[str, Any] = {name: known[name] for name in self.left}
        return replace(use, **values)

    def _forgotten(self, keys: Sequence[str]) -> frozenset[str]:
        if not self._may_be_forgotten:
            return frozenset()
        marks = {forgotten_key(key): key for key in keys}
        left = PastBooking.objects.filter(source_key__in=list(marks)).values_list("source_key", flat=True)
        return frozenset(marks[mark] for mark in left)

    def write(self, found: Sorted[Use]) -> Mapping[int, str]:
        """Insert the new ones by one statement, change the changed ones one by one; line -> id of the new ones."""
        ids = {line: str(uuid.uuid4()) for line, _ in found.new}
        insert_rows(PastBooking, WRITTEN, [self._row(ids[line], use) for line, use in found.new])
        for _line, use in found.changed:
            values = {name: _value(use, name) for name in COMPARED}
            changed = PastBooking.objects.filter(source_key=use.source_key)
            changed.update(**values, registrant_id=self._owner(use))
        return ids

    def end(self) -> None:
        """Nothing is left to do."""

    def _owner(self, use: Use) -> str | None:
        return self._owners.get(use.registrant_key)

    def _is_same(self, use: Use, known: Mapping[str, Any]) -> bool:
        values = {name: str(known[name]) if name == "room_id" and known[name] else known[name] for name in COMPARED}
        owner = str(known["registrant_id"]) if known["registrant_id"] else None
        return owner == self._owner(use) and all(_value(use, name) == value for name, value in values.items())

    def _row(self, pk: str, use: Use) -> tuple[Any, ...]:
        return (pk, use.source_key, self._owner(use), use.room, *(getattr(use, name) for name in WRITTEN[4:]))


class UsesTarget:
    """Past uses with headcounts and fees."""

    kind = "uses"
    label = _("使用履歴（過去の予約）")
    fields = USES
    follow_up = None

    def choices(self) -> Mapping[str, Choices]:
        """The rooms of today."""
        return {"room": Choices(room_choices(), room_meanings())}

    def left_out(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def writer(self, context: Context) -> Uses:
        """Begin a file."""
        return Uses(context)


TARGET: Final = UsesTarget()


def _owners(keys: set[str]) -> dict[str, str | None]:
    """Source key -> id of the registrant; of one that was merged, the id of the record that stands for it."""
    rows = Registrant.objects.filter(source_key__in=keys).values_list("source_key", "pk", "merged_into")
    return {str(key): str(merged or pk) for key, pk, merged in rows}


def _value(use: Use, name: str) -> Any:
    return use.room if name == "room_id" else getattr(use, name)
