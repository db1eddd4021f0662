"""Sheets kept as JSON with the document that was issued, and read back for a reprint.

What was stored is read by the types of today: a field that comes later has a default, and none is renamed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from apps.bookings.documents import data
from apps.bookings.documents.money import RefundSheet
from apps.bookings.documents.parts import attributes
from apps.bookings.rules.authority import CityAuthority, ManagerAuthority
from apps.bookings.rules.instruction import Instruction
from shared.documents.renderer import Json

Sheet = TypeVar(
    "Sheet",
    data.ApplicationSheet,
    data.PermitSheet,
    data.RefusalSheet,
    data.NoticeSheet,
    data.ReductionSheet,
    data.ReceiptSheet,
    RefundSheet,
)


def _date(on: str) -> date:
    return date.fromisoformat(on)


_PARTS: dict[str, Callable[..., object]] = {"date": _date} | {
    part.__name__: part
    for part in (
        data.Applicant,
        data.ApplicationSheet,
        data.EquipmentLine,
        data.Fee,
        data.FeeColumn,
        data.Form,
        data.NoticeSheet,
        data.PermitSheet,
        data.Question,
        data.Reduction,
        data.ReceiptSheet,
        data.ReductionSheet,
        data.RefusalSheet,
        data.Reprint,
        data.ResponsiblePerson,
        data.Use,
        CityAuthority,
        Instruction,
        ManagerAuthority,
        RefundSheet,
    )
}


def as_stored(
    sheet: data.ApplicationSheet
    | data.PermitSheet
    | data.RefusalSheet
    | data.NoticeSheet
    | data.ReductionSheet
    | data.ReceiptSheet
    | RefundSheet,
) -> Json:
    """``sheet`` as a JSON object; each object in it names its type under ``is``."""
    return _stored(sheet)


def from_stored(kind: type[Sheet], content: Json) -> Sheet:
    """The sheet that ``as_stored`` gave ``content`` for. Raises TypeError when it is no sheet of that ``kind``."""
    sheet = _read(content)
    if not isinstance(sheet, kind):
        raise TypeError(f"{type(sheet).__name__} is not a {kind.__name__}")
    return sheet


def _stored(value: object) -> Json:
    match value:
        case date():
            return {"is": "date", "on": value.isoformat()}
        case tuple():
            return [_stored(item) for item in value]
        case None | str() | int():
            return value
        case _:
            return {"is": type(value).__name__} | {name: _stored(item) for name, item in attributes(value).items()}


def _read(value: Json) -> object:
    match value:
        case Mapping():
            given = {name: _read(item) for name, item in value.items()}
            return _PARTS[str(given.pop("is"))](**given)
        case str():
            return value
        case Sequence():
            return tuple(_read(item) for item in value)
        case _:
            return value
