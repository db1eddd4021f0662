"""What a row of a register has to say, register by register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from apps.compliance.register_errors import (
    ContractSpanError,
    CorrectionReasonError,
    FateDayError,
    KeyKeeperError,
    NoFutureError,
)
from apps.compliance.rules.purpose import check_anonymous, state

FREE: Final = frozenset({"what", "why", "place", "work", "method", "witness", "key_keeper"})
"""Texts in which a person's number would be out of place."""
PAST: Final = frozenset({"copied_on", "fate_on", "checked_on", "consented_on", "done_on"})


def check_row(register: str, values: Mapping[str, Any], today: dt.date) -> None:
    """Raises what is wrong, with the field that it is about."""
    for name in sorted(FREE & values.keys()):
        check_anonymous(str(values[name] or ""), field=name)
    for name in sorted(PAST & values.keys()):
        if values[name] and values[name] > today:
            raise NoFutureError(field=name)
    CHECKS.get(register, _nothing)(values)


def check_correction(reason: str) -> str:
    """The tidied reason of a correction."""
    if not reason.strip():
        raise CorrectionReasonError(field="correction_reason")
    return state("correction", reason, field="correction_reason").note


def _copy(values: Mapping[str, Any]) -> None:
    day, is_gone = values["fate_on"], values["fate"] != "kept"
    if is_gone != bool(day) or (day and day < values["copied_on"]):
        raise FateDayError(field="fate_on")


def _medium(values: Mapping[str, Any]) -> None:
    if values["is_locked"] and not values["key_keeper"].strip():
        raise KeyKeeperError(field="key_keeper")


def _subcontract(values: Mapping[str, Any]) -> None:
    if values["last"] < values["first"]:
        raise ContractSpanError(field="last")


def _nothing(_values: Mapping[str, Any]) -> None:
    return


CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any]], None]]] = {
    "copies": _copy,
    "media": _medium,
    "subcontracts": _subcontract,
}
