"""Past uses from another system (指定管理前の使用履歴): history that counts in statistics and occupies no room."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.bookings.models import PastBooking
from apps.bookings.services.intake.fields import USES
from apps.bookings.services.intake.rooms import Slots, room_choices, room_meanings
from apps.bookings.services.intake.use import Use, read_use
from apps.registrants.models import Registrant
from kernel import clock
from shared.intake.bulk import insert_rows
from shared.intake.rules.target import Choices, Context, Problem, Reading, Sorted

COMPARED: Final = (
    "number", "room_id", "room_name", "day", "starts_at", "ends_at", "slot_label", "purpose_name", "event_name",
    "headcount", "state", "fee", "paid",
)  # fmt: skip
WRITTEN: Final = ("id", "source_key", "registrant", "room", *(name for name in COMPARED if name != "room_id"))

Found = tuple[Use, str | None]
"""A use and its registrant's id."""


class Uses:
    """Reads and writes the rows of one file of past uses."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.today, self.slots = clock.today(), Slots()
        self._owners: dict[str, str | None] = {}

    def read(self, values: Mapping[str, str]) -> Reading[Use]:
        """A row as a use."""
        return read_use(values, self.context, self.slots, self.today)

    def sort(self, batch: Sequence[tuple[int, Use]]) -> Sorted[Use]:
        """By what is known here; two statements."""
        self._owners = _owners({use.registrant_key for _, use in batch if use.registrant_key})
        rows = PastBooking.objects.filter(source_key__in=[use.source_key for _, use in batch])
        known = {row["source_key"]: row for row in rows.values("source_key", "registrant_id", *COMPARED)}
        found: Sorted[Use] = Sorted()
        for line, use in batch:
            if use.registrant_key and use.registrant_key not in self._owners:
                found.refused.append((line, Problem("row_no_registrant", "registrant")))
            elif use.source_key not in known:
                found.new.append((line, use))
            elif self._is_same(use, known[use.source_key]):
                found.unchanged += 1
            else:
                found.changed.append((line, use))
        return found

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

    def choices(self) -> Mapping[str, Choices]:
        """The rooms of today."""
        return {"room": Choices(room_choices(), room_meanings())}

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
